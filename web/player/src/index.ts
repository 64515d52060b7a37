/**
 * The player core: a replay as a function of time, painted on a canvas.
 *
 * It has no dependency and knows no framework; {@link Player} is where to
 * start. Nothing recorded ever becomes HTML: it is painted, or handed out as text.
 */
export { FormatError } from "./decode/error.ts";
export { decodeSegment, type Segment } from "./decode/segment.ts";
export type * from "./model.ts";
export { FAMILY, loadFonts } from "./paint/fonts.ts";
export { isHidden, MAX_DRAWN_LEVELS, visibleWindows } from "./paint/walk.ts";
export { Player, type PlayerOptions, type PlayerState, type ScreenShape } from "./player.ts";
export { SPEEDS } from "./timeline/clock.ts";
export { JsonObject, ShapeError } from "./timeline/json.ts";
export { type Manifest, parseManifest } from "./timeline/manifest.ts";
export type { Marker } from "./timeline/markers.ts";
export type { Moment, Notice } from "./timeline/replay.ts";
export {
  HttpSource,
  type ImageSource,
  replayPath,
  type SegmentSource,
} from "./timeline/source.ts";
export { childrenOf, type TreeNode } from "./tree/node.ts";
export { className, KIND, kindWord, reasonWord } from "./words.ts";
