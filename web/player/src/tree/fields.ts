import { MAX_LENGTH_UNITS, UNITS_PER_PT } from "../decode/limits.ts";
import type { Changes, Fields, Point } from "../model.ts";
import { TreeError } from "./error.ts";

const MAX_LENGTH_PT = MAX_LENGTH_UNITS / UNITS_PER_PT;

/** Applies what an update says to the fields of a node. */
export function change(fields: Fields, { size, position, scroll, ...others }: Changes): void {
  Object.assign(fields, others);
  if (size) fields.size = moved(fields.size, size);
  if (position) fields.position = moved(fields.position, position);
  if (scroll) fields.scroll = moved(fields.scroll, scroll);
}

/** A point that moves. Throws a {@link TreeError} where the format has no such length. */
export function moved(point: Point, by: Point): Point {
  const [x, y] = [point.x + by.x, point.y + by.y];
  if (Math.abs(x) > MAX_LENGTH_PT || Math.abs(y) > MAX_LENGTH_PT) {
    throw new TreeError("out of range");
  }
  return { x, y };
}
