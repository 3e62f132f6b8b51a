import type { Redis } from "ioredis";
import { FIRST_LOCK_MS, FIRST_WAIT_MS, LONGEST_LOCK_MS, LONGEST_WAIT_MS } from "../bulk/lane-rest.js";
import type { PauseReason } from "../bulk/verdict.js";
import { numberKey } from "./keys.js";
import { LOCK, REST } from "./scripts.js";

/** How long one worker may take to find out whether a number is ready. */
const PROBE_MS = 30_000;

/** When a number rests, for all workers and campaigns. */
export class NumberRest {
  readonly #redis: Redis;
  readonly #key: string;
  readonly #probe: string;

  constructor(redis: Redis, session: string) {
    this.#redis = redis;
    this.#key = numberKey(session, "rest");
    this.#probe = numberKey(session, "probe");
  }

  /** Rests so long, or with growing waits until it is ready. */
  async start(reason: PauseReason, now: number, waitMs = -1): Promise<void> {
    const [first, longest] = [FIRST_WAIT_MS, LONGEST_WAIT_MS];
    await this.#redis.eval(REST, 1, this.#key, reason, Math.floor(now), Math.ceil(waitMs), first, longest);
  }

  /** Opens no new chats; until when. */
  async lock(now: number): Promise<number> {
    const answer = await this.#redis.eval(
      LOCK,
      1,
      this.#key,
      Math.floor(now),
      FIRST_LOCK_MS,
      LONGEST_LOCK_MS,
    );
    return Number(answer);
  }

  /** Counts a failure. How many there were in a row. */
  failures(): Promise<number> {
    return this.#redis.hincrby(this.#key, "failures", 1);
  }

  /** One worker asks whether the number is ready, and ends the rest or draws it out. */
  async probe(isReady: () => Promise<boolean>, now: () => number): Promise<void> {
    if ((await this.#redis.set(this.#probe, "1", "PX", PROBE_MS, "NX")) === null) return;
    try {
      // What cannot be found out is not ready: no network, no valid key.
      if (await isReady().catch(() => false))
        await this.#redis.hdel(this.#key, "reason", "until", "failures");
      else await this.start(((await this.read())?.reason ?? "number_not_ready") as PauseReason, now());
    } finally {
      await this.#redis.del(this.#probe);
    }
  }

  /** The rest that it has now, if any; a refusal of new chats counts when nothing else does. */
  async current(now: number): Promise<{ reason: PauseReason; until: number } | undefined> {
    const rest = await this.read();
    // Its end shows when the next message asks.
    if (rest !== undefined && (rest.reason !== "rate_limited" || rest.until > now)) return rest;
    const until = Number((await this.#redis.hget(this.#key, "lockedUntil")) ?? 0);
    return until > now ? { reason: "reachout_timelock", until } : undefined;
  }

  async read(): Promise<{ reason: PauseReason; until: number } | undefined> {
    const [reason, until] = await this.#redis.hmget(this.#key, "reason", "until");
    return typeof reason === "string" ? { reason: reason as PauseReason, until: Number(until) } : undefined;
  }
}
