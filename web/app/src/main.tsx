import { render } from "preact";
import { loadFonts } from "../../player/src/index.ts";
import { App } from "./app.tsx";
import "./style/base.css";
import "./style/list.css";
import "./style/player.css";
import "./style/panel.css";

void loadFonts();
const host = document.getElementById("app");
if (host) render(<App />, host);
