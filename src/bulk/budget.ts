/** How many slots were given in each stretch of time, oldest first: start (Unix milliseconds) and count. */
export type Spent = [start: number, count: number][];

/** A window is remembered in so many stretches, so that a state stays small however large the budget. */
const STRETCHES = 240;

/**
 * A budget over a sliding window. A stretch leaves the window when its last moment does, so that no window of any
 * position ever holds more than the limit.
 */
export class Budget {
  readonly #windowMs: number;
  readonly #stretchMs: number;

  constructor(windowMs: number) {
    this.#windowMs = windowMs;
    this.#stretchMs = windowMs / STRETCHES;
  }

  /** The first moment, from `at` on, at which the budget has room; infinite when it never will. */
  earliest(spent: Spent = [], limit: number | undefined, at: number): number {
    if (limit === undefined) return at;
    if (limit < 1) return Number.POSITIVE_INFINITY;
    let count = 0;
    for (const one of spent) if (this.#leavesAt(one) > at) count += one[1];
    for (const one of spent) {
      if (count < limit) break;
      const leaves = this.#leavesAt(one);
      if (leaves <= at) continue;
      count -= one[1];
      if (count < limit) return leaves;
    }
    return at;
  }

  /** Notes a slot at that moment, and forgets what has left the window. */
  spend(spent: Spent = [], at: number): Spent {
    while (spent[0] !== undefined && this.#leavesAt(spent[0]) <= at) spent.shift();
    const start = Math.floor(at / this.#stretchMs) * this.#stretchMs;
    const last = spent.at(-1);
    if (last?.[0] === start) last[1] += 1;
    else spent.push([start, 1]);
    return spent;
  }

  #leavesAt([start]: Spent[number]): number {
    return start + this.#stretchMs + this.#windowMs;
  }
}
