export type { WorkerSuppressions } from "./bullmq/campaigns.js";
export type { RedisAddress, RedisClientLike, RedisConnection } from "./bullmq/connection.js";
export { type EnqueuedCampaign, type EnqueueOptions, enqueueCampaign } from "./bullmq/enqueue.js";
export type { WatchedNumber } from "./bullmq/lane-watch.js";
export type { BullmqOptions } from "./bullmq/options.js";
export type { DatedOutcome } from "./bullmq/outcomes.js";
export {
  type RedisSuppressions,
  type RedisSuppressionsOptions,
  redisSuppressions,
} from "./bullmq/redis-suppressions.js";
export { type CampaignWatch, type WatchOptions, watchCampaign } from "./bullmq/watch.js";
export {
  type CampaignWorker,
  campaignWorker,
  type WorkerClient,
  type WorkerOptions,
} from "./bullmq/worker.js";
