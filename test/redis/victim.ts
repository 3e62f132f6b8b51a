// A receiver whose handler never ends: its process is killed in it.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Redis } from "ioredis";
import { redisStore } from "../../examples/webhooks/redis-store.js";
import { nodeHandler } from "../../src/node.js";
import { WebhookReceiver } from "../../src/webhooks.js";

const [redisPort, leaseMs, secret] = process.argv.slice(2);
const redis = new Redis(Number(redisPort), "127.0.0.1");
const store = redisStore((...args) => redis.eval(...args));
const receiver = new WebhookReceiver({ secret, store, leaseMs: Number(leaseMs) });
receiver.on("message", async (event) => {
  await redis.incr(`started:${event.id}`);
  process.send?.({ handling: event.id });
  await new Promise(() => {});
});
const server = createServer(nodeHandler(receiver)).listen(0, "127.0.0.1", () => {
  process.send?.({ port: (server.address() as AddressInfo).port });
});
