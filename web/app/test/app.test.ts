import { describe, expect, test, vi } from "vitest";
import { byteSize, clockTime, headline, joined, plural, spokenTime } from "../src/format.ts";
import { keyName, type Press, SHORTCUTS, shortcutFor } from "../src/keymap.ts";

// The router follows the page's address from its first moment on.
vi.stubGlobal("location", { pathname: "/", search: "" });
vi.stubGlobal("addEventListener", () => undefined);
const { parsePath, replayHref, timeOf } = await import("../src/router.ts");

describe("times, sizes and words", () => {
  test("are written for eyes", () => {
    expect([clockTime(0), clockTime(72_900), clockTime(3_723_000)]).toEqual([
      "00:00",
      "01:12",
      "1:02:03",
    ]);
    expect([byteSize(0), byteSize(51_234), byteSize(1_234_567)]).toEqual([
      "0 B",
      "51 KB",
      "1.2 MB",
    ]);
    expect([plural(1, "part"), plural(2, "part"), joined("a", "", "b")]).toEqual([
      "1 part",
      "2 parts",
      "a · b",
    ]);
  });

  test("of the server begin a page", () => {
    expect(headline("this session was not recorded: it is not in the sample")).toBe(
      "This session was not recorded: it is not in the sample",
    );
    expect([headline(""), headline("`viewreel`")]).toEqual(["", "`viewreel`"]);
  });

  test("are said for ears", () => {
    expect(spokenTime(0)).toBe("0 seconds");
    expect(spokenTime(3_661_000)).toBe("1 hour 1 minute 1 second");
    expect(spokenTime(124_000)).toBe("2 minutes 4 seconds");
  });
});

describe("addresses", () => {
  test("of a replay lead there and back, whatever stands in its ids", () => {
    for (const deviceId of ["a", "x|y@z:=", "a.b-c_d"]) {
      const route = { page: "replay", deviceId, sessionId: "1763890860000" };
      expect(parsePath(replayHref(deviceId, "1763890860000"))).toEqual(route);
    }
  });

  test("that are none of ours are unknown", () => {
    for (const path of ["/r/only", "/r/a/b/c", "/x/a/b", "/r/%zz/b", "/r//b"]) {
      expect(parsePath(path).page, path).toBe("unknown");
    }
    expect(parsePath("/").page).toBe("list");
  });

  test("may name a time in seconds", () => {
    expect([timeOf("?t=73.4"), timeOf(""), timeOf("?t=-5"), timeOf("?t=soon")]).toEqual([
      73_400, 0, 0, 0,
    ]);
  });
});

describe("the keyboard", () => {
  const press = (key: string, more: Partial<Press> = {}): Press => ({
    key,
    hasModifier: false,
    tag: "BODY",
    inputType: "",
    isEditable: false,
    ...more,
  });

  test("has no key with two meanings and a name for each", () => {
    const keys = SHORTCUTS.flatMap((shortcut) => shortcut.keys);
    expect(new Set(keys).size).toBe(keys.length);
    for (const key of keys) expect(keyName(key)).not.toBe("");
  });

  test("finds a shortcut in either case", () => {
    expect(shortcutFor(press("K"))?.label).toBe("Play or pause");
    expect(shortcutFor(press("?"))?.label).toBe("This list");
    expect(shortcutFor(press("q"))).toBeUndefined();
  });

  test("leaves typing, chords and the Space of a button alone", () => {
    expect(shortcutFor(press(" ", { tag: "INPUT", inputType: "text" }))).toBeUndefined();
    expect(shortcutFor(press("1", { tag: "SELECT" }))).toBeUndefined();
    expect(shortcutFor(press("t", { hasModifier: true }))).toBeUndefined();
    expect(shortcutFor(press("t", { isEditable: true }))).toBeUndefined();
    expect(shortcutFor(press(" ", { tag: "BUTTON" }))).toBeUndefined();
    expect(shortcutFor(press("k", { tag: "BUTTON" }))?.label).toBe("Play or pause");
    expect(shortcutFor(press("Home", { tag: "INPUT", inputType: "range" }))?.label).toBe(
      "To the start",
    );
  });
});
