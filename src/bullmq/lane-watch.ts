import type { Redis } from "ioredis";
import type { CampaignEmitter } from "../bulk/events.js";
import type { PauseReason } from "../bulk/verdict.js";
import type { StoredCampaign } from "./header.js";
import { NumberRest } from "./number-rest.js";
import type { RedisClock } from "./redis-clock.js";

/** One number of a campaign. */
export interface WatchedNumber {
  session: string;
  /** Rows that this number is still to send. */
  pending: number;
  /** Why it rests, if it does, and until when at least (Unix milliseconds). */
  resting?: { reason: PauseReason; until: number };
}

/** Sees which numbers rest, and tells what changes. */
export class LaneWatch {
  readonly #redis: Redis;
  readonly #clock: RedisClock;
  readonly #events: CampaignEmitter;
  readonly #resting = new Map<string, PauseReason>();

  constructor(redis: Redis, clock: RedisClock, events: CampaignEmitter) {
    this.#redis = redis;
    this.#clock = clock;
    this.#events = events;
  }

  async look(
    campaign: StoredCampaign | undefined,
    counts: Readonly<Record<string, string>>,
  ): Promise<WatchedNumber[]> {
    if (campaign === undefined) return [];
    return Promise.all(
      campaign.settings.sessions.map(async (session) => {
        const resting = await this.#restOf(campaign, session);
        const pending = Number(counts[`left:${session}`] ?? 0);
        return { session, pending, ...(resting !== undefined && { resting }) };
      }),
    );
  }

  /** Tells `paused` and `resumed`. */
  async tell(campaign: StoredCampaign, counts: Readonly<Record<string, string>>): Promise<void> {
    for (const { session, resting } of await this.look(campaign, counts)) {
      const before = this.#resting.get(session);
      if (resting !== undefined && resting.reason !== before) {
        this.#resting.set(session, resting.reason);
        this.#events.tell("paused", () => ({ session, reason: resting.reason }));
      } else if (resting === undefined && before !== undefined) {
        this.#resting.delete(session);
        this.#events.tell("resumed", () => ({ session }));
      }
    }
  }

  async #restOf({ state }: StoredCampaign, session: string): Promise<WatchedNumber["resting"]> {
    if (state === "paused") return { reason: "asked", until: Number.POSITIVE_INFINITY };
    return new NumberRest(this.#redis, session).current(this.#clock.now());
  }
}
