import type { Queue } from "bullmq";
import type { Campaign } from "../bulk/campaign.js";
import { partsOf } from "../bulk/campaign-parts.js";
import type { CampaignPlan } from "../bulk/options.js";
import { makePlan } from "../bulk/plan.js";
import { type Setup, setUp } from "../bulk/setup.js";
import { spooled } from "../bulk/spooled.js";
import { templateHashes } from "../bulk/take-up.js";
import type { CampaignRecipient, Recipients } from "../bulk/types.js";
import { ConfigurationError } from "../errors/index.js";
import { addBatch, batchesOf } from "./batches.js";
import { CampaignStore } from "./campaign-store.js";
import { checkSettings } from "./check-settings.js";
import { openRedis, type RedisConnection } from "./connection.js";
import type { CampaignSettings, JobData } from "./header.js";
import { ceilingOf, openQueue } from "./number-queue.js";
import { type BullmqOptions, tellErrors } from "./options.js";
import { RedisClock } from "./redis-clock.js";

/** For {@link enqueueCampaign}. */
export interface EnqueueOptions extends BullmqOptions {
  connection: RedisConnection;
  /** Milliseconds that Redis keeps the campaign after its last outcome. Default: until `watch.expire()` says so. */
  keepMs?: number;
  /** Ends it early, between two batches of rows. Enqueue again to go on. */
  signal?: AbortSignal;
}

/** What was planned, and how many recipients got a job by this call. */
export interface EnqueuedCampaign extends CampaignPlan {
  enqueued: number;
}

/**
 * Plans a campaign and puts its messages, ready to be sent, into Redis, where any `campaignWorker` takes them up. Call it
 * again as often as you like, from any machine, after a crash or in two places at once: nobody gets a second message.
 *
 * @throws an error of ioredis when Redis cannot be reached, `ConfigurationError` when Redis has a campaign of that name with another message.
 *
 * @example
 * ```ts
 * const campaign = wasend.bulk.campaign({ name: "spring-sale", recipients, message: { text: "Hi {{firstName|there}}" } });
 * const { ready, enqueued } = await enqueueCampaign(campaign, { connection: "redis://10.0.0.7" });
 * ```
 */
export async function enqueueCampaign<R extends CampaignRecipient>(
  campaign: Campaign<R>,
  options: EnqueueOptions,
): Promise<EnqueuedCampaign> {
  const parts = partsOf(campaign);
  if (parts === undefined)
    throw new ConfigurationError("enqueueCampaign takes a campaign made by wasend.bulk.campaign({ … }).");
  // Nothing below looks at a recipient's own fields; the template and the message function came with them.
  const setup: Setup = setUp(parts.host, parts.options);
  const source: Recipients = await spooled(
    parts.options.recipients,
    setup.name,
    parts.options.journal?.spool,
  );
  const logger = tellErrors(options);
  const redis = openRedis(options.connection, logger.onConnectionError, { hasEnd: true });
  const queues: Queue<JobData>[] = [];
  try {
    await checkSettings(redis, logger);
    const planned = await makePlan(setup, source);
    const store = await CampaignStore.named(redis, setup.name);
    const template = JSON.stringify(templateHashes(parts.options.message as never));
    const stored = await store.open(setup.name, template, settingsOf(setup), options.keepMs);
    const ceiling = ceilingOf(setup.pace.options);
    for (const session of setup.sessions) {
      const queue = openQueue(redis, session, logger.onConnectionError);
      queues.push(queue);
      await queue.setGlobalRateLimit(ceiling.max, ceiling.duration);
    }
    const clock = new RedisClock(redis);
    await clock.sync();
    let enqueued = 0;
    for await (const batch of batchesOf(setup, planned, source, stored.salt, clock)) {
      options.signal?.throwIfAborted();
      enqueued += await addBatch(store, queues, batch, clock.now());
    }
    await store.markEnqueued();
    return { ...planned.plan, enqueued };
  } finally {
    for (const queue of queues) await queue.close().catch(() => {});
    redis.disconnect();
  }
}

function settingsOf(setup: Setup): CampaignSettings {
  const { sessions, checkExists, typing, concurrency, failuresBeforePause, mayDuplicate } = setup;
  const { store: _, ...pace } = setup.pace.options;
  const suppressions = setup.suppressions !== undefined;
  return {
    sessions,
    pace,
    checkExists,
    typing,
    concurrency,
    failuresBeforePause,
    mayDuplicate,
    suppressions,
  };
}
