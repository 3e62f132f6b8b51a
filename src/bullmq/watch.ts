import { CampaignEmitter, type CampaignListener } from "../bulk/events.js";
import type { CampaignEvents, CampaignReport } from "../bulk/options.js";
import { exportOutcomes } from "../bulk/report.js";
import { ConfigurationError } from "../errors/index.js";
import { CampaignStore } from "./campaign-store.js";
import { Closing } from "./closing.js";
import { openRedis, type RedisConnection } from "./connection.js";
import { LaneWatch, type WatchedNumber } from "./lane-watch.js";
import { type BullmqOptions, tellErrors } from "./options.js";
import { type DatedOutcome, outcomesAfter, readOutcomes } from "./outcomes.js";
import { hasEnded, reportFrom } from "./progress.js";
import { RedisClock } from "./redis-clock.js";
import { removeJobs } from "./remove-jobs.js";
import { LOOK_MS, WatchLoop, type WatchParts } from "./watch-loop.js";

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
  readonly #parts: WatchParts;
  readonly #loop: WatchLoop;

  /** @internal */
  constructor(name: string, options: WatchOptions) {
    this.name = name;
    const logger = tellErrors(options);
    const redis = openRedis(options.connection, logger.onConnectionError);
    const clock = new RedisClock(redis);
    const events = new CampaignEmitter();
    this.#parts = {
      redis,
      clock,
      logger,
      events,
      lanes: new LaneWatch(redis, clock, events),
      closing: new Closing(),
      store: CampaignStore.named(redis, name),
    };
    this.#loop = new WatchLoop(this.#parts);
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
    return reportFrom(await (await this.#parts.store).counts());
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
    const store = await this.#parts.store;
    return this.#parts.lanes.look(await store.read(), await store.counts());
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
    const { keys } = await this.#parts.store;
    yield* readOutcomes(this.#parts.redis, keys.outcomes);
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
    const store = await this.#parts.store;
    for (let last = "0-0"; !this.#parts.closing.isDue; ) {
      const hadEnded = await this.#hasEnded(store);
      const next = await outcomesAfter(this.#parts.redis, store.keys.outcomes, last);
      last = next.last;
      yield* next.outcomes;
      if (next.outcomes.length > 0) continue;
      if (hadEnded) return;
      await this.#parts.closing.sleep(LOOK_MS);
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
    await (await this.#parts.store).setState("paused");
  }

  /**
   * Goes on after {@link CampaignWatch.pause}. A cancelled campaign stays cancelled: enqueue it again.
   *
   * @example
   * ```ts
   * await watch.resume();
   * ```
   */
  async resume(): Promise<void> {
    await (await this.#parts.store).setState("running");
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
    const store = await this.#parts.store;
    await store.setState("cancelled");
    const stored = await store.read();
    if (stored === undefined) return;
    for (const [, queue] of this.#loop.queuesOf(stored)) await removeJobs(queue, store.id);
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
    await (await this.#parts.store).expire(ms);
  }

  /**
   * Resolves with the report when all rows are through or the campaign was cancelled. Waits for a campaign that is not
   * there yet.
   *
   * @throws `ConfigurationError` when the watch is closed before.
   *
   * @example
   * ```ts
   * const { sent, unknown } = await watch.finished();
   * ```
   */
  async finished(): Promise<CampaignReport> {
    const store = await this.#parts.store;
    this.#loop.start();
    let report: CampaignReport | undefined;
    while (!this.#parts.closing.isDue) {
      const stored = await store.read();
      if (stored === undefined && report !== undefined) return report;
      const counts = await store.counts();
      if (stored !== undefined) report = reportFrom(counts);
      if (report !== undefined && stored !== undefined && hasEnded(stored, counts)) return report;
      await this.#parts.closing.sleep(LOOK_MS);
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
    this.#parts.events.on(event, listener);
    this.#loop.start();
    return this;
  }

  /** Takes a listener off again. */
  off<Name extends keyof CampaignEvents>(event: Name, listener: CampaignListener<Name>): this {
    this.#parts.events.off(event, listener);
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
    const { closing, redis } = this.#parts;
    closing.start();
    // What waits for a Redis that is away does not come to an end.
    if (redis.status === "ready") await this.#loop.end();
    redis.disconnect();
  }

  async #hasEnded(store: CampaignStore): Promise<boolean> {
    const stored = await store.read();
    return stored !== undefined && hasEnded(stored, await store.counts());
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
