import { Redis } from "ioredis";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  type CampaignWatch,
  type CampaignWorker,
  campaignWorker,
  enqueueCampaign,
  redisSuppressions,
  type WorkerOptions,
  watchCampaign,
} from "../../src/bullmq.js";
import { type CampaignRecipient, memorySuppressions } from "../../src/index.js";
import { openSite, people, phone, type Site, wait } from "./bullmq-support.js";
import { startRedis } from "./redis-server.js";

const QUIET = { logLevel: "off" } as const;

let server: Awaited<ReturnType<typeof startRedis>>;
let redis: Redis;
let site: Site;
let connection: { port: number };
const open: { close(): Promise<void> }[] = [];
beforeAll(async () => {
  server = await startRedis();
  connection = { port: server.port };
  redis = new Redis(server.port);
  site = await openSite();
});
beforeEach(async () => {
  site.emulator.reset();
  await redis.flushall();
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});
afterAll(async () => {
  await site.close();
  redis.disconnect();
  await server.stop();
});

type Options = Parameters<Site["campaign"]>[0];
const enqueue = (options: Options, more: { keepMs?: number } = {}) =>
  enqueueCampaign(site.campaign(options), { connection, ...QUIET, ...more });
function work(name: string, more: Partial<WorkerOptions> = {}): CampaignWorker {
  const worker = campaignWorker({ wasend: site.wasend, connection, name, ...QUIET, ...more });
  open.push(worker);
  return worker;
}
function watching(name: string): CampaignWatch {
  const watch = watchCampaign(name, { connection, ...QUIET });
  open.push(watch);
  return watch;
}
const tries = () => site.emulator.requests.filter(({ path }) => path === "/send").length;
const counts = () => [...site.received().values()];

describe("enqueueing", () => {
  test("twice at the same time, and again later: one job and one message each", async () => {
    const options = { name: "twice", recipients: people(300) };
    await Promise.all([enqueue(options), enqueue(options)]);
    expect(await watching("twice").report()).toMatchObject({ total: 300, pending: 300 });
    const worker = work("twice");
    await worker.finished();
    expect((await enqueue(options)).enqueued).toBe(0);
    expect(await worker.finished()).toMatchObject({ total: 300, sent: 300 });
    expect(counts()).toEqual(Array(300).fill(1));
  });

  test("a person who comes in another part of the list is a duplicate", async () => {
    const part = (from: number, row: number) =>
      people(30)
        .slice(from, from + 10)
        .map((one, place) => ({ ...one, [Symbol.for("wasend.row")]: { row: row + place } }));
    await enqueue({ name: "parts", recipients: part(0, 1) });
    await enqueue({ name: "parts", recipients: part(5, 11) });
    await work("parts").finished();
    const watch = watching("parts");
    expect(await watch.report()).toEqual({
      total: 20,
      sent: 15,
      skipped: 5,
      failed: 0,
      unknown: 0,
      pending: 0,
    });
    let csv = "";
    for await (const piece of watch.export("csv")) csv += piece;
    expect(csv).toContain("the same person as row 6");
    expect(csv.trim().split(/\r?\n/)).toHaveLength(21);
  });

  test("another message under the same name is refused", async () => {
    await enqueue({ name: "changed" });
    await expect(enqueue({ name: "changed", message: { text: "Bye {{name}}" } })).rejects.toThrow(
      /another message/,
    );
  });

  test("no key and no job's id holds a number", async () => {
    await enqueue({ name: "private", recipients: people(5) });
    const keys = (await redis.keys("*")).join("\n");
    expect(keys).toMatch(/c[0-9a-f]{12}-[0-9a-f]{24}/);
    expect(keys).not.toMatch(/1415500000/);
  });

  test("is asked to keep it for a while: then it is gone, and nobody knows anybody", async () => {
    await enqueue({ name: "short" }, { keepMs: 1_500 });
    const worker = work("short");
    expect(await worker.finished()).toMatchObject({ sent: 3 });
    await worker.close();
    await wait(1_700);
    expect((await redis.keys("*")).filter((key) => key.includes("campaigns"))).toEqual([]);
  });

  test("warns of a Redis that forgets", async () => {
    const warnings: string[] = [];
    const say = (text: string) => warnings.push(text);
    const logger = { error: say, warn: say, info: say, debug: say };
    await redis.config("SET", "maxmemory-policy", "allkeys-lru");
    await enqueueCampaign(site.campaign({ name: "warned" }), { connection, logger });
    await redis.config("SET", "maxmemory-policy", "noeviction");
    expect(warnings).toEqual([
      expect.stringContaining("noeviction"),
      expect.stringContaining("appendonly yes"),
    ]);
  });
});

