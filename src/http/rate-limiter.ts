import type { Deadline } from "./deadline.js";
import { type Admission, Lane, type Pace, type Slot } from "./lane.js";

/** The client's own limit, per number. */
export interface RateLimitOptions extends Pace {
  /** What a call does that would have to wait: `"wait"` its turn (default), or `"throw"` a `RateLimitError`. */
  onLimit?: "wait" | "throw" | undefined;
}

const FREE: Admission = { kind: "in", slot: { leave() {} } satisfies Slot };

/** The lanes of all numbers of one client. A lane exists only while it has something to remember. */
export class RateLimiter {
  readonly #options: RateLimitOptions;
  readonly #lanes = new Map<string, Lane>();
  readonly #isPaced: boolean;

  constructor(options: RateLimitOptions = {}) {
    this.#options = options;
    this.#isPaced = [options.perSecond, options.perMinute, options.concurrency].some(
      (limit) => limit !== undefined,
    );
  }

  /** How many lanes there are. */
  get size(): number {
    return this.#lanes.size;
  }

  /** Asks for leave to start an attempt. A call that has had its turn (`retrying`) always waits, and goes first. */
  enter(key: string, deadline: Deadline, retrying: boolean): Admission | Promise<Admission> {
    if (!this.#isPaced && this.#lanes.size === 0) return FREE;
    const lane = this.#isPaced ? this.#lane(key) : this.#lanes.get(key);
    const wait = retrying || this.#options.onLimit !== "throw";
    return lane?.enter(deadline, { first: retrying, wait }) ?? FREE;
  }

  /** After a 429: no call of this number starts for so long. */
  hold(key: string, ms: number): void {
    this.#lane(key).hold(ms);
  }

  #lane(key: string): Lane {
    const known = this.#lanes.get(key);
    if (known !== undefined) return known;
    this.#forget([...this.#lanes.keys()]);
    const lane = new Lane(this.#options, () => this.#forget([key]));
    this.#lanes.set(key, lane);
    return lane;
  }

  /** A paced lane that falls idle still has its window to remember, so later comers clear it away. */
  #forget(keys: readonly string[]): void {
    const now = performance.now();
    for (const key of keys) if (this.#lanes.get(key)?.isForgettable(now)) this.#lanes.delete(key);
  }
}
