// Enqueues a campaign of many rows into a Redis of its own and reports rows a second and bytes a row:
//   npx tsx bench/bullmq-enqueue.ts [rows]
import { Redis } from "ioredis";
import { enqueueCampaign } from "../src/bullmq.js";
import { Wasend } from "../src/index.js";
import { startRedis } from "../test/redis/redis-server.js";

const rows = Number(process.argv[2] ?? 100_000);
const { port, stop } = await startRedis();
const redis = new Redis(port);
const memory = async () => Number(/used_memory:(\d+)/.exec(await redis.info("memory"))?.[1]);

function* people() {
  for (let place = 1; place <= rows; place += 1) yield { to: `+1415${5_000_000 + place}`, name: `P${place}` };
}
const campaign = new Wasend({ apiKey: "bench", session: "sess_bench" }).bulk.campaign({
  name: "bench",
  recipients: people,
  message: { text: "Hi {{name}}, your order has left us today and will be with you tomorrow." },
});
const before = await memory();
const start = performance.now();
const { enqueued } = await enqueueCampaign(campaign, { connection: { port }, logLevel: "off" });
const seconds = (performance.now() - start) / 1_000;
const bytes = (await memory()) - before;
console.log(
  `${enqueued} rows in ${seconds.toFixed(1)} s: ${Math.round(enqueued / seconds)} rows/s, ${Math.round(bytes / enqueued)} bytes of Redis a row`,
);
const again = performance.now();
await enqueueCampaign(campaign, { connection: { port }, logLevel: "off" });
console.log(`the same once more: ${((performance.now() - again) / 1_000).toFixed(1)} s`);
redis.disconnect();
await stop();
