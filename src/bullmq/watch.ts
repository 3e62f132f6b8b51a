import type { Queue } from "bullmq";
import type { Redis } from "ioredis";
import { CampaignEmitter, type CampaignListener } from "../bulk/events.js";
import type { CampaignEvents, CampaignReport } from "../bulk/options.js";
import { exportOutcomes } from "../bulk/report.js";
import { ConfigurationError } from "../errors/index.js";
import { describeThrown } from "../logger.js";
import { CampaignStore } from "./campaign-store.js";
import { Closing } from "./closing.js";
import { openRedis, type RedisConnection } from "./connection.js";
import { Estimate } from "./estimate.js";
import type { JobData, StoredCampaign } from "./header.js";
import { LaneWatch, type WatchedNumber } from "./lane-watch.js";
import { openQueue } from "./number-queue.js";
import { type BullmqOptions, type TellingLogger, tellErrors } from "./options.js";
import { type DatedOutcome, outcomesAfter, readOutcomes } from "./outcomes.js";
import { isOver, reportFrom } from "./progress.js";
import { RedisClock } from "./redis-clock.js";
import { removeJobs } from "./remove-jobs.js";
import { sweep } from "./sweep.js";

/** How often a watch looks. */
const LOOK_MS = 500;

/** For {@link watchCampaign}. */
export interface WatchOptions extends BullmqOptions {
  connection: RedisConnection;
}

/**
 * A campaign in Redis, seen and steered from any process.
 *
 * @example
 * ```ts
 * const watch = watchCampaign("spring-sale", { connection });
 * watch.on("progress", ({ done, total, etaMs }) => bar.update(done / total, etaMs));
 * console.log(await watch.finished());
 * await watch.close();
 * ```
 */
export class CampaignWatch {
  /** The campaign's name. */
  readonly name: string;
  readonly #redis: Redis;
  readonly #logger: TellingLogger;
  readonly #clock: RedisClock;
  readonly #events = new CampaignEmitter();
  readonly #lanes: LaneWatch;
  readonly #estimate: Estimate;
  readonly #closing = new Closing();
  readonly #queues = new Map<string, Queue<JobData>>();
  #looking: Promise<void> | undefined;
  #lastDone = -1;

  /** @internal */
  constructor(name: string, options: WatchOptions) {
    this.name = name;
    this.#logger = tellErrors(options);
    this.#redis = openRedis(options.connection, this.#logger.onConnectionError);
    this.#clock = new RedisClock(this.#redis);
    this.#lanes = new LaneWatch(this.#redis, this.#clock, this.#events);
    this.#estimate = new Estimate(this.#redis, this.#clock);
  }

