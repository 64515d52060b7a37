import type { Segment } from "../../player/src/decode/segment.ts";
import type {
  Body,
  Diff,
  Fields,
  ImageBinding,
  Keyboard,
  Keyframe,
  Point,
  State,
  TextStyle,
  Touch,
  Viewport,
  Window,
} from "../../player/src/model.ts";
import { MASK_REASONS } from "../../player/src/words.ts";

/** The JSON that `testdata/formats/README.md` documents. */
type Json = { readonly [name: string]: unknown };

const ROLES = ["none", "static", "input", "hint"];
const ALIGNMENTS = ["natural", "left", "center", "right", "justified"];
const ORIENTATIONS = ["portrait", "upside-down", "landscape-left", "landscape-right"];
const PHASES = ["down", "move", "up", "cancel"];
const LIFECYCLES = ["active", "inactive", "background", "terminating"];
const LOG_LEVELS = ["log", "warn", "error"];
const GAP_REASONS = ["disabled", "background", "discarded", "capture-failed", "blocked"];

/** The words for kinds in that JSON, by number. */
const KINDS =
  "unknown view text image symbol text-input search-bar button switch slider stepper segmented page-control date-picker picker progress activity navigation-bar tab-bar toolbar alert menu scroll list cell web-view map video camera canvas pdf remote-view keyboard blur gradient shape placeholder".split(
    " ",
  );

/** A decoded segment as `viewreel inspect --json` prints one. */
export function inspect({ header, footer, records }: Segment): Json {
  return {
    segment_id: header.segmentId,
    run: header.run,
    seq: header.seq,
    start_ms: header.startMs,
    wall_ms: header.wallMs,
    utc_offset_min: header.utcOffsetMin,
    device_id: header.deviceId,
    session_id: header.sessionId,
    end_ms: footer.endMs,
    chunk_count: footer.chunks,
    record_count: footer.records,
    bytes: footer.bytes,
    records: records.map(({ timeMs, body }) => ({
      time_ms: timeMs,
      kind: body.kind,
      ...bodyJson(body),
    })),
  };
}

function bodyJson(body: Body): Json {
  switch (body.kind) {
    case "state":
      return stateJson(body.state);
    case "keyframe":
      return keyframeJson(body.keyframe);
    case "diff":
      return diffJson(body.diff);
    case "image":
      return bindingJson(body.binding);
    case "touch":
      return touchJson(body.touch);
    case "viewport":
      return viewportJson(body.viewport);
    case "lifecycle":
      return { lifecycle: LIFECYCLES.indexOf(body.lifecycle) };
    case "screen":
    case "event":
      return { name: body.name };
    case "keyboard":
      return keyboardJson(body.keyboard);
    case "log":
      return { level: LOG_LEVELS.indexOf(body.level), message: body.message };
    case "gap":
      return { reason: GAP_REASONS.indexOf(body.reason), duration_ms: body.durationMs };
    case "health": {
      const { busyMs, ...counts } = body.health;
      return { ...counts, busy_ms: busyMs };
    }
  }
}

function bindingJson({ handle, picture }: ImageBinding): Json {
  if (picture.kind === "left-out") return { handle, left_out: picture.why };
  const { id, widthPx, heightPx } = picture;
  return { handle, id, width_px: widthPx, height_px: heightPx };
}

function stateJson(state: State): Json {
  const { meta } = state;
  return {
    mask_level: state.maskLevel,
    viewports: state.viewports.map(viewportJson),
    screen: state.screen,
    lifecycle: LIFECYCLES.indexOf(state.lifecycle),
    keyboard: keyboardJson(state.keyboard),
    open_touches: state.openTouches.map(touchJson),
    meta: {
      user_id: meta.userId,
      app_name: meta.appName,
      app_version: meta.appVersion,
      os_name: meta.osName,
      os_version: meta.osVersion,
      device_model: meta.deviceModel,
      locale: meta.locale,
      sdk: meta.sdk,
    },
  };
}

function viewportJson(viewport: Viewport): Json {
  return {
    scene: viewport.scene,
    size: [viewport.width, viewport.height],
    scale: viewport.scale,
    safe_area: viewport.safeArea,
    orientation: ORIENTATIONS.indexOf(viewport.orientation),
    style: viewport.isDark ? 1 : 0,
    text_size: viewport.textSize,
    direction: viewport.isRightToLeft ? 1 : 0,
  };
}

