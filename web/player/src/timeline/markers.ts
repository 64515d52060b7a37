import type { GapReason, LogLevel, Record } from "../model.ts";

/** Something with a name that happened at a time; `timeMs` is replay time. */
export type Marker =
  | { readonly kind: "screen" | "event"; readonly timeMs: number; readonly name: string }
  | {
      readonly kind: "log";
      readonly timeMs: number;
      readonly name: string;
      readonly level: LogLevel;
    }
  | {
      readonly kind: "gap";
      readonly timeMs: number;
      readonly name: string;
      readonly durationMs: number;
    };

const GAP_WORDS: { readonly [reason in GapReason]: string } = {
  disabled: "Recording paused by the app",
  background: "App in background",
  discarded: "Parts discarded on the phone",
  "capture-failed": "Capture failed",
  blocked: "Screen blocked",
};

/** Why nothing was recorded, for people. */
export function gapWord(reason: GapReason): string {
  return GAP_WORDS[reason];
}

/** The markers of a segment. `shiftMs` leads from record time to replay time. */
export function markersOf(records: readonly Record[], shiftMs: number): Marker[] {
  const markers: Marker[] = [];
  let screen = "";
  for (const { timeMs, body } of records) {
    const at = timeMs + shiftMs;
    if (body.kind === "state") {
      screen = body.state.screen;
      // Where the segment begins; `joinMarkers` drops it if the screen was the same before.
      if (screen !== "") markers.push({ kind: "screen", timeMs: at, name: screen });
      continue;
    }
    const marker = markerOf(body, at);
    if (marker) markers.push(marker);
  }
  return markers;
}

function markerOf(body: Record["body"], timeMs: number): Marker | null {
  switch (body.kind) {
    case "screen":
    case "event":
      return { kind: body.kind, timeMs, name: body.name };
    case "log":
      return { kind: "log", timeMs, name: body.message, level: body.level };
    case "gap":
      return { kind: "gap", timeMs, name: gapWord(body.reason), durationMs: body.durationMs };
    default:
      return null;
  }
}

/** All markers in order, without screens that repeat the screen before them. */
export function joinMarkers(parts: Iterable<readonly Marker[]>): Marker[] {
  const sorted = [...parts].flat().sort((a, b) => a.timeMs - b.timeMs);
  let screen = "";
  return sorted.filter((marker) => {
    if (marker.kind !== "screen") return true;
    const isNew = marker.name !== screen;
    screen = marker.name;
    return isNew;
  });
}
