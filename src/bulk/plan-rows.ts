const HEX_DIGITS = 8;

/** What a plan keeps of every row: a hash of its message, and the lane that is to send it. Six bytes a row. */
export class PlanRows {
  #hashes = new Uint32Array(1 << 10);
  /** 0 for a row that is not to be sent, else the lane's place from 1. */
  #lanes = new Uint16Array(1 << 10);
  #last = 0;

  /** `lane` is left out for a row that is not to be sent. */
  set(row: number, hash: number, lane = -1): void {
    if (row >= this.#lanes.length) this.#grow(row + 1);
    this.#hashes[row] = hash;
    this.#lanes[row] = lane + 1;
    this.#last = Math.max(this.#last, row);
  }

  /** The place of the lane that is to send it, -1 when none is. */
  lane(row: number): number {
    return (this.#lanes[row] ?? 0) - 1;
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
    const size = Math.max(atLeast, this.#lanes.length * 2);
    const hashes = new Uint32Array(size);
    hashes.set(this.#hashes);
    const lanes = new Uint16Array(size);
    lanes.set(this.#lanes);
    this.#hashes = hashes;
    this.#lanes = lanes;
  }
}
