/** Numbers as people read them. */

const two = (value: number) => String(value).padStart(2, "0");

/** `4:07`, or `1:04:07` from an hour on. */
export function clockTime(ms: number): string {
  const total = Math.floor(Math.max(0, ms) / 1000);
  const [hours, minutes, seconds] = [
    Math.floor(total / 3600),
    Math.floor(total / 60) % 60,
    total % 60,
  ];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds)}` : `${two(minutes)}:${two(seconds)}`;
}

/** `4 minutes 7 seconds`, for ears. */
export function spokenTime(ms: number): string {
  const total = Math.floor(Math.max(0, ms) / 1000);
  const parts = [
    [Math.floor(total / 3600), "hour"],
    [Math.floor(total / 60) % 60, "minute"],
    [total % 60, "second"],
  ] as const;
  const said = parts.filter(([count]) => count > 0).map(([count, unit]) => plural(count, unit));
  return said.length > 0 ? said.join(" ") : "0 seconds";
}

/** `1 part`, `2 parts`. */
export function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? "" : "s"}`;
}

/** `51 KB`, `1.2 MB`. */
export function byteSize(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${Math.round(bytes / 1000)} KB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

const DATE = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });
const ZONE = new Intl.DateTimeFormat("en", { timeZoneName: "short" });

/** A wall-clock time in the viewer's zone. */
export function dateTime(ms: number): string {
  return DATE.format(new Date(ms));
}

/** Name of the viewer's zone, such as `GMT+1`. */
export function zoneName(): string {
  const parts = ZONE.formatToParts(new Date());
  return parts.find(({ type }) => type === "timeZoneName")?.value ?? "local time";
}

/** The texts that are not empty, with a dot between. */
export function joined(...texts: readonly string[]): string {
  return texts.filter((text) => text !== "").join(" · ");
}

/** The server's words, which begin small, as they stand at the head of a page. */
export function headline(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
