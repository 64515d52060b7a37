import type { RefObject } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Manifest, Notice, PlayerState } from "../../player/src/index.ts";
import { clockTime } from "./format.ts";
import type { Playing } from "./theatre.tsx";

/** Waiting shorter than this is not worth a word, in ms. */
const PATIENCE_MS = 150;

/** Id of the element that holds the frame in words. */
export const WORDS_ID = "frame-words";

interface StageProps {
  readonly host: RefObject<HTMLDivElement | null>;
  readonly playing: Playing | null;
  readonly manifest: Manifest;
}

/** The device with the replayed screen, and over it what is to be said. */
export function Stage({ host, playing, manifest }: StageProps) {
  const state = playing?.state.value;
  const { width, height } = state?.viewport ?? fallback(manifest);
  const isRound = state?.viewport.isRound ?? true;
  const isWaiting = usePatience(state === undefined || state.readiness === "buffering");
  const style = { "--ratio": String(width / height), "--corner": isRound ? "0.105" : "0.02" };
  const classes = ["device", isWaiting || state?.readiness === "failed" ? "is-waiting" : ""];
  return (
    <main class="stage">
      <div class={classes.join(" ").trim()} style={style}>
        <div class="screen" ref={host} />
        {isWaiting ? <span class="spinner" role="status" aria-label="Buffering" /> : null}
      </div>
      {state && playing ? <Words state={state} playing={playing} /> : null}
    </main>
  );
}

function fallback({ viewport: { width, height } }: Manifest) {
  return width > 0 && height > 0 ? { width, height } : { width: 390, height: 844 };
}

/** Whether something has been so for a while. */
function usePatience(isSo: boolean): boolean {
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    if (!isSo) {
      setLong(false);
      return;
    }
    const timer = setTimeout(() => setLong(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [isSo]);
  return isSo && isLong;
}

function Words({ state, playing }: { readonly state: PlayerState; readonly playing: Playing }) {
  if (state.readiness === "failed") {
    return (
      <div class="notice is-bad" role="alert">
        <span>Loading stopped: {state.failure}</span>
        <button type="button" class="button" onClick={() => playing.player.retry()}>
          Retry
        </button>
      </div>
    );
  }
  return (
    <>
      {state.notice ? <div class="notice">{noticeText(state.notice)}</div> : null}
      <Description state={state} playing={playing} />
    </>
  );
}

function noticeText(notice: Notice): string {
  switch (notice.kind) {
    case "damaged":
      return "This part is damaged and was skipped. The last good frame is shown.";
    case "missing":
      return "This part is not on the server. The last frame before it is shown.";
    case "not-recorded":
      return `${notice.why}. The replay goes on at ${clockTime(notice.untilMs)}.`;
    case "background":
      return "App in background";
  }
}

/** The frame in words, renewed only while it rests. */
function Description({
  state,
  playing,
}: {
  readonly state: PlayerState;
  readonly playing: Playing;
}) {
  const [words, setWords] = useState("");
  const isResting = state.intent === "paused" && state.readiness === "ready";
  const { frameKey } = state;
  useEffect(() => {
    if (isResting && frameKey !== "") setWords(playing.player.describe());
  }, [isResting, frameKey, playing]);
  return (
    <p id={WORDS_ID} class="for-ears">
      {words}
    </p>
  );
}
