import { type Look, NO_LOOK, type Referred, readLook } from "./look.ts";
import type { Reader } from "./reader.ts";
import { StringTable } from "./strings.ts";
import { Table } from "./table.ts";

/** Colours as `0xRRGGBBAA`. */
class ColorTable extends Table<number> {
  protected override readonly none = 0;

  protected override define(from: Reader): number {
    return from.u32("a colour");
  }
}

class LookTable extends Table<Look> {
  protected override readonly none = NO_LOOK;
  private readonly referred: Referred;

  constructor(referred: Referred) {
    super();
    this.referred = referred;
  }

  /** Each use of a look is one of its strings. */
  protected override reuse({ stringBytes }: Look, from: Reader, start: number): void {
    this.referred.strings.use(stringBytes, from, start);
  }

  protected override define(from: Reader): Look {
    return readLook(from, this.referred);
  }
}

/** The tables of a track; they grow from record to record. */
export class Tables {
  readonly strings = new StringTable();
  readonly colors = new ColorTable();
  readonly looks = new LookTable(this);
}
