// One machine's worker: a process of its own.
import { campaignWorker } from "../../src/bullmq.js";
import { Wasend } from "../../src/index.js";

const { BASE_URL: baseUrl, API_KEY: apiKey, REDIS_PORT, CAMPAIGN = "", LOCK_MS, CONCURRENCY } = process.env;
const worker = campaignWorker({
  wasend: new Wasend({ apiKey, baseUrl, logLevel: "off" }),
  connection: { port: Number(REDIS_PORT) },
  name: CAMPAIGN,
  lockMs: Number(LOCK_MS ?? 30_000),
  ...(CONCURRENCY !== undefined && { concurrency: Number(CONCURRENCY) }),
});
process.once("SIGTERM", () => worker.close());
process.send?.("ready");
await worker.finished();
await worker.close();
process.disconnect?.();
