import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import { Redis } from "ioredis";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { redisStore } from "../../examples/webhooks/redis-store.js";
import { nodeHandler } from "../../src/node.js";
import { WebhookReceiver } from "../../src/webhooks.js";
import { deliver, listen, messageBody, secret } from "../webhooks/deliver.js";
import { startRedis } from "./redis-server.js";

let stop: () => Promise<void>;
let port: number;
let redis: Redis;
beforeAll(async () => {
  ({ port, stop } = await startRedis());
  redis = new Redis(port, "127.0.0.1");
});
afterAll(async () => {
  redis.disconnect();
  await stop();
});

const newStore = () => redisStore((...args) => redis.eval(...args));
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe("the Redis store of the guide", () => {
  it("gives an event to one of many processes, and knows when it is done", async () => {
    const stores = Array.from({ length: 20 }, newStore);
    const claims = await Promise.all(stores.map((store) => store.claim("a", 60_000)));
    expect(claims.filter((claim) => claim === "claimed")).toHaveLength(1);
    expect(claims.filter((claim) => claim === "busy")).toHaveLength(19);
    await stores[claims.indexOf("claimed")]!.complete("a", 60_000);
    expect(await stores[0]!.claim("a", 60_000)).toBe("done");
  });

  it("frees what was released or has run out, and renews what is held", async () => {
    const [mine, other] = [newStore(), newStore()];
    await mine.claim("b", 60_000);
    await other.release("b");
    await other.renew?.("b", 1);
    expect(await other.claim("b", 60_000), "held by somebody else").toBe("busy");
    await mine.release("b");
    expect(await other.claim("b", 100)).toBe("claimed");
    await other.renew?.("b", 60_000);
    await wait(150);
    expect(await mine.claim("b", 10)).toBe("busy");
    await other.release("b");
    await mine.claim("b", 10);
    await wait(30);
    expect(await other.claim("b", 10), "after a crash").toBe("claimed");
    await other.complete("b", 20);
    await wait(40);
    expect(await other.claim("b", 10), "long after it was done").toBe("claimed");
  });

  it("of two in one process, who is late does not give back what the other has taken", async () => {
    const [mine, other] = [newStore(), newStore()];
    await mine.claim("c", 10);
    await wait(30);
    expect(await mine.claim("c", 60_000)).toBe("claimed");
    await mine.release("c");
    expect(await other.claim("c", 10), "still with the second").toBe("busy");
    await mine.release("c");
    expect(await other.claim("c", 60_000), "given back by both").toBe("claimed");
    await mine.release("c");
    expect(await mine.claim("c", 10)).toBe("busy");
  });

  it("handles each of 1 000 pairs of concurrent deliveries to two processes once", async () => {
    const handled = new Map<string, number>();
    const receivers = [0, 1].map(() => {
      const receiver = new WebhookReceiver({ secret, store: newStore() });
      return receiver.on("message", ({ id }) => void handled.set(id!, (handled.get(id!) ?? 0) + 1));
    });
    const servers = await Promise.all(receivers.map((each) => listen(createServer(nodeHandler(each)))));
    for (let i = 0; i < 1_000; i++) {
      const body = messageBody(`evt_pair_${i}`);
      const answers = await Promise.all(servers.map(({ url }) => deliver(url, body)));
      expect(answers.some(({ status }) => status === 200)).toBe(true);
    }
    expect([...handled.values()].every((count) => count === 1)).toBe(true);
    expect(handled.size).toBe(1_000);
    await Promise.all(servers.map(({ close }) => close()));
  });
});

describe("a process killed in its handler", () => {
  const leaseMs = 1_000;

  /** Starts a victim, delivers to it, and kills it as soon as its handler runs. */
  async function killInHandler(body: string): Promise<void> {
    const child = fork(new URL("./victim.ts", import.meta.url), [`${port}`, `${leaseMs}`, secret], {
      execArgv: ["--import", "tsx"],
    });
    const { port: victimPort } = (await next(child)) as { port: number };
    const delivery = deliver(`http://127.0.0.1:${victimPort}`, body);
    const lost = expect(delivery).rejects.toThrow();
    await next(child);
    child.kill("SIGKILL");
    await lost;
  }

  async function next(child: ChildProcess): Promise<unknown> {
    const [message] = await once(child, "message", { signal: AbortSignal.timeout(20_000) });
    return message;
  }

  it("50 times: the event is handled once after the lease, never before, never lost", async () => {
    const handled = new Map<string, number>();
    const survivor = new WebhookReceiver({ secret, store: newStore(), leaseMs });
    survivor.on("message", ({ id }) => void handled.set(id!, (handled.get(id!) ?? 0) + 1));
    const { url, close } = await listen(createServer(nodeHandler(survivor)));

    async function oneKill(id: string): Promise<void> {
      const body = messageBody(id);
      await killInHandler(body);
      const first = await deliver(url, body);
      expect([first.status, first.headers.get("retry-after")], id).toEqual([409, "1"]);
      expect(handled.has(id), id).toBe(false);
      await wait(leaseMs);
      expect((await deliver(url, body)).status, id).toBe(200);
      expect((await deliver(url, body)).status, id).toBe(200);
    }

    const ids = Array.from({ length: 50 }, (_, i) => `evt_kill_${i}`);
    const lane = async () => {
      for (let id = ids.pop(); id !== undefined; id = ids.pop()) await oneKill(id);
    };
    await Promise.all([lane(), lane()]);
    expect(handled.size).toBe(50);
    expect([...handled.values()].every((count) => count === 1)).toBe(true);
    expect(await redis.keys("started:*")).toHaveLength(50);
    await close();
  });
});
