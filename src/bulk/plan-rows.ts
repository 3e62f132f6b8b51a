const HEX_DIGITS = 8;

/** Why a row that could be rendered is not to be sent; 0 is a row that is. */
export const MARKS = ["ready", "unusable", "duplicate", "suppressed"] as const;

/** What a plan keeps of every row: a hash of its message, and whether it is to be sent. Five bytes a row. */
export class PlanRows {
  #hashes = new Uint32Array(1 << 10);
  #marks = new Uint8Array(1 << 10);
  #last = 0;

  set(row: number, hash: number, mark: (typeof MARKS)[number]): void {
    if (row >= this.#marks.length) this.#grow(row + 1);
    this.#hashes[row] = hash;
    this.#marks[row] = MARKS.indexOf(mark);
    this.#last = Math.max(this.#last, row);
  }

  isReady(row: number): boolean {
    return row <= this.#last && this.#marks[row] === 0;
  }

  hash(row: number): number {
    return this.#hashes[row] ?? 0;
  }

  /** The highest row. */
  get last(): number {
    return this.#last;
  }

  /** The hashes of a stretch as text, for the journal. */
  hex(from: number, count: number): string {
    const stretch = this.#hashes.subarray(from, Math.min(from + count, this.#last + 1));
    return Array.from(stretch, (hash) => hash.toString(16).padStart(HEX_DIGITS, "0")).join("");
  }

  /** The hashes that {@link PlanRows.hex} wrote. */
  static parse(hashes: string): number[] {
    const found: number[] = [];
    for (let at = 0; at < hashes.length; at += HEX_DIGITS)
      found.push(Number.parseInt(hashes.slice(at, at + HEX_DIGITS), 16));
    return found;
  }

  #grow(atLeast: number): void {
    const size = Math.max(atLeast, this.#marks.length * 2);
    const hashes = new Uint32Array(size);
    hashes.set(this.#hashes);
    const marks = new Uint8Array(size);
    marks.set(this.#marks);
    this.#hashes = hashes;
    this.#marks = marks;
  }
}
