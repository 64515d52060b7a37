import { useComputed } from "@preact/signals";
import { useState } from "preact/hooks";
import { Elements } from "./elements.tsx";
import { Events } from "./events.tsx";
import type { Playing } from "./theatre.tsx";

const TABS = ["Events", "Elements"] as const;
type Tab = (typeof TABS)[number];

/** What happened, and what is on the screen. */
export function Panel(playing: Playing) {
  const [tab, setTab] = useState<Tab>("Events");
  const count = useComputed(() => playing.state.value.markers.length);
  return (
    <aside class="panel" aria-label="Details">
      <div
        class="tabs"
        role="tablist"
        aria-label="Details"
        onKeyDown={(event) => switchTab(event, tab, setTab)}
      >
        {TABS.map((name) => (
          <button
            key={name}
            type="button"
            role="tab"
            id={`tab-${name}`}
            aria-selected={name === tab}
            aria-controls="tab-panel"
            tabIndex={name === tab ? 0 : -1}
            onClick={() => setTab(name)}
          >
            {name}
            {name === "Events" && count.value > 0 ? <small>{count.value}</small> : null}
          </button>
        ))}
      </div>
      <div class="tab-panel" id="tab-panel" role="tabpanel" aria-labelledby={`tab-${tab}`}>
        {tab === "Events" ? <Events {...playing} /> : <Elements {...playing} />}
      </div>
    </aside>
  );
}

function switchTab(event: KeyboardEvent, tab: Tab, set: (tab: Tab) => void): void {
  if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
  event.preventDefault();
  const other = tab === "Events" ? "Elements" : "Events";
  set(other);
  document.getElementById(`tab-${other}`)?.focus();
}
