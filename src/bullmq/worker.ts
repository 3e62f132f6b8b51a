import type { CampaignReport } from "../bulk/options.js";
import { type BulkResources, senderOf } from "../bulk/sender.js";
import { ConfigurationError } from "../errors/index.js";
import { describeThrown } from "../logger.js";
import { CampaignStore } from "./campaign-store.js";
import { Campaigns, type WorkerSuppressions } from "./campaigns.js";
import { checkSettings } from "./check-settings.js";
import { Closing } from "./closing.js";
import { openRedis, type RedisConnection } from "./connection.js";
import { WorkerLane, type WorkerParts } from "./lane.js";
import { type BullmqOptions, tellErrors } from "./options.js";
import { hasEnded, reportFrom } from "./progress.js";
import { RedisClock } from "./redis-clock.js";

const LOCK_MS = 30_000;
const SHORTEST_LOCK_MS = 1_000;

/** How often a worker looks whether there are jobs of dead workers, new numbers, or nothing left. */
const LOOK_MS = 1_000;

/** The part of a client that a worker uses; a `Wasend` fits. */
export interface WorkerClient extends BulkResources {
  /** A copy that repeats nothing by itself. */
  withOptions(options: { maxRetries: number }): BulkResources;
}

/** For {@link campaignWorker}. */
export interface WorkerOptions extends BullmqOptions {
  wasend: WorkerClient;
  connection: RedisConnection;
  /** The campaign's name. It may be enqueued later. */
  name: string;
  /**
   * Who must not be written to: asked right before each message. Needed for a campaign that was enqueued with
   * suppressions. As a function: by the campaign's name, where the queues of its numbers hold other campaigns, too.
   */
  suppressions?: WorkerSuppressions;
  /** Messages of one number under way at once in this process. Default: the campaign's. */
  concurrency?: number;
  /**
   * Milliseconds after which a job is taken from a worker that shows no sign of life. Default: 30,000. At least 1,000.
   */
  lockMs?: number;
}

/** A worker that runs. */
export interface CampaignWorker {
  /**
   * Resolves with the report when all rows of the campaign are through, it was cancelled, or the worker was closed; the
   * worker itself goes on until then. Called again, it waits for what was enqueued since. Rejects when it cannot work at
   * all.
   *
   * @example
   * ```ts
   * await worker.finished();
   * await worker.close();
   * ```
   */
  finished(): Promise<CampaignReport>;
  /**
   * Takes no further message, finishes what is under way, gives the rest back to the others, and closes its connections.
   *
   * @example
   * ```ts
   * process.once("SIGTERM", () => worker.close());
   * ```
   */
  close(): Promise<void>;
}

/**
 * Sends the messages of a campaign that is in Redis, beside any number of other workers, on this machine and others.
 * Starts at once and goes on until it is closed. It works through the queues of the campaign's numbers, also where other
 * campaigns' messages stand in them, each at its own campaign's pace.
 *
 * @example
 * ```ts
 * const worker = campaignWorker({ wasend, connection: "redis://10.0.0.7", name: "spring-sale" });
 * process.once("SIGTERM", () => worker.close());
 * await worker.finished();
 * await worker.close();
 * ```
 */
export function campaignWorker(options: WorkerOptions): CampaignWorker {
  return new RunningWorker(options);
}

/** Takes the answer to one call of `finished()`. */
type Ask = (end: CampaignReport | Promise<CampaignReport>) => void;

class RunningWorker implements CampaignWorker {
  readonly #options: WorkerOptions;
  readonly #parts: WorkerParts;
  readonly #lanes = new Map<string, WorkerLane>();
  readonly #working: Promise<void>;
  /** Who waits for the end of the campaign. */
  readonly #asking = new Set<Ask>();
  /** The answer to everybody once the worker itself is at its end. */
  #end: Promise<CampaignReport> | undefined;
  #counts: Record<string, string> | undefined;
  #closed: Promise<void> | undefined;

  constructor(options: WorkerOptions) {
    this.#options = options;
    const logger = tellErrors(options);
    const redis = openRedis(options.connection, logger.onConnectionError);
    const clock = new RedisClock(redis);
    // A 429 has to hold all workers, so this client must not wait for its end in silence.
    const sender = senderOf(options.wasend.withOptions({ maxRetries: 0 }));
    this.#parts = {
      redis,
      clock,
      logger,
      campaigns: new Campaigns(redis, clock, sender, options.suppressions),
      lockMs: Math.max(SHORTEST_LOCK_MS, options.lockMs ?? LOCK_MS),
      closing: new Closing(),
    };
    this.#working = this.#work();
  }

  finished(): Promise<CampaignReport> {
    return this.#end ?? new Promise((resolve) => this.#asking.add(resolve));
  }

  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    const { closing, redis } = this.#parts;
    closing.start();
    // Without a Redis nothing can be given back, and what waits for it does not come to an end.
    const isAway = redis.status !== "ready";
    if (!isAway) await this.#working;
    const closed = [...this.#lanes.values()].map((lane) => lane.close(isAway));
    if (!isAway) await Promise.all(closed);
    this.#endWith(Promise.resolve(reportFrom(this.#counts ?? {})));
    redis.disconnect();
  }

  #endWith(end: Promise<CampaignReport>): void {
    // Who does not ask for it has read it in the log.
    end.catch((error) => this.#parts.logger.error(describeThrown(error)));
    this.#end ??= end;
    this.#answer(this.#asking, this.#end);
  }

  #answer(asking: Iterable<Ask>, end: Parameters<Ask>[0]): void {
    for (const ask of asking) {
      ask(end);
      this.#asking.delete(ask);
    }
  }

  async #work(): Promise<void> {
    const { redis, logger, closing } = this.#parts;
    await checkSettings(redis, logger).catch(() => {});
    const store = await CampaignStore.named(redis, this.#options.name);
    while (!closing.isDue) {
      // Who asks during a look has perhaps enqueued something that it does not see.
      const asking = [...this.#asking];
      try {
        const report = await this.#look(store);
        if (report !== undefined) this.#answer(asking, report);
      } catch (error) {
        if (error instanceof ConfigurationError) return this.#endWith(Promise.reject(error));
        logger.warn(`the worker's look at Redis failed: ${describeThrown(error)}`);
      }
      await closing.sleep(LOOK_MS);
    }
  }

  /** Keeps the numbers at work. Gives the report of a campaign that has ended. */
  async #look(store: CampaignStore): Promise<CampaignReport | undefined> {
    await this.#parts.clock.sync();
    const stored = await store.read();
    const campaign = await this.#parts.campaigns.get(store.id);
    if (stored === undefined || campaign === undefined) {
      // It was there: it is over, and Redis was told not to keep it.
      return this.#counts && reportFrom(this.#counts);
    }
    if (!campaign.isOurs) {
      throw new ConfigurationError(
        `The campaign "${stored.name}" was planned with suppressions. Give them to its workers, too: campaignWorker({ …, suppressions }).`,
      );
    }
    const { concurrency = stored.settings.concurrency } = this.#options;
    for (const session of stored.settings.sessions) {
      if (!this.#lanes.has(session))
        this.#lanes.set(session, new WorkerLane(this.#parts, session, concurrency));
    }
    for (const lane of this.#lanes.values()) await lane.sweep();
    this.#counts = await store.counts();
    return hasEnded(stored, this.#counts) ? reportFrom(this.#counts) : undefined;
  }
}
