import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { inspect } from "../../tests/support/inspect.ts";
import { FormatError } from "../src/decode/error.ts";
import { decodeSegment } from "../src/decode/segment.ts";
import { Tree } from "../src/tree/tree.ts";

const FOLDER = new URL("../../../testdata/formats/v0/", import.meta.url);
const SEGMENTS = readdirSync(FOLDER).filter((name) => name.endsWith(".vrseg"));
const isDamaged = (name: string) => name.startsWith("damaged-");

function bytesOf(name: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(name, FOLDER)));
}

describe("the golden files", () => {
  test("are there, whole and damaged ones", () => {
    expect(SEGMENTS.filter(isDamaged)).not.toHaveLength(0);
    expect(SEGMENTS.filter((name) => !isDamaged(name))).not.toHaveLength(0);
  });

  test.each(SEGMENTS.filter((name) => !isDamaged(name)))(
    "%s reads as the writer meant it",
    async (name) => {
      const expected: unknown = JSON.parse(
        readFileSync(new URL(name.replace(/\.vrseg$/, ".expected.json"), FOLDER), "utf8"),
      );
      expect(inspect(await decodeSegment(bytesOf(name)))).toEqual(expected);
    },
  );

  test.each(SEGMENTS.filter((name) => !isDamaged(name)))(
    "%s applies from its keyframe to its end",
    async (name) => {
      const { records } = await decodeSegment(bytesOf(name));
      const tree = new Tree();
      for (const { body } of records) {
        if (body.kind === "keyframe") tree.reset(body.keyframe);
        if (body.kind === "diff") tree.apply(body.diff);
      }
      expect(tree.size).toBeGreaterThan(0);
    },
  );

  test.each(SEGMENTS.filter(isDamaged))("%s is refused with a typed error", async (name) => {
    await expect(decodeSegment(bytesOf(name))).rejects.toBeInstanceOf(FormatError);
  });
});
