/** What a claim found: yours now, in somebody's hands, or done before. */
export type ClaimResult = "claimed" | "busy" | "done";

/**
 * Remembers which events are being handled and which are done, so that each is handled once. `claim` must be atomic. Share
 * one among all processes that receive for the same numbers; a Redis one is in the webhook guide.
 */
export interface WebhookStore {
  /** Takes the event for `leaseMs` milliseconds, unless somebody has it or had it. */
  claim(key: string, leaseMs: number): ClaimResult | Promise<ClaimResult>;
  /** Marks the event as done for `ttlMs` milliseconds. */
  complete(key: string, ttlMs: number): void | Promise<void>;
  /** Gives the event back, so that the next delivery is handled. Must not touch a claim that somebody else holds by now. */
  release(key: string): void | Promise<void>;
  /**
   * Takes the event for another `leaseMs` milliseconds while handlers run. A store without it needs a lease longer than the
   * slowest handler.
   */
  renew?(key: string, leaseMs: number): void | Promise<void>;
}

/** Options of {@link memoryStore}. */
export interface MemoryStoreOptions {
  /** How many done events are remembered; the oldest are forgotten first. Default 100 000, some 20 MB. */
  maxEntries?: number;
  /** The time, in milliseconds since 1970. Default `Date.now`. */
  clock?: () => number;
}

/**
 * A store in this process's memory: the default. Enough for one process; after a restart it knows nothing.
 *
 * @example
 * ```ts
 * const receiver = new WebhookReceiver({ secret, store: memoryStore({ maxEntries: 10_000 }) });
 * ```
 */
export function memoryStore(options: MemoryStoreOptions = {}): WebhookStore {
  const { maxEntries = 100_000, clock = Date.now } = options;
  /** Until when, and how many work on it: more than one after a lease that ran out under its holder. */
  const leases = new Map<string, { until: number; holders: number }>();
  const done = new Map<string, number>();

  /** Every entry lives equally long, mostly, so the oldest are the first to be over. */
  function forget(now: number): void {
    for (const [key, until] of done) {
      if (until > now && done.size <= maxEntries) return;
      done.delete(key);
    }
  }

  return {
    claim(key, leaseMs) {
      const now = clock();
      if ((done.get(key) ?? 0) > now) return "done";
      const { until, holders } = leases.get(key) ?? { until: 0, holders: 0 };
      if (until > now) return "busy";
      leases.set(key, { until: now + leaseMs, holders: holders + 1 });
      return "claimed";
    },
    complete(key, ttlMs) {
      const now = clock();
      leases.delete(key);
      done.delete(key);
      done.set(key, now + ttlMs);
      forget(now);
    },
    release(key) {
      const lease = leases.get(key);
      // Who is late must not give back what another one has taken: the last to give back does.
      if (lease !== undefined && --lease.holders === 0) leases.delete(key);
    },
    renew(key, leaseMs) {
      const lease = leases.get(key);
      if (lease !== undefined) lease.until = clock() + leaseMs;
    },
  };
}
