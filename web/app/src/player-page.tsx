import { useEffect, useState } from "preact/hooks";
import type { Manifest } from "../../player/src/index.ts";
import { type ApiError, asApiError, fetchManifest } from "./api.ts";
import { Brand } from "./brand.tsx";
import { headline } from "./format.ts";
import { Message } from "./message.tsx";
import { Theatre } from "./theatre.tsx";

interface PlayerPageProps {
  readonly deviceId: string;
  readonly sessionId: string;
}

/** One replay: loading, playing, or why it cannot be shown. */
export function PlayerPage({ deviceId, sessionId }: PlayerPageProps) {
  const [manifest, setManifest] = useState<Manifest | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const [round, setRound] = useState(0);
  useEffect(() => {
    const control = new AbortController();
    setError(null);
    fetchManifest(deviceId, sessionId, control.signal).then(setManifest, (reason: unknown) => {
      if (!control.signal.aborted) setError(asApiError(reason));
    });
    return () => control.abort();
  }, [deviceId, sessionId, round]);
  if (error) return <Trouble error={error} retry={() => setRound(round + 1)} />;
  if (manifest?.segments.length === 0)
    return <Trouble error={NOTHING_YET} retry={() => setRound(round + 1)} />;
  return manifest ? <Theatre manifest={manifest} /> : <Loading />;
}

const NOTHING_YET = {
  code: "empty",
  message: "This replay has no parts yet",
  hint: "They are on their way from the phone. Try again in a minute.",
};

type Shown = Pick<ApiError, "code" | "message" | "hint">;

function Trouble({ error, retry }: { readonly error: Shown; readonly retry: () => void }) {
  const isMissing = error.code === "replay_not_found" || error.code === "bad_id";
  const isFinal = isMissing || error.code === "not_recorded";
  const title = isMissing ? "This replay is not here" : headline(error.message);
  const text = isMissing
    ? "It was never sent to this server, it expired, or the address is mistyped."
    : headline(error.hint);
  return (
    <>
      <header class="top">
        <Brand />
      </header>
      <main class="page" aria-live="assertive">
        <Message title={title} text={text}>
          <div class="actions">
            {isFinal ? null : (
              <button type="button" class="button" onClick={retry}>
                Try again
              </button>
            )}
            <a class="button quiet" href="/">
              All replays
            </a>
          </div>
        </Message>
      </main>
    </>
  );
}

function Loading() {
  return (
    <div class="theatre" aria-busy="true">
      <header class="top context">
        <Brand />
      </header>
      <main class="stage">
        <div class="device is-loading">
          <span class="spinner" role="status" aria-label="Loading the replay" />
        </div>
      </main>
    </div>
  );
}
