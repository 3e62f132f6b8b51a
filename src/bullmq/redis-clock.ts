import type { Redis } from "ioredis";
import { systemClock } from "../bulk/clock.js";
import type { Clock } from "../bulk/types.js";

const TRIES = 5;
const FRESH_MS = 60_000;

/** The time of the Redis: machines whose clocks differ agree on when a number may write. */
export class RedisClock implements Clock {
  readonly #redis: Redis;
  #ahead = 0;
  /** How wrong that may be, in milliseconds: half of what the asking took. */
  #doubt = Number.POSITIVE_INFINITY;
  #readAt = Number.NEGATIVE_INFINITY;
  #syncing: Promise<void> | undefined;

  constructor(redis: Redis) {
    this.#redis = redis;
  }

  now(): number {
    return Date.now() + this.#ahead;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return systemClock.sleep(ms, signal);
  }

  /** Compares the clocks, now and then. To be done before there is much else to do. */
  sync(): Promise<void> {
    if (Date.now() - this.#readAt < FRESH_MS) return Promise.resolve();
    this.#syncing ??= this.#sync().finally(() => {
      this.#syncing = undefined;
    });
    return this.#syncing;
  }

  async #sync(): Promise<void> {
    for (let tries = 0; tries < TRIES; tries += 1) {
      const before = Date.now();
      const [seconds, micros] = await this.#redis.time();
      const doubt = (Date.now() - before) / 2;
      const ahead = Number(seconds) * 1_000 + Number(micros) / 1_000 - (before + doubt);
      // A slow answer says little, unless it proves that what was known is wrong by now.
      const isProof = Math.abs(ahead - this.#ahead) > doubt + this.#doubt;
      if (doubt <= this.#doubt || isProof) [this.#ahead, this.#doubt] = [ahead, doubt];
    }
    this.#readAt = Date.now();
  }
}
