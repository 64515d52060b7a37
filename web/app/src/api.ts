import {
  JsonObject,
  type Manifest,
  parseManifest,
  replayPath,
  ShapeError,
} from "../../player/src/index.ts";

/** An answer that is not the one hoped for, in words that say what to do. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly code: string;
  readonly hint: string;

  constructor(code: string, message: string, hint: string) {
    super(message);
    this.code = code;
    this.hint = hint;
  }
}

/** A line of the list. */
export interface ReplaySummary {
  readonly deviceId: string;
  readonly sessionId: string;
  readonly startedAtMs: number;
  readonly durationMs: number;
  readonly bytes: number;
  readonly userId: string;
  readonly appName: string;
  readonly appVersion: string;
  readonly osName: string;
  readonly osVersion: string;
  readonly deviceModel: string;
}

export interface ReplayList {
  readonly replays: readonly ReplaySummary[];
  readonly nextCursor: string | null;
}

/** The newest replays, or those after `cursor`. Rejects with an {@link ApiError}. */
export async function fetchReplays(
  cursor: string | null,
  signal: AbortSignal,
): Promise<ReplayList> {
  const query = cursor === null ? "" : `?cursor=${encodeURIComponent(cursor)}`;
  return parsed(await fetchJson(`/api/v1/replays${query}`, signal), (value) => {
    const json = new JsonObject(value);
    return {
      replays: json.list("replays").map(parseSummary),
      nextCursor: json.optionalString("next_cursor"),
    };
  });
}

/** The manifest of a replay. Rejects with an {@link ApiError}. */
export async function fetchManifest(
  deviceId: string,
  sessionId: string,
  signal: AbortSignal,
): Promise<Manifest> {
  return parsed(await fetchJson(replayPath(deviceId, sessionId), signal), parseManifest);
}

function parseSummary(json: JsonObject): ReplaySummary {
  const text = (name: string) => json.optionalString(name) ?? "";
  return {
    deviceId: json.string("device_id"),
    sessionId: json.string("session_id"),
    startedAtMs: json.number("started_at_ms"),
    durationMs: json.number("duration_ms"),
    bytes: json.number("bytes"),
    userId: text("user_id"),
    appName: text("app_name"),
    appVersion: text("app_version"),
    osName: text("os_name"),
    osVersion: text("os_version"),
    deviceModel: text("device_model"),
  };
}

function parsed<T>(value: unknown, parse: (value: unknown) => T): T {
  try {
    return parse(value);
  } catch (error) {
    if (!(error instanceof ShapeError)) throw error;
    const hint = "Reload the page: it may be older than the server.";
    throw new ApiError("bad_answer", `The server's answer cannot be read: ${error.message}`, hint);
  }
}

async function fetchJson(url: string, signal: AbortSignal): Promise<unknown> {
  const response = await fetch(url, { signal, headers: { accept: "application/json" } }).catch(
    (error: unknown) => {
      if (signal.aborted) throw error;
      throw new ApiError(
        "offline",
        "The server cannot be reached",
        "Check that it is running, then try again.",
      );
    },
  );
  if (!response.ok) throw await refusal(response);
  return response.json().catch(() => null);
}

async function refusal(response: Response): Promise<ApiError> {
  const value: unknown = await response.json().catch(() => null);
  try {
    const json = new JsonObject(value);
    return new ApiError(
      json.string("code"),
      json.string("message"),
      json.optionalString("hint") ?? "",
    );
  } catch {
    return new ApiError("http", `The server answered ${response.status}`, "Try again in a moment.");
  }
}

/** Any error as one that can be shown. */
export function asApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  return new ApiError(
    "unexpected",
    error instanceof Error ? error.message : "Something went wrong",
    "",
  );
}
