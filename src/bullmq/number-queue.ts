import { Queue } from "bullmq";
import type { Redis } from "ioredis";
import type { PaceOptions } from "../bulk/pace-options.js";
import type { JobData } from "./header.js";
import { QUEUE_PREFIX, queueName } from "./keys.js";

const SECOND_MS = 1_000;

/** At a window's end workers stand still until they see that the next has begun. So it is long, and has many messages. */
const WINDOW_MS = 5_000;
const WINDOW_MESSAGES = 5;

/** A rate no campaign reaches: with no limit at all BullMQ looks at no hold either. */
const NO_CEILING = { max: 1_000_000, duration: SECOND_MS };

/** The queue of one number. Close it; the connection stays. */
export function openQueue(redis: Redis, session: string, onError: (error: Error) => void): Queue<JobData> {
  const queue = new Queue<JobData>(queueName(session), { connection: redis, prefix: QUEUE_PREFIX });
  queue.on("error", onError);
  return queue;
}

/** The hard limit behind a pace, should ever the pace fail. */
export function ceilingOf({ perSecond, gapMs }: PaceOptions): { max: number; duration: number } {
  if (gapMs !== undefined && gapMs.min > 0) return { max: 1, duration: Math.floor(gapMs.min) };
  if (perSecond === undefined) return NO_CEILING;
  const duration = Math.ceil(Math.max(WINDOW_MS, (WINDOW_MESSAGES * SECOND_MS) / perSecond));
  return { max: Math.floor((perSecond * duration) / SECOND_MS), duration };
}