  /**
   * How many rows stand how; the parts add up to `total`. All zero when Redis has no such campaign.
   *
   * @example
   * ```ts
   * const { total, sent, failed, skipped, unknown, pending } = await watch.report();
   * ```
   */
  async report(): Promise<CampaignReport> {
    return reportFrom(await (await this.#store()).counts());
  }

  /**
   * How each number stands.
   *
   * @example
   * ```ts
   * for (const { session, pending, resting } of await watch.numbers()) console.log(session, pending, resting?.reason);
   * ```
   */
  async numbers(): Promise<WatchedNumber[]> {
    const store = await this.#store();
    return this.#lanes.look(await store.read(), await store.counts());
  }

  /**
   * Every outcome so far, in the order in which they came; a row that was tried again has only its last.
   *
   * @example
   * ```ts
   * for await (const { row, status, at } of watch.outcomes()) console.log(row, status, new Date(at));
   * ```
   */
  async *outcomes(): AsyncGenerator<DatedOutcome, void, undefined> {
    const { keys } = await this.#store();
    yield* readOutcomes(this.#redis, keys.outcomes);
  }

  /**
   * Every outcome so far and then each as it comes, until the campaign is over. A row whose outcome got better
   * (`unknown`, then `sent`) comes twice.
   *
   * @example
   * ```ts
   * for await (const { row, status, reason } of watch.follow()) console.log(row, status, reason ?? "");
   * ```
   */
  async *follow(): AsyncGenerator<DatedOutcome, void, undefined> {
    const store = await this.#store();
    for (let last = "0-0"; !this.#closing.isDue; ) {
      const wasOver = await this.#isOver(store);
      const next = await outcomesAfter(this.#redis, store.keys.outcomes, last);
      last = next.last;
      yield* next.outcomes;
      if (next.outcomes.length > 0) continue;
      if (wasOver) return;
      await this.#closing.sleep(LOOK_MS);
    }
  }

  /**
   * {@link CampaignWatch.outcomes} as a file, in pieces. In CSV, cells that a spreadsheet would take for formulas are made
   * harmless.
   *
   * @example
   * ```ts
   * import { writeFile } from "node:fs/promises";
   *
   * await writeFile("outcomes.csv", watch.export("csv"));
   * ```
   */
  export(format: "csv" | "json"): AsyncGenerator<string, void, undefined> {
    return exportOutcomes(this.outcomes(), format);
  }

  /**
   * All workers stop after what they are doing, until {@link CampaignWatch.resume}. Meanwhile the campaign's numbers also
   * hold what other campaigns have put behind it.
   *
   * @example
   * ```ts
   * await watch.pause();
   * ```
   */
  async pause(): Promise<void> {
    await (await this.#store()).setState("paused");
  }

  /**
   * Goes on after {@link CampaignWatch.pause}.
   *
   * @example
   * ```ts
   * await watch.resume();
   * ```
   */
  async resume(): Promise<void> {
    await (await this.#store()).setState("running");
  }

  /**
   * Ends the campaign after what is under way. The rest stays pending; enqueue the campaign again to go on.
   *
   * @example
   * ```ts
   * await watch.cancel();
   * ```
   */
  async cancel(): Promise<void> {
    const store = await this.#store();
    await store.setState("cancelled");
    for (const queue of await this.#queuesOf(await store.read())) await removeJobs(queue, store.id);
  }

  /**
   * Deletes the campaign from Redis after so many milliseconds: its outcomes, and the knowledge of who was written to. What
   * is still pending then is not sent.
   *
   * @example
   * ```ts
   * await watch.expire(30 * 24 * 60 * 60 * 1000);
   * ```
   */
  async expire(ms: number): Promise<void> {
    await (await this.#store()).expire(ms);
  }

  /**
   * Resolves with the report when all rows are through or the campaign was cancelled. Waits for a campaign that is not
   * there yet.
   *
   * @throws {@link ConfigurationError} when the watch is closed before.
   *
   * @example
   * ```ts
   * const { sent, unknown } = await watch.finished();
   * ```
   */
  async finished(): Promise<CampaignReport> {
    const store = await this.#store();
    this.#start();
    let report: CampaignReport | undefined;
    while (!this.#closing.isDue) {
      const stored = await store.read();
      if (stored === undefined && report !== undefined) return report;
      const counts = await store.counts();
      if (stored !== undefined) report = reportFrom(counts);
      if (
        report !== undefined &&
        stored !== undefined &&
        (isOver(stored, counts) || stored.state === "cancelled")
      )
        return report;
      await this.#closing.sleep(LOOK_MS);
    }
    throw new ConfigurationError("The watch was closed before the campaign was over.");
  }

  /**
   * Hears `progress`, `paused` and `resumed`, by looking twice a second. What a listener throws never reaches the watch.
   *
   * @example
   * ```ts
   * watch.on("paused", ({ session, reason }) => console.warn(session, reason));
   * ```
   */
  on<Name extends keyof CampaignEvents>(event: Name, listener: CampaignListener<Name>): this {
    this.#events.on(event, listener);
    this.#start();
    return this;
  }

  /** Takes a listener off again. */
  off<Name extends keyof CampaignEvents>(event: Name, listener: CampaignListener<Name>): this {
    this.#events.off(event, listener);
    return this;
  }

  /**
   * Ends the watch; the campaign goes on.
   *
   * @example
   * ```ts
   * await watch.close();
   * ```
   */
  async close(): Promise<void> {
    this.#closing.start();
    await this.#looking;
    for (const queue of this.#queues.values()) await queue.close();
    this.#redis.disconnect();
  }

  #store(): Promise<CampaignStore> {
    return CampaignStore.named(this.#redis, this.name);
  }

  async #isOver(store: CampaignStore): Promise<boolean> {
    const stored = await store.read();
    return stored?.state === "cancelled" || (stored !== undefined && isOver(stored, await store.counts()));
  }

  async #queuesOf(stored: StoredCampaign | undefined): Promise<Queue<JobData>[]> {
    const sessions = stored?.settings.sessions ?? [];
    return sessions.map((session) => {
      const queue =
        this.#queues.get(session) ?? openQueue(this.#redis, session, this.#logger.onConnectionError);
      this.#queues.set(session, queue);
      return queue;
    });
  }

  #start(): void {
    this.#looking ??= this.#lookOn();
  }

  async #lookOn(): Promise<void> {
    while (!this.#closing.isDue) {
      try {
        await this.#look();
      } catch (error) {
        this.#logger.warn(`the watch's look at Redis failed: ${describeThrown(error)}`);
      }
      await this.#closing.sleep(LOOK_MS);
    }
  }

  async #look(): Promise<void> {
    await this.#clock.sync();
    const store = await this.#store();
    const stored = await store.read();
    if (stored === undefined) return;
    const queues = await this.#queuesOf(stored);
    for (const [place, session] of stored.settings.sessions.entries())
      await sweep(this.#redis, this.#clock, session, queues[place]!);
    const counts = await store.counts();
    await this.#lanes.tell(stored, counts);
    const { total, pending } = reportFrom(counts);
    if (total - pending === this.#lastDone) return;
    this.#lastDone = total - pending;
    const etaMs = await this.#estimate.etaMs(stored.settings, counts);
    this.#events.tell("progress", () => ({ done: total - pending, total, etaMs }));
  }
}

/**
 * Watches a campaign that is in Redis, or will be: its progress, outcomes and report, from any process; pauses, resumes and
 * cancels it for all workers.
 *
 * @example
 * ```ts
 * const watch = watchCampaign("spring-sale", { connection: "redis://10.0.0.7" });
 * console.log(await watch.report());
 * await watch.close();
 * ```
 */
export function watchCampaign(name: string, options: WatchOptions): CampaignWatch {
  return new CampaignWatch(name, options);
}