function keyboardJson({ isVisible, frame }: Keyboard): Json {
  return { is_visible: isVisible, frame: [frame.x, frame.y, frame.width, frame.height] };
}

function touchJson(touch: Touch): Json {
  const phase = PHASES.indexOf(touch.phase);
  return { pointer: touch.pointer, phase, at: pair(touch), is_masked: touch.isMasked };
}

function windowJson({ root, scene, level }: Window): number[] {
  return [root, scene, level];
}

function keyframeJson({ state, windows, nodes }: Keyframe): Json {
  return {
    state,
    windows: windows.map(windowJson),
    nodes: nodes.map(({ id, parent, fields }) => ({ id, parent, fields: fieldsJson(fields) })),
  };
}

function diffJson(diff: Diff): Json {
  return {
    ...(diff.keeps ? { keeps: true } : {}),
    base: diff.base,
    windows: diff.windows?.map(windowJson) ?? null,
    placements: diff.placements.map(({ node, parent, after }) => [node, parent, after]),
    shifts: diff.shifts.map(({ first, count, x, y }) => [first, count, x, y]),
    updates: diff.updates.map(({ node, fields }) => ({ id: node, fields: fieldsJson(fields) })),
    removals: diff.removals,
  };
}

function pair({ x, y }: Point): number[] {
  return [x, y];
}

function color(rgba: number): string {
  return `#${rgba.toString(16).padStart(8, "0")}`;
}

const FIELD_JSON: {
  readonly [name in keyof Fields]: (value: Fields[name]) => readonly [string, unknown];
} = {
  kind: (kind) => ["kind", KINDS[kind]],
  classChain: (value) => ["class_chain", value],
  controller: (value) => ["controller", value],
  identifier: (value) => ["identifier", value],
  generation: (value) => ["generation", value],
  position: (value) => ["position", pair(value)],
  size: (value) => ["size", pair(value)],
  scroll: (value) => ["scroll", pair(value)],
  anchor: (value) => ["anchor", pair(value)],
  transform: ({ rotation, scale, skew, offset }) => [
    "transform",
    { rotation, scale: pair(scale), skew, offset: pair(offset) },
  ],
  shape: ({ clips, isContinuous, radii }) => ["shape", { clips, continuous: isContinuous, radii }],
  background: (value) => ["background", color(value)],
  gradient: ({ end, from, to }) => [
    "gradient",
    { end: color(end), from: pair(from), to: pair(to) },
  ],
  border: (value) => ["border", { width: value.width, color: color(value.color) }],
  shadow: (value) => [
    "shadow",
    { color: color(value.color), radius: value.radius, offset: pair(value.offset) },
  ],
  alpha: (value) => ["alpha", value],
  z: (value) => ["z", value],
  blur: (value) => ["blur", value],
  hidden: (value) => ["hidden", value],
  text: (value) => ["text", textJson(value)],
  lines: (lines) => [
    "lines",
    lines.map((line) => ({ text: line.text, baseline: pair(line), width: line.width })),
  ],
  image: ({ handle, contentMode, average, tint }) => [
    "image",
    { handle, content_mode: contentMode, average: color(average), tint: color(tint) },
  ],
  control: (value) => ["control", value],
  mask: ({ action, reason }) => ["mask", { action, reason: MASK_REASONS[reason] }],
};

function textJson(text: TextStyle): Json {
  return {
    role: ROLES.indexOf(text.role),
    font: text.font,
    size: text.size,
    weight: text.weight,
    italic: text.isItalic,
    underline: text.isUnderlined,
    strike: text.isStruck,
    color: color(text.color),
    alignment: ALIGNMENTS.indexOf(text.alignment),
  };
}

function fieldsJson(fields: Partial<Fields>): Json {
  const names = Object.keys(fields) as (keyof Fields)[];
  return Object.fromEntries(names.map((name) => fieldJson(fields, name)));
}

function fieldJson<N extends keyof Fields>(
  fields: Partial<Fields>,
  name: N,
): readonly [string, unknown] {
  const value = fields[name];
  return value === undefined ? [name, null] : FIELD_JSON[name](value);
}
