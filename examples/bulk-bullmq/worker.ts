// One of any number of workers, on any machine. On SIGTERM it finishes what is under way and leaves the rest to the others.
//   REDIS_URL=redis://… WASEND_API_KEY=… npx tsx examples/bulk-bullmq/worker.ts
import { Wasend } from "@wasend/sdk";
import { campaignWorker } from "@wasend/sdk/bullmq";

const { REDIS_URL = "redis://127.0.0.1:6379" } = process.env;
const worker = campaignWorker({ wasend: new Wasend(), connection: REDIS_URL, name: "spring-sale" });

process.once("SIGTERM", () => worker.close());
process.once("SIGINT", () => worker.close());

await worker.finished();
await worker.close();
