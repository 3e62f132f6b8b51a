import type { Spent } from "./budget.js";

/** What is known about one number's pace. Plain JSON; each field is missing until it is needed. */
export interface PaceState {
  /** When the first slot was given (all moments: Unix milliseconds). */
  since?: number;
  /** The latest slot given. */
  last?: number;
  /** When the token bucket is full again. */
  full?: number;
  hour?: Spent;
  day?: Spent;
  newChats?: Spent;
  /** The latest slots by person (a hash), oldest first, as far back as the floor per person reaches. */
  people?: [person: number, at: number][];
  /** Nobody writes before this: the server said "too fast". */
  heldUntil?: number;
  /** Nobody opens a new chat before this: WhatsApp's error 463. */
  newChatsHeldUntil?: number;
}

/**
 * Where the pace of numbers is kept. Whoever shares a store shares the pace: two campaigns, two processes, a restart.
 *
 * @example
 * ```ts
 * class RedisPace implements PaceStore {
 *   async update(number, change) {
 *     for (;;) {
 *       // WATCH key, GET key, result = change(state), MULTI, SET key, EXEC; again when EXEC says that it changed
 *     }
 *   }
 * }
 * ```
 */
export interface PaceStore {
  /**
   * Reads a number's state (`{}` when there is none), lets `change` alter it, and keeps it, with nobody in between.
   * `change` depends on nothing but the state, so it may be called again with a newer one.
   */
  update<T>(number: string, change: (state: PaceState) => T): Promise<T>;
}

/**
 * A pace store in this process.
 *
 * @example
 * ```ts
 * const store = memoryPace();
 * wasend.bulk.campaign({ …, pace: { ...carefulPace, store } });
 * otherClient.bulk.campaign({ …, pace: { ...carefulPace, store } }); // the same numbers, one pace
 * ```
 */
export function memoryPace(): PaceStore {
  const states = new Map<string, PaceState>();
  return {
    async update(number, change) {
      const state = states.get(number) ?? {};
      states.set(number, state);
      return change(state);
    },
  };
}
