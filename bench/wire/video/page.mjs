// Plays a session with the web player and hands out its frames as pictures.
import { decodeSegment, Player } from "../../../web/player/src/index.ts";

const host = document.getElementById("screen");

// What the player wants to know of a replay; a server would tell it.
function manifestOf(segments, { width, height, length_ms: durationMs }) {
  const startMs = segments[0].header.startMs;
  const entry = ({ header, footer }) => ({
    ...{ segmentId: header.segmentId, run: header.run, seq: header.seq, bytes: footer.bytes },
    ...{ startMs: header.startMs - startMs, endMs: footer.endMs - startMs },
    ...{ recordStartMs: header.startMs, isAfterGap: false },
  });
  const { deviceId, sessionId, wallMs: startedAtMs } = segments[0].header;
  const viewport = { width, height };
  const entries = segments.map(entry);
  return { deviceId, sessionId, startedAtMs, durationMs, viewport, segments: entries };
}

const bytesOf = (base64) => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));

let player = null;
let lastKey = "";

// Opens a session; its segments are base64. The canvas has one pixel per point.
async function open(session) {
  const stored = session.segments.map(bytesOf);
  const segments = await Promise.all(stored.map(decodeSegment));
  const bytes = new Map(segments.map(({ header }, i) => [header.segmentId, stored[i]]));
  const source = { fetch: async (segmentId) => bytes.get(segmentId) };
  host.style.width = `${session.width}px`;
  host.style.height = `${session.height}px`;
  player?.destroy();
  player = new Player(host, { manifest: manifestOf(segments, session), source });
  lastKey = "";
}

// The canvas with the frame of a replay time, as soon as it is drawn.
function frameAt(timeMs) {
  return new Promise((resolve, reject) => {
    const canvas = host.querySelector(".viewreel-frame");
    const look = () => {
      const { failure, badParts } = player.state;
      const isDrawn = canvas.dataset.timeMs === String(timeMs);
      if (failure !== null || badParts > 0) reject(new Error(failure ?? "a segment is damaged"));
      else if (isDrawn) resolve(canvas);
      else return;
      stop();
    };
    const stop = player.subscribe(look);
    player.seek(timeMs);
  });
}

// The frame of a replay time as the address of a PNG; null where it is the last one.
async function pictureAt(timeMs) {
  const canvas = await frameAt(timeMs);
  const { frameKey } = player.state;
  const isSame = frameKey === lastKey;
  lastKey = frameKey;
  return isSame ? null : canvas.toDataURL("image/png");
}

window.viewreelFilm = { open, pictureAt };
