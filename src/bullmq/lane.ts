import { type Queue, Worker } from "bullmq";
import type { Redis } from "ioredis";
import { describeThrown } from "../logger.js";
import type { Campaigns } from "./campaigns.js";
import type { Closing } from "./closing.js";
import type { JobData } from "./header.js";
import { QUEUE_PREFIX, queueName } from "./keys.js";
import { openQueue } from "./number-queue.js";
import { NumberRest } from "./number-rest.js";
import type { TellingLogger } from "./options.js";
import type { RedisClock } from "./redis-clock.js";
import { SendJob } from "./send-job.js";
import { sweep } from "./sweep.js";

/** How BullMQ says that a job is another worker's by now. */
const TAKEN_AWAY = /^Missing (?:lock|key) for job/;

/** What the lanes of a worker share. */
export interface WorkerParts {
  redis: Redis;
  clock: RedisClock;
  campaigns: Campaigns;
  logger: TellingLogger;
  /** Milliseconds after which a job whose worker shows no sign of life is taken from it. */
  lockMs: number;
  closing: Closing;
}

/** One number at work in this process, beside the same number in others. */
export class WorkerLane {
  readonly #parts: WorkerParts;
  readonly #session: string;
  readonly #queue: Queue<JobData>;
  readonly #worker: Worker<JobData>;

  constructor(parts: WorkerParts, session: string, concurrency: number) {
    const { redis, clock, campaigns, closing, logger, lockMs } = parts;
    this.#parts = parts;
    this.#session = session;
    this.#queue = openQueue(redis, session, logger.onConnectionError);
    const rest = new NumberRest(redis, session);
    const lane = { session, queue: this.#queue, rest, clock, campaigns, logger, closing };
    this.#worker = new Worker<JobData>(
      queueName(session),
      (job, token) => new SendJob(lane, job, token ?? "").run(),
      {
        connection: redis,
        prefix: QUEUE_PREFIX,
        concurrency,
        lockDuration: lockMs,
        stalledInterval: lockMs,
        // A lost job must fail, not run again: only the sweep knows whether its message may be out.
        maxStalledCount: 0,
        removeOnComplete: { count: 0 },
        runRetryDelay: 1_000,
      },
    );
    this.#worker.on("error", (error) => {
      if (TAKEN_AWAY.test(error.message)) logger.info("a job was taken over while this worker stood still");
      else logger.onConnectionError(error);
    });
    this.#worker.on("failed", (job, error) => {
      if (job?.deferredFailure !== undefined) return;
      // Nothing that a send can do, but suppressions that cannot be asked, or a Redis that is full.
      logger.error(`row ${job?.data.row} could not be worked on: ${describeThrown(error)}`);
      rest.start("failures", clock.now()).catch(() => {});
    });
  }

  /** Looks after the jobs of workers that died. */
  async sweep(): Promise<void> {
    const { redis, clock } = this.#parts;
    await sweep(redis, clock, this.#session, this.#queue);
  }

  /** Finishes what is under way and gives the rest back; at once when Redis is away. */
  async close(isAway: boolean): Promise<void> {
    await this.#worker.close(isAway).catch(() => {});
    await this.#queue.close().catch(() => {});
  }
}
