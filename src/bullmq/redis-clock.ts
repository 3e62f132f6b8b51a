import type { Redis } from "ioredis";
import { systemClock } from "../bulk/clock.js";
import type { Clock } from "../bulk/types.js";

const TRIES = 3;
const FRESH_MS = 60_000;

/** The time of the Redis: machines whose clocks differ agree on when a number may write. */
export class RedisClock implements Clock {
  readonly #redis: Redis;
  #ahead = 0;
  #readAt = Number.NEGATIVE_INFINITY;

  constructor(redis: Redis) {
    this.#redis = redis;
  }

  now(): number {
    return Date.now() + this.#ahead;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return systemClock.sleep(ms, signal);
  }

  /** Compares the clocks, now and then. */
  async sync(): Promise<void> {
    if (Date.now() - this.#readAt < FRESH_MS) return;
    let fastest = Number.POSITIVE_INFINITY;
    for (let tries = 0; tries < TRIES; tries += 1) {
      const before = Date.now();
      const [seconds, micros] = await this.#redis.time();
      const took = Date.now() - before;
      if (took >= fastest) continue;
      fastest = took;
      this.#ahead = Number(seconds) * 1_000 + Number(micros) / 1_000 - (before + took / 2);
    }
    this.#readAt = Date.now();
  }
}
