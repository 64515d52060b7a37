/** A JSON answer that does not have the documented shape. */
export class ShapeError extends Error {
  override readonly name = "ShapeError";
}

/** Reads the members of a JSON object by their documented type; every miss is a {@link ShapeError}. */
export class JsonObject {
  private readonly members: Readonly<globalThis.Record<string, unknown>>;
  private readonly path: string;

  constructor(value: unknown, path = "answer") {
    if (!isObject(value)) throw new ShapeError(`${path} is not an object`);
    this.members = value;
    this.path = path;
  }

  string(name: string): string {
    const value = this.members[name];
    if (typeof value !== "string") throw new ShapeError(`${this.path}.${name} is not a string`);
    return value;
  }

  number(name: string): number {
    const value = this.members[name];
    if (typeof value !== "number" || !Number.isFinite(value)) {
      throw new ShapeError(`${this.path}.${name} is not a number`);
    }
    return value;
  }

  boolean(name: string): boolean {
    const value = this.members[name];
    if (typeof value !== "boolean") throw new ShapeError(`${this.path}.${name} is not a boolean`);
    return value;
  }

  /** A string, or `null` where it is null or missing. */
  optionalString(name: string): string | null {
    return this.members[name] === null || this.members[name] === undefined
      ? null
      : this.string(name);
  }

  object(name: string): JsonObject {
    return new JsonObject(this.members[name], `${this.path}.${name}`);
  }

  list(name: string): JsonObject[] {
    const value = this.members[name];
    if (!Array.isArray(value)) throw new ShapeError(`${this.path}.${name} is not a list`);
    return value.map((entry, i) => new JsonObject(entry, `${this.path}.${name}[${i}]`));
  }
}

function isObject(value: unknown): value is globalThis.Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
