import { identityKey } from "./candidates.js";

const FIRST_SIZE = 1 << 10;
const FULLEST = 0.8;

/**
 * Remembers whom a campaign has met, by {@link identityKey}: `+5511987654321` and `+551187654321` are one person.
 *
 * A phone number costs 12 bytes per slot of a table that is between 40 and 80 % full, so 15 to 30 bytes; nothing is
 * hashed away, two people never look like one. Other addresses (groups, `@lid`) are kept as they are, in a `Map`.
 *
 * @example
 * ```ts
 * const seen = new DuplicateSet();
 * seen.add("+14155550123", 1); // undefined: new
 * seen.add("14155550123@c.us", 2); // 1: the row that had this person first
 * ```
 */
export class DuplicateSet {
  #numbers = new Float64Array(FIRST_SIZE);
  #rows = new Uint32Array(FIRST_SIZE);
  #count = 0;
  readonly #others = new Map<string, number>();

  /**
   * The row that had this person before, or `undefined` when this is the first. `others`: more addresses of the same
   * person.
   */
  add(address: string, row: number, others?: readonly string[]): number | undefined {
    if (others === undefined) return this.#add(address, row);
    const all = [address, ...others];
    const earlier = all.map((one) => this.#find(one)).find((found) => found !== undefined);
    for (const one of all) this.#add(one, earlier ?? row);
    return earlier;
  }

  #find(address: string): number | undefined {
    const key = identityKey(address);
    const number = numberOf(key);
    if (number === undefined) return this.#others.get(key);
    const slot = slotFor(this.#numbers, number);
    return this.#numbers[slot] === number ? this.#rows[slot] : undefined;
  }

  #add(address: string, row: number): number | undefined {
    const key = identityKey(address);
    const number = numberOf(key);
    if (number === undefined) {
      const earlier = this.#others.get(key);
      if (earlier === undefined) this.#others.set(key, row);
      return earlier;
    }
    if (this.#count >= this.#numbers.length * FULLEST) this.#grow();
    const slot = slotFor(this.#numbers, number);
    if (this.#numbers[slot] === number) return this.#rows[slot];
    this.#numbers[slot] = number;
    this.#rows[slot] = row;
    this.#count++;
    return undefined;
  }

  /** How many people it knows. */
  get size(): number {
    return this.#count + this.#others.size;
  }

  /** What the table of phone numbers takes, in bytes. */
  get bytes(): number {
    return this.#numbers.byteLength + this.#rows.byteLength;
  }

  #grow(): void {
    const [numbers, rows] = [this.#numbers, this.#rows];
    this.#numbers = new Float64Array(numbers.length * 2);
    this.#rows = new Uint32Array(numbers.length * 2);
    for (let i = 0; i < numbers.length; i++) {
      const number = numbers[i]!;
      if (number === 0) continue;
      const slot = slotFor(this.#numbers, number);
      this.#numbers[slot] = number;
      this.#rows[slot] = rows[i]!;
    }
  }
}

/** A key that is a phone number, as the number that the table takes. */
function numberOf(key: string): number | undefined {
  const number = key.startsWith("+") ? Number(key) : Number.NaN;
  return Number.isNaN(number) ? undefined : number;
}

/** The slot that holds the number, or the free one for it. Sizes are powers of two. */
function slotFor(table: Float64Array, number: number): number {
  const mask = table.length - 1;
  let hash = Math.imul((number % 4_294_967_296) ^ (number / 4_294_967_296), 0x9e3779b1);
  hash ^= hash >>> 15;
  let slot = hash & mask;
  while (table[slot] !== 0 && table[slot] !== number) slot = (slot + 1) & mask;
  return slot;
}
