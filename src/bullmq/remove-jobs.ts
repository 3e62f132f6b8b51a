import type { Queue } from "bullmq";
import type { JobData } from "./header.js";

const BATCH = 1_000;

/** Takes a campaign's jobs out of a number's queue, but for those under way. */
export async function removeJobs(queue: Queue<JobData>, campaign: string): Promise<void> {
  for (const type of ["wait", "delayed", "failed"] as const) {
    for (let left = 0; ; ) {
      const jobs = await queue.getJobs([type], left, left + BATCH - 1);
      if (jobs.length === 0) break;
      const own = jobs.filter((job) => job?.data.campaign === campaign);
      // One that a worker takes at this moment cannot be removed, and sees for itself that it is too late.
      const removed = await Promise.allSettled(own.map((job) => job.remove()));
      left += jobs.length - removed.filter(({ status }) => status === "fulfilled").length;
    }
  }
}
