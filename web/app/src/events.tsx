import { useComputed } from "@preact/signals";
import type { Marker } from "../../player/src/index.ts";
import { clockTime, plural } from "./format.ts";
import { Icon } from "./icons.tsx";
import { Rows } from "./rows.tsx";
import type { Playing } from "./theatre.tsx";

/** Seeking to an event shows what led to it: it begins so much earlier, in ms. */
const LEAD_MS = 500;

/** Screens, events, logs and gaps in order; each leads to its time. */
export function Events({ player, state }: Playing) {
  const markers = useComputed(() => state.value.markers);
  const current = useComputed(() => lastBefore(markers.value, state.value.timeMs));
  const badParts = useComputed(() => state.value.badParts);
  if (markers.value.length === 0) {
    return <p class="empty">No screen, event or log was recorded in what was read so far.</p>;
  }
  const now = current.value;
  return (
    <>
      {badParts.value > 0 ? (
        <p class="warning">
          {plural(badParts.value, "part")} could not be read. What happened there is not listed.
        </p>
      ) : null}
      <Rows
        label="Events"
        role="listbox"
        items={markers.value}
        follow={now}
        describe={(marker) => ({
          role: "option",
          "aria-selected": markers.value[now] === marker,
          "aria-current": markers.value[now] === marker ? "true" : undefined,
        })}
        choose={(marker) => player.seek(Math.max(0, seekTime(marker)))}
        row={(marker) => <EventRow marker={marker} />}
      />
    </>
  );
}

function seekTime(marker: Marker): number {
  return marker.kind === "screen" ? marker.timeMs : marker.timeMs - LEAD_MS;
}

function EventRow({ marker }: { readonly marker: Marker }) {
  const level = marker.kind === "log" ? marker.level : "";
  const length = marker.kind === "gap" ? ` · ${clockTime(marker.durationMs)}` : "";
  return (
    <div class={`event is-${marker.kind} ${level}`.trim()}>
      <span class="at">{clockTime(marker.timeMs)}</span>
      <Icon name={marker.kind} size={16} />
      <span class="for-ears">{marker.kind}: </span>
      <span class="name">{`${marker.name}${length}`}</span>
    </div>
  );
}

/** Index of the last marker up to time `t`, −1 before the first. */
function lastBefore(markers: readonly Marker[], t: number): number {
  let low = 0;
  let high = markers.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((markers[middle]?.timeMs ?? 0) <= t + LEAD_MS) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