describe("steering", () => {
  test("pause, resume, cancel and go on later, from another connection", async () => {
    const options = { name: "steer", recipients: people(400), pace: { perSecond: 100 }, concurrency: 4 };
    await enqueue(options);
    const watch = watchCampaign("steer", { connection: `redis://127.0.0.1:${server.port}`, ...QUIET });
    open.push(watch);
    const worker = work("steer");
    while (tries() < 20) await wait(5);
    await watch.pause();
    await wait(300);
    const paused = tries();
    await wait(500);
    expect(tries()).toBe(paused);
    expect((await watch.numbers())[0]?.resting?.reason).toBe("asked");
    await enqueue(options);
    await wait(300);
    expect(tries()).toBe(paused);
    await watch.resume();
    while (tries() < paused + 20) await wait(5);
    await watch.cancel();
    const report = await watch.finished();
    await wait(200);
    const cancelled = tries();
    expect(report.pending).toBeGreaterThan(300);
    await wait(500);
    expect(tries()).toBe(cancelled);
    await enqueue(options);
    expect(await worker.finished()).toMatchObject({ total: 400, sent: 400 });
    expect(counts()).toEqual(Array(400).fill(1));
  });

  test("a worker that is closed gives back what waits; another one goes on", async () => {
    await enqueue({ name: "drain", recipients: people(60), pace: { perSecond: 20 }, concurrency: 20 });
    const first = work("drain");
    while (tries() < 10) await wait(5);
    const start = performance.now();
    await first.close();
    expect(performance.now() - start).toBeLessThan(1_000);
    expect((await watching("drain").report()).pending).toBeGreaterThan(30);
    expect(await work("drain", { connection: redis }).finished()).toMatchObject({ sent: 60, unknown: 0 });
    expect(counts()).toEqual(Array(60).fill(1));
  });

  test("outcomes can be followed while they come", async () => {
    await enqueue({ name: "follow", recipients: people(50) });
    const rows: number[] = [];
    work("follow");
    for await (const { row, status } of watching("follow").follow()) if (status === "sent") rows.push(row);
    expect(rows.sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, place) => place + 1));
  });
});

