import type { Queue } from "bullmq";
import type { Redis } from "ioredis";
import type { CampaignEmitter } from "../bulk/events.js";
import { describeThrown } from "../logger.js";
import type { CampaignStore } from "./campaign-store.js";
import type { Closing } from "./closing.js";
import { Estimate } from "./estimate.js";
import type { JobData, StoredCampaign } from "./header.js";
import type { LaneWatch } from "./lane-watch.js";
import { openQueue } from "./number-queue.js";
import type { TellingLogger } from "./options.js";
import { reportFrom } from "./progress.js";
import type { RedisClock } from "./redis-clock.js";
import { sweep } from "./sweep.js";

/** How often a watch looks. */
export const LOOK_MS = 500;

/** What a watch stands on. */
export interface WatchParts {
  redis: Redis;
  clock: RedisClock;
  logger: TellingLogger;
  events: CampaignEmitter;
  lanes: LaneWatch;
  closing: Closing;
  store: Promise<CampaignStore>;
}

/** Looks at a campaign again and again, tells what changed, and looks after the jobs of workers that died. */
export class WatchLoop {
  readonly #parts: WatchParts;
  readonly #estimate: Estimate;
  readonly #queues = new Map<string, Queue<JobData>>();
  #looking: Promise<void> | undefined;
  #lastDone = -1;

  constructor(parts: WatchParts) {
    this.#parts = parts;
    this.#estimate = new Estimate(parts.redis, parts.clock);
  }

  start(): void {
    this.#looking ??= this.#lookOn();
  }

  /** Ends when the watch does. */
  async end(): Promise<void> {
    await this.#looking;
    for (const queue of this.#queues.values()) await queue.close().catch(() => {});
  }

  /** The queue of each number of a campaign. */
  queuesOf({ settings }: StoredCampaign): [session: string, queue: Queue<JobData>][] {
    const { redis, logger } = this.#parts;
    return settings.sessions.map((session) => {
      const queue = this.#queues.get(session) ?? openQueue(redis, session, logger.onConnectionError);
      this.#queues.set(session, queue);
      return [session, queue];
    });
  }

  async #lookOn(): Promise<void> {
    const { closing, logger } = this.#parts;
    while (!closing.isDue) {
      try {
        await this.#look();
      } catch (error) {
        logger.warn(`the watch's look at Redis failed: ${describeThrown(error)}`);
      }
      await closing.sleep(LOOK_MS);
    }
  }

  async #look(): Promise<void> {
    const { redis, clock, lanes, events } = this.#parts;
    await clock.sync();
    const store = await this.#parts.store;
    const stored = await store.read();
    if (stored === undefined) return;
    for (const [session, queue] of this.queuesOf(stored)) await sweep(redis, clock, session, queue);
    const counts = await store.counts();
    await lanes.tell(stored, counts);
    const { total, pending } = reportFrom(counts);
    const done = total - pending;
    if (done === this.#lastDone) return;
    this.#lastDone = done;
    const etaMs = await this.#estimate.etaMs(stored.settings, counts);
    events.tell("progress", () => ({ done, total, etaMs }));
  }
}
