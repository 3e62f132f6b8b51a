import type { Redis } from "ioredis";
import type { PaceState, PaceStore } from "../bulk/pace-store.js";
import { numberKey } from "./keys.js";

/** Writes a state if it is still the one that was read. */
const SWAP = `
local now = redis.call('GET', KEYS[1]) or ''
if now ~= ARGV[1] then return now end
redis.call('SET', KEYS[1], ARGV[2])
return false`;

interface Change {
  apply(state: PaceState): void;
  done(): void;
  fail(error: unknown): void;
}

/**
 * The pace of numbers in Redis: whoever uses the same Redis shares it. What one process wants at the same moment goes in
 * one exchange, so that processes meet as seldom as can be.
 */
export class RedisPace implements PaceStore {
  readonly #redis: Redis;
  readonly #waiting = new Map<string, Change[]>();

  constructor(redis: Redis) {
    this.#redis = redis;
  }

  update<T>(number: string, change: (state: PaceState) => T): Promise<T> {
    return new Promise((resolve, reject) => {
      let result: T;
      const one: Change = {
        apply: (state) => {
          result = change(state);
        },
        done: () => resolve(result),
        fail: reject,
      };
      const waiting = this.#waiting.get(number);
      if (waiting !== undefined) {
        waiting.push(one);
        return;
      }
      this.#waiting.set(number, [one]);
      void this.#work(number);
    });
  }

  /** As long as somebody waits: all who do, at once. */
  async #work(number: string): Promise<void> {
    for (;;) {
      const changes = this.#waiting.get(number) ?? [];
      if (changes.length === 0) {
        this.#waiting.delete(number);
        return;
      }
      this.#waiting.set(number, []);
      try {
        await this.#exchange(numberKey(number, "pace"), changes);
        for (const change of changes) change.done();
      } catch (error) {
        for (const change of changes) change.fail(error);
      }
    }
  }

  async #exchange(key: string, changes: readonly Change[]): Promise<void> {
    let before = (await this.#redis.get(key)) ?? "";
    for (;;) {
      const state: PaceState = before === "" ? {} : JSON.parse(before);
      for (const change of changes) change.apply(state);
      const after = JSON.stringify(state);
      if (after === before || (after === "{}" && before === "")) return;
      const other = await this.#redis.eval(SWAP, 1, key, before, after);
      if (other === null) return;
      before = other as string;
    }
  }
}
