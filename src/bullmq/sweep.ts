import type { Job, Queue } from "bullmq";
import type { Redis } from "ioredis";
import { CampaignStore } from "./campaign-store.js";
import type { JobData } from "./header.js";
import type { RedisClock } from "./redis-clock.js";
import { outcomeOf } from "./send-job.js";

const BATCH = 500;

/**
 * Looks after jobs whose worker died, which BullMQ has let fail: one with an attempt marker is `unknown` from now on, one
 * without goes back to its queue. Any number of processes may do so at the same time.
 *
 * @returns how many jobs there were.
 */
export async function sweep(
  redis: Redis,
  clock: RedisClock,
  session: string,
  queue: Queue<JobData>,
): Promise<number> {
  const jobs = await queue.getFailed(0, BATCH - 1);
  // A job that another process has just put back, or taken away, may be missing by now.
  await Promise.allSettled(jobs.map((job) => recover(redis, clock, session, job)));
  return jobs.length;
}

async function recover(redis: Redis, clock: RedisClock, session: string, job: Job<JobData>): Promise<void> {
  const store = new CampaignStore(redis, job.data.campaign);
  const unknown = outcomeOf(job.data, session, clock, "unknown", "interrupted");
  const fate = await store.recover(session, job.data.person, job.attemptsStarted, unknown);
  if (fate === "retry") await job.retry("failed");
  else if (fate === "drop") await job.remove();
}
