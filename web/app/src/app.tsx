import { ListPage } from "./list-page.tsx";
import { Message } from "./message.tsx";
import { PlayerPage } from "./player-page.tsx";
import { route } from "./router.ts";

/** The page of the current address. */
export function App() {
  const at = route.value;
  switch (at.page) {
    case "list":
      return <ListPage />;
    case "replay":
      return <PlayerPage key={`${at.deviceId}/${at.sessionId}`} {...at} />;
    case "unknown":
      return (
        <main class="page">
          <Message title="There is no such page" text="The address may be cut off or mistyped.">
            <a class="button" href="/">
              All replays
            </a>
          </Message>
        </main>
      );
  }
}
