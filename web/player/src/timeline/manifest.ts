import type { Meta } from "../model.ts";
import { JsonObject } from "./json.ts";

/** One segment of a replay. Replay time counts in milliseconds from the first segment's start. */
export interface SegmentEntry {
  readonly segmentId: string;
  readonly run: string;
  readonly seq: number;
  /** Replay time of its start. */
  readonly startMs: number;
  /** Replay time of its last record. */
  readonly endMs: number;
  /** The record time that stands at `startMs`. */
  readonly recordStartMs: number;
  readonly bytes: number;
  /** Whether seqs are missing before it. */
  readonly isAfterGap: boolean;
}

/** What a replay consists of. */
export interface Manifest {
  readonly deviceId: string;
  readonly sessionId: string;
  /** Wall clock, milliseconds since 1970 UTC. */
  readonly startedAtMs: number;
  readonly durationMs: number;
  readonly maskLevel: string;
  readonly meta: Meta;
  /** Of the first screen, in points. */
  readonly viewport: { readonly width: number; readonly height: number };
  /** In order of their starts. */
  readonly segments: readonly SegmentEntry[];
}

/** Checks the JSON of a manifest. Throws a {@link ShapeError} where it is another thing. */
export function parseManifest(value: unknown): Manifest {
  const json = new JsonObject(value, "manifest");
  const viewport = json.object("viewport");
  return {
    deviceId: json.string("device_id"),
    sessionId: json.string("session_id"),
    startedAtMs: json.number("started_at_ms"),
    durationMs: Math.max(0, json.number("duration_ms")),
    maskLevel: json.string("mask_level"),
    meta: parseMeta(json.object("meta")),
    viewport: { width: viewport.number("width"), height: viewport.number("height") },
    segments: json
      .list("segments")
      .map(parseSegment)
      .sort((a, b) => a.startMs - b.startMs),
  };
}

function parseMeta(json: JsonObject): Meta {
  const text = (name: string) => json.optionalString(name) ?? "";
  return {
    userId: text("user_id"),
    appName: text("app_name"),
    appVersion: text("app_version"),
    osName: text("os_name"),
    osVersion: text("os_version"),
    deviceModel: text("device_model"),
    locale: text("locale"),
    sdk: text("sdk"),
  };
}

function parseSegment(json: JsonObject): SegmentEntry {
  return {
    segmentId: json.string("segment_id"),
    run: json.string("run"),
    seq: json.number("seq"),
    startMs: json.number("start_ms"),
    endMs: json.number("end_ms"),
    recordStartMs: json.number("record_start_ms"),
    bytes: json.number("bytes"),
    isAfterGap: json.boolean("is_after_gap"),
  };
}

/** Index of the segment that time `t` falls into: the last one begun by then, or the first. */
export function segmentAt(segments: readonly SegmentEntry[], t: number): number {
  let low = 0;
  let high = segments.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((segments[middle]?.startMs ?? Number.POSITIVE_INFINITY) <= t) low = middle + 1;
    else high = middle;
  }
  return Math.max(0, low - 1);
}
