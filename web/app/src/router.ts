import { signal } from "@preact/signals";

/** What an address stands for. */
export type Route =
  | { readonly page: "list" }
  | { readonly page: "replay"; readonly deviceId: string; readonly sessionId: string }
  | { readonly page: "unknown" };

/** The route of a path. */
export function parsePath(path: string): Route {
  if (path === "/" || path === "/index.html") return { page: "list" };
  const parts = path.split("/").slice(1);
  if (parts.length !== 3 || parts[0] !== "r") return { page: "unknown" };
  const [deviceId, sessionId] = [decode(parts[1]), decode(parts[2])];
  return deviceId && sessionId ? { page: "replay", deviceId, sessionId } : { page: "unknown" };
}

function decode(part: string | undefined): string | null {
  try {
    return decodeURIComponent(part ?? "");
  } catch {
    return null;
  }
}

/** The address of a replay's page. */
export function replayHref(deviceId: string, sessionId: string): string {
  return `/r/${encodeURIComponent(deviceId)}/${encodeURIComponent(sessionId)}`;
}

/** The time that an address asks for, in ms; 0 where it asks for none. */
export function timeOf(search: string): number {
  const seconds = Number(new URLSearchParams(search).get("t") ?? 0);
  return Number.isFinite(seconds) ? Math.max(0, seconds * 1000) : 0;
}

/** Puts a replay time into the address, without an entry in the history. */
export function keepTime(timeMs: number): void {
  const query = timeMs > 0 ? `?t=${Number((timeMs / 1000).toFixed(3))}` : "";
  history.replaceState(null, "", `${location.pathname}${query}`);
}

/** Where the page is now. */
export const route = signal<Route>(parsePath(location.pathname));

function follow(): void {
  route.value = parsePath(location.pathname);
  scrollTo(0, 0);
}

/** Follows links of our own without loading the page anew. */
function click(event: MouseEvent): void {
  const isPlain =
    event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  if (!isPlain || event.defaultPrevented || !link || link.origin !== location.origin || link.target)
    return;
  event.preventDefault();
  history.pushState(null, "", link.href);
  follow();
}

addEventListener("popstate", follow);
addEventListener("click", click);
