import { useEffect, useState } from "preact/hooks";
import {
  type ApiError,
  asApiError,
  fetchReplays,
  type ReplayList,
  type ReplaySummary,
} from "./api.ts";
import { Brand } from "./brand.tsx";
import { EmptyList } from "./empty-list.tsx";
import { byteSize, clockTime, dateTime, joined, zoneName } from "./format.ts";
import { Message } from "./message.tsx";
import { replayHref } from "./router.ts";

/** How often an empty list looks for its first replay, in ms. */
const EMPTY_POLL_MS = 3_000;

/** All replays, the newest first. */
export function ListPage() {
  const { list, error, reload, more } = useReplays();
  useEffect(() => {
    document.title = "Replays · Viewreel";
  }, []);
  return (
    <>
      <header class="top">
        <Brand />
      </header>
      <main class="page" aria-busy={list === null && error === null}>
        {error ? <ListError error={error} retry={reload} /> : null}
        {list === null && error === null ? <Skeleton /> : null}
        {list?.replays.length === 0 ? <EmptyList /> : null}
        {list && list.replays.length > 0 ? <Rows list={list} more={more} /> : null}
      </main>
    </>
  );
}

function useReplays() {
  const [list, setList] = useState<ReplayList | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const [round, setRound] = useState(0);
  const reload = () => setRound((count) => count + 1);
  useEffect(() => {
    const control = new AbortController();
    fetchReplays(null, control.signal).then(
      (fresh) => {
        setList(fresh);
        setError(null);
      },
      (reason: unknown) => control.signal.aborted || setError(asApiError(reason)),
    );
    return () => control.abort();
  }, [round]);
  useEffect(() => {
    if (list?.replays.length !== 0) return;
    const timer = setTimeout(reload, EMPTY_POLL_MS);
    return () => clearTimeout(timer);
  }, [list]);
  const more = () => {
    if (!list?.nextCursor) return;
    fetchReplays(list.nextCursor, new AbortController().signal).then(
      (next) => setList({ ...next, replays: [...list.replays, ...next.replays] }),
      (reason: unknown) => setError(asApiError(reason)),
    );
  };
  return { list, error, reload, more };
}

function ListError({ error, retry }: { readonly error: ApiError; readonly retry: () => void }) {
  return (
    <div role="alert">
      <Message title={error.message} text={error.hint}>
        <button type="button" class="button" onClick={retry}>
          Try again
        </button>
      </Message>
    </div>
  );
}

function Skeleton() {
  return (
    <>
      <h1 class="title">Replays</h1>
      <ul class="rows" aria-label="Loading replays">
        {Array.from({ length: 8 }, (_, i) => (
          <li key={i} class="row skeleton" aria-hidden="true">
            <span />
            <span />
            <span />
            <span />
            <span />
          </li>
        ))}
      </ul>
    </>
  );
}

function Rows({ list, more }: { readonly list: ReplayList; readonly more: () => void }) {
  return (
    <>
      <h1 class="title">Replays</h1>
      <div class="row head" aria-hidden="true">
        <span>User and app</span>
        <span>Device</span>
        <span>Started ({zoneName()})</span>
        <span class="number">Length</span>
        <span class="number">Size</span>
      </div>
      <ul class="rows">
        {list.replays.map((replay) => (
          <Row key={`${replay.deviceId}/${replay.sessionId}`} replay={replay} />
        ))}
      </ul>
      {list.nextCursor ? (
        <button type="button" class="button" onClick={more}>
          Show older replays
        </button>
      ) : null}
    </>
  );
}

function Row({ replay }: { readonly replay: ReplaySummary }) {
  const { userId, appName, appVersion, osName, osVersion, deviceModel } = replay;
  const app = joined(`${appName} ${appVersion}`.trim(), `session ${replay.sessionId}`);
  return (
    <li>
      <a class="row" href={replayHref(replay.deviceId, replay.sessionId)}>
        <span class="who">
          <strong>{userId || "Anonymous user"}</strong>
          <small>{app}</small>
        </span>
        <span class="phone">
          {deviceModel || "Unknown device"}
          <small>{`${osName} ${osVersion}`.trim()}</small>
        </span>
        <time dateTime={new Date(replay.startedAtMs).toISOString()}>
          {dateTime(replay.startedAtMs)}
        </time>
        <span class="number">{clockTime(replay.durationMs)}</span>
        <span class="number size">{byteSize(replay.bytes)}</span>
      </a>
    </li>
  );
}
