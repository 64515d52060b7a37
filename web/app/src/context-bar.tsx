import type { Manifest } from "../../player/src/index.ts";
import { Brand } from "./brand.tsx";
import { dateTime, joined, zoneName } from "./format.ts";
import { Icon } from "./icons.tsx";

interface ContextBarProps {
  readonly manifest: Manifest;
  readonly openHelp: () => void;
}

/** Who, with what, when, and how much was masked. */
export function ContextBar({ manifest, openHelp }: ContextBarProps) {
  const { meta, maskLevel, startedAtMs } = manifest;
  const app = `${meta.appName} ${meta.appVersion}`.trim();
  const system = `${meta.osName} ${meta.osVersion}`.trim();
  return (
    <header class="top context">
      <Brand />
      <div class="context-words">
        <h1>{meta.userId || "Anonymous user"}</h1>
        <p>
          <span>{joined(app, meta.deviceModel, system)}</span>
          <time dateTime={new Date(startedAtMs).toISOString()}>
            {dateTime(startedAtMs)} {zoneName()}
          </time>
        </p>
      </div>
      <span class="chip" title={`Masked on the phone, level ${maskLevel}`}>
        <Icon name="lock" size={14} />
        {maskLevel}
      </span>
      <button type="button" class="icon-button" aria-label="Keyboard shortcuts" onClick={openHelp}>
        <Icon name="help" />
      </button>
    </header>
  );
}
