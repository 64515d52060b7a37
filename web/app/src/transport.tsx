import { useComputed } from "@preact/signals";
import { useState } from "preact/hooks";
import { type Marker, type PlayerState, SPEEDS } from "../../player/src/index.ts";
import { clockTime, spokenTime } from "./format.ts";
import { Icon } from "./icons.tsx";
import type { Playing } from "./theatre.tsx";

/** Most markers that are drawn on the seek bar. */
const MAX_MARKS = 400;

/** What moves time: buttons, seek bar, speed. */
export function Transport({ player, state }: Playing) {
  const now = state.value;
  const isPlaying = now.intent === "playing";
  const markers = useComputed(() => state.value.markers);
  return (
    <section class="transport" aria-label="Playback">
      <SeekBar now={now} markers={markers.value} seek={(ms) => player.seek(ms)} />
      <Buttons player={player} now={now} />
      <span class="for-ears" role="status">
        {isPlaying ? "" : `Paused at ${spokenTime(now.timeMs)}`}
      </span>
    </section>
  );
}

interface ButtonsProps {
  readonly player: Playing["player"];
  readonly now: PlayerState;
}

function Buttons({ player, now }: ButtonsProps) {
  const isPlaying = now.intent === "playing";
  const skip = (seconds: number) => player.seek(player.state.timeMs + seconds * 1000);
  return (
    <div class="buttons">
      <button
        type="button"
        class="icon-button"
        aria-label="Back 10 seconds"
        onClick={() => skip(-10)}
      >
        <Icon name="back" />
      </button>
      <button
        type="button"
        class="icon-button primary"
        aria-label={isPlaying ? "Pause" : "Play"}
        onClick={() => player.toggle()}
      >
        <Icon name={isPlaying ? "pause" : "play"} size={24} />
      </button>
      <button
        type="button"
        class="icon-button"
        aria-label="Forward 10 seconds"
        onClick={() => skip(10)}
      >
        <Icon name="forward" />
      </button>
      <span class="time">
        <b>{clockTime(now.timeMs)}</b> / {clockTime(now.durationMs)}
      </span>
      <span class="screen-name">{now.screen}</span>
      <Speed speed={now.speed} set={(speed) => player.setSpeed(speed)} />
      <button
        type="button"
        class="icon-button"
        aria-pressed={now.showsTouches}
        aria-label="Touches"
        title="Touches (T)"
        onClick={() => player.setTouches(!now.showsTouches)}
      >
        <Icon name="touch" />
      </button>
    </div>
  );
}

function Speed({ speed, set }: { readonly speed: number; readonly set: (speed: number) => void }) {
  return (
    <label class="speed">
      <span class="for-ears">Speed</span>
      <select value={String(speed)} onChange={(event) => set(Number(event.currentTarget.value))}>
        {SPEEDS.map((value) => (
          <option key={value} value={String(value)}>
            {value}×
          </option>
        ))}
      </select>
    </label>
  );
}

interface SeekBarProps {
  readonly now: PlayerState;
  readonly markers: readonly Marker[];
  readonly seek: (ms: number) => void;
}

function SeekBar({ now, markers, seek }: SeekBarProps) {
  const [hoverMs, setHover] = useState<number | null>(null);
  const { timeMs, durationMs, screen } = now;
  const spoken = `${spokenTime(timeMs)} of ${spokenTime(durationMs)}${screen ? `, ${screen} screen` : ""}`;
  const share = (ms: number) => (durationMs > 0 ? Math.min(1, ms / durationMs) : 0);
  const hover = (event: PointerEvent) => {
    const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
    setHover(Math.min(1, Math.max(0, (event.clientX - box.left) / box.width)) * durationMs);
  };
  return (
    <div
      class="seek"
      style={{ "--at": String(share(timeMs)) }}
      onPointerMove={hover}
      onPointerLeave={() => setHover(null)}
    >
      <Marks markers={markers} share={share} />
      <input
        type="range"
        min={0}
        max={Math.max(1, durationMs)}
        step={50}
        value={timeMs}
        aria-label="Time"
        aria-valuetext={spoken}
        onInput={(event) => seek(Number(event.currentTarget.value))}
      />
      {hoverMs === null ? null : (
        <Hint ms={hoverMs} share={share} markers={markers} durationMs={durationMs} />
      )}
    </div>
  );
}

interface MarksProps {
  readonly markers: readonly Marker[];
  readonly share: (ms: number) => number;
}

/** Decoration: the same things stand in the list of events. */
function Marks({ markers, share }: MarksProps) {
  const shown = markers.slice(0, MAX_MARKS);
  return (
    <div class="marks" aria-hidden="true">
      {shown.map((marker, i) => {
        const start = marker.kind === "gap" ? marker.timeMs - marker.durationMs : marker.timeMs;
        const width = marker.kind === "gap" ? share(marker.timeMs) - share(Math.max(0, start)) : 0;
        const style = { "--from": String(share(Math.max(0, start))), "--width": String(width) };
        return <i key={`${marker.timeMs} ${i}`} class={`mark is-${marker.kind}`} style={style} />;
      })}
    </div>
  );
}

interface HintProps extends MarksProps {
  readonly ms: number;
  readonly durationMs: number;
}

/** Time under the pointer, and what happened there. */
function Hint({ ms, durationMs, markers, share }: HintProps) {
  const reach = durationMs * 0.008;
  const near = markers.find((marker) => Math.abs(marker.timeMs - ms) <= reach);
  return (
    <output class="hint" style={{ "--from": String(share(ms)) }} aria-hidden="true">
      {clockTime(ms)}
      {near ? <small>{near.name}</small> : null}
    </output>
  );
}
