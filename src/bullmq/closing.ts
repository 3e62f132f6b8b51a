import { systemClock } from "../bulk/clock.js";

/** The end of something, for which many may wait. A signal of one's own for each: one for all warns of a leak from 11 on. */
export class Closing {
  readonly #waits = new Set<AbortController>();
  #isDue = false;

  get isDue(): boolean {
    return this.#isDue;
  }

  /** Ends all waits, also those to come. */
  start(): void {
    this.#isDue = true;
    for (const wait of this.#waits) wait.abort();
  }

  /** Waits, unless the end comes before. */
  async sleep(ms: number): Promise<void> {
    if (this.#isDue || ms <= 0) return;
    const wait = new AbortController();
    this.#waits.add(wait);
    await systemClock.sleep(ms, wait.signal);
    this.#waits.delete(wait);
  }
}
