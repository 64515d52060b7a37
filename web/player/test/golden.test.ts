import { readdirSync, readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { describe, expect, test } from "vitest";
import { inspect } from "../../tests/support/inspect.ts";
import { type Outcome, outcomeOf } from "../../tests/support/outcome.ts";
import { FormatError } from "../src/decode/error.ts";
import { decodeSegment } from "../src/decode/segment.ts";
import { States } from "../src/tree/states.ts";

const FOLDER = new URL("../../../testdata/formats/v1/", import.meta.url);
const CORPUS = new URL("corpus/", FOLDER);
const isDamaged = (name: string) => name.startsWith("damaged-");
const SEGMENTS = readdirSync(FOLDER).filter((name) => name.endsWith(".vrseg"));

function bytesOf(name: string, folder = FOLDER): Uint8Array {
  return new Uint8Array(readFileSync(new URL(name, folder)));
}

function jsonOf(name: string, folder = FOLDER): unknown {
  return JSON.parse(readFileSync(new URL(name, folder), "utf8"));
}

describe("the golden files", () => {
  test("are there, whole and damaged ones", () => {
    expect(SEGMENTS.filter(isDamaged)).not.toHaveLength(0);
    expect(SEGMENTS.filter((name) => !isDamaged(name))).not.toHaveLength(0);
  });

  test.each(SEGMENTS.filter((name) => !isDamaged(name)))(
    "%s reads as the writer meant it",
    async (name) => {
      const expected = jsonOf(name.replace(/\.vrseg$/, ".expected.json"));
      expect(inspect(await decodeSegment(bytesOf(name)))).toEqual(expected);
    },
  );

  test.each(SEGMENTS.filter((name) => !isDamaged(name)))(
    "%s applies from its keyframe to its end",
    async (name) => {
      const { records } = await decodeSegment(bytesOf(name));
      const states = new States();
      for (const { body } of records) states.play(body);
      expect(states.tree.size).toBeGreaterThan(0);
    },
  );

  test.each(SEGMENTS.filter(isDamaged))("%s is refused with a typed error", async (name) => {
    await expect(decodeSegment(bytesOf(name))).rejects.toBeInstanceOf(FormatError);
  });
});

/** Differences that are printed in full. */
const MAX_PRINTED = 5;

describe("the corpus of arbitrary bytes", () => {
  test("comes out as the other decoder says: the same errors at the same places", async () => {
    const outcomes = jsonOf("outcomes.json", CORPUS) as { readonly [file: string]: Outcome };
    const files = readdirSync(CORPUS).filter((name) => name !== "outcomes.json");
    expect(files.toSorted()).toEqual(Object.keys(outcomes).toSorted());
    expect(files).not.toHaveLength(0);
    const wrong: string[] = [];
    for (const [file, expected] of Object.entries(outcomes)) {
      const found = await outcomeOf(bytesOf(file, CORPUS));
      if (!isDeepStrictEqual(found, expected)) wrong.push(difference(file, expected, found));
    }
    expect(wrong.slice(0, MAX_PRINTED).join("\n"), `${wrong.length} files differ`).toBe("");
  }, 120_000);
});

function difference(file: string, expected: Outcome, found: Outcome): string {
  return `${file}\n  expected ${JSON.stringify(expected)}\n  found    ${JSON.stringify(found)}`;
}