describe("what concerns a number concerns all workers", () => {
  test("a 429 holds the lane", async () => {
    await enqueue({ name: "limited", recipients: people(40), pace: { perSecond: 50 }, concurrency: 2 });
    site.emulator.faults.next({ status: 429, retryAfter: 2 });
    const workers = [work("limited"), work("limited")];
    while (!site.emulator.requests.some(({ status }) => status === 429)) await wait(5);
    await wait(150);
    const held = tries();
    await wait(1_500);
    expect(tries()).toBe(held);
    for (const worker of workers) expect(await worker.finished()).toMatchObject({ sent: 40 });
    expect(counts()).toEqual(Array(40).fill(1));
  });

  test("a 463 holds new chats; running ones go on", async () => {
    // The first one out meets the fault: a new chat, for a running one would rest the whole number.
    const recipients = people(20).map((one, place) => ({ ...one, known: place % 2 === 1 }));
    const isNewChat = ({ known }: CampaignRecipient & { known?: boolean }) => known !== true;
    site.emulator.faults.next({ timelock: true, match: { path: "/send" } });
    await enqueue({ name: "locked", recipients, isNewChat, concurrency: 1 });
    work("locked");
    const watch = watching("locked");
    for (let look = 0; (await watch.report()).pending > 10 && look < 100; look += 1) await wait(50);
    await wait(300);
    expect(await watch.report()).toMatchObject({ sent: 10, pending: 10, unknown: 0 });
    expect((await watch.numbers())[0]?.resting?.reason).toBe("reachout_timelock");
  });

  test("a key that is refused rests the number until it is taken again", async () => {
    await enqueue({ name: "key", recipients: people(20) });
    const wrong = site.wasend.withOptions({ apiKey: "wrong" });
    const worker = work("key", { wasend: wrong });
    const watch = watching("key");
    while ((await watch.numbers())[0]?.resting?.reason !== "unauthorized") await wait(50);
    expect(await watch.report()).toMatchObject({ pending: 20, failed: 0 });
    await worker.close();
    expect(await work("key").finished()).toMatchObject({ sent: 20 });
  });

  test("workers keep one gap between them", async () => {
    await enqueue({ name: "gap", recipients: people(12), pace: { gapMs: { min: 150, max: 250 } } });
    const watch = watching("gap");
    for (const worker of [work("gap"), work("gap"), work("gap")]) await worker.finished();
    const times: number[] = [];
    for await (const { at } of watch.outcomes()) times.push(at);
    const gaps = times.slice(1).map((at, place) => at - times[place]!);
    console.log(`gaps: ${gaps.join(" ")}`);
    expect(Math.min(...gaps)).toBeGreaterThan(100);
    expect(gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length).toBeLessThan(350);
  });
});

describe("suppressions", () => {
  test("that cannot be asked rest the number; nothing is lost or sent without them", async () => {
    let isDown = true;
    const has = async () => {
      if (isDown) throw new Error("the database is away");
      return false;
    };
    await enqueue({ name: "unasked", recipients: people(5), suppressions: { has: () => false } });
    const worker = work("unasked", { suppressions: { has } });
    const watch = watching("unasked");
    while ((await watch.numbers())[0]?.resting?.reason !== "failures") await wait(50);
    expect(tries()).toBe(0);
    isDown = false;
    expect(await worker.finished()).toMatchObject({ sent: 5 });
  });

  test("one list for all machines: who is added after enqueueing is left alone", async () => {
    const here = redisSuppressions({ connection, ...QUIET });
    const there = redisSuppressions({ connection, ...QUIET });
    open.push(here, there);
    await here.add(phone(1));
    const { skipped } = await enqueue({ name: "stop", recipients: people(5), suppressions: here });
    expect(skipped).toMatchObject([{ row: 1, reason: "suppressed" }]);
    await there.add(phone(2));
    expect(await work("stop", { suppressions: here }).finished()).toMatchObject({ sent: 3, skipped: 2 });
    expect([...site.received().keys()]).not.toContain(phone(2));
    await there.remove(phone(2));
    expect(await here.has(phone(2))).toBe(false);
    await there.forget(phone(1));
    expect([await here.has(phone(1)), (await here.list()).length]).toEqual([true, 0]);
  });

  test("a worker without them does not send what was planned with them", async () => {
    await enqueue({ name: "planned", suppressions: memorySuppressions() });
    await expect(work("planned").finished()).rejects.toThrow(/suppressions/);
    expect(tries()).toBe(0);
  });
});

describe("without a Redis", () => {
  const nowhere = { port: 1 };

  test("a worker and a watch wait for it, and close at once all the same", async () => {
    const worker = work("nowhere", { connection: nowhere });
    const watch = watchCampaign("nowhere", { connection: nowhere, ...QUIET });
    watch.on("progress", () => {});
    await wait(500);
    const start = performance.now();
    await Promise.all([worker.close(), watch.close()]);
    expect(performance.now() - start).toBeLessThan(1_000);
  });

  test("enqueueing fails after a while", async () => {
    const options = { connection: nowhere, ...QUIET };
    await expect(enqueueCampaign(site.campaign({ name: "nowhere" }), options)).rejects.toThrow(/retries/);
  }, 30_000);
});
