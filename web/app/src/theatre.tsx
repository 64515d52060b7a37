import { type ReadonlySignal, signal } from "@preact/signals";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import {
  HttpSource,
  type Manifest,
  Player,
  type PlayerState,
  replayPath,
} from "../../player/src/index.ts";
import { ContextBar } from "./context-bar.tsx";
import { Help } from "./help.tsx";
import { pressOf, shortcutFor } from "./keymap.ts";
import { Panel } from "./panel.tsx";
import { keepTime, timeOf } from "./router.ts";
import { Stage, WORDS_ID } from "./stage.tsx";
import { Transport } from "./transport.tsx";

/** How long the time rests before it goes into the address, in ms. */
const KEEP_TIME_AFTER_MS = 250;

/** A player with what belongs to it. */
export interface Playing {
  readonly player: Player;
  readonly manifest: Manifest;
  readonly state: ReadonlySignal<PlayerState>;
}

/** The page of a replay that can be played. */
export function Theatre({ manifest }: { readonly manifest: Manifest }) {
  const [isHelpOpen, setHelpOpen] = useState(false);
  const { host, playing } = usePlayer(manifest);
  useShortcuts(playing, () => setHelpOpen((isOpen) => !isOpen));
  useTimeInAddress(playing);
  useEffect(() => {
    document.title = `${manifest.meta.appName || "Replay"} · Viewreel`;
  }, [manifest]);
  return (
    <div class="theatre">
      <ContextBar manifest={manifest} openHelp={() => setHelpOpen(true)} />
      <Stage host={host} playing={playing} manifest={manifest} />
      {playing ? <Transport {...playing} /> : <div class="transport" />}
      {playing ? <Panel {...playing} /> : <aside class="panel" />}
      {isHelpOpen ? <Help close={() => setHelpOpen(false)} /> : null}
    </div>
  );
}

function usePlayer(manifest: Manifest) {
  const host = useRef<HTMLDivElement>(null);
  const [playing, setPlaying] = useState<Playing | null>(null);
  useLayoutEffect(() => {
    if (!host.current) return;
    const player = new Player(host.current, {
      manifest,
      source: new HttpSource(replayPath(manifest.deviceId, manifest.sessionId)),
      startMs: timeOf(location.search),
      describedBy: WORDS_ID,
      prefersStill: matchMedia("(prefers-reduced-motion: reduce)").matches,
    });
    const state = signal(player.state);
    player.subscribe(() => {
      state.value = player.state;
    });
    setPlaying({ player, manifest, state });
    return () => player.destroy();
  }, [manifest]);
  return { host, playing };
}

function useShortcuts(playing: Playing | null, toggleHelp: () => void): void {
  const latest = useRef(toggleHelp);
  latest.current = toggleHelp;
  useEffect(() => {
    if (!playing) return;
    const press = (event: KeyboardEvent) => {
      const shortcut = event.defaultPrevented ? undefined : shortcutFor(pressOf(event));
      if (!shortcut) return;
      event.preventDefault();
      shortcut.run({ player: playing.player, toggleHelp: () => latest.current() });
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, [playing]);
}

/** While the replay rests, the address holds its time. */
function useTimeInAddress(playing: Playing | null): void {
  const timer = useMemo(() => ({ id: 0, kept: -1 }), []);
  useEffect(() => {
    if (!playing) return;
    const stop = playing.state.subscribe(({ intent, timeMs }) => {
      if (intent === "playing" || timeMs === timer.kept) return;
      timer.kept = timeMs;
      clearTimeout(timer.id);
      timer.id = window.setTimeout(() => keepTime(timeMs), KEEP_TIME_AFTER_MS);
    });
    return () => {
      stop();
      clearTimeout(timer.id);
    };
  }, [playing, timer]);
}
