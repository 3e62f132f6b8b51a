import { Redis } from "ioredis";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  type CampaignWatch,
  type CampaignWorker,
  campaignWorker,
  enqueueCampaign,
  type WorkerOptions,
  watchCampaign,
} from "../../src/bullmq.js";
import { ROW } from "../../src/index.js";
import { openSite, people, type Site, wait } from "./bullmq-support.js";
import { startRedis } from "./redis-server.js";

const QUIET = { logLevel: "off" } as const;

let server: Awaited<ReturnType<typeof startRedis>>;
let redis: Redis;
let site: Site;
let connection: { port: number };
let first: string;
let second: string;
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
  first = site.emulator.session;
  const other = { sessionName: "second", phoneNumber: "+14155550199" };
  second = (await site.wasend.numbers.create(other)).session;
  site.emulator.setState(second, "ready");
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
const enqueue = (options: Options) => enqueueCampaign(site.campaign(options), { connection, ...QUIET });
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
/** The rows of a list from one place on. */
const part = (from: number, count: number) =>
  people(from + count)
    .slice(from)
    .map((one, place) => ({ ...one, [ROW]: { row: from + place + 1 } }));

describe("enqueued again with other numbers", () => {
  test("rows of both calls are sent, each by its own number", async () => {
    await enqueue({ name: "parts", recipients: part(0, 4), sessions: [first] });
    await enqueue({ name: "parts", recipients: part(4, 4), sessions: [second] });
    const watch = watching("parts");
    expect(await watch.numbers()).toEqual([
      { session: first, pending: 4 },
      { session: second, pending: 4 },
    ]);
    expect(await work("parts").finished()).toMatchObject({ total: 8, sent: 8 });
    const by = new Map<string, number>();
    for await (const { session = "" } of watch.outcomes()) by.set(session, (by.get(session) ?? 0) + 1);
    expect(Object.fromEntries(by)).toEqual({ [first]: 4, [second]: 4 });
  });

  test("many calls at once: no number is forgotten", async () => {
    const calls = Array.from({ length: 6 }, (_, place) =>
      enqueue({ name: "at once", recipients: part(place, 1), sessions: [place % 2 ? first : second] }),
    );
    await Promise.all(calls);
    expect(await work("at once").finished()).toMatchObject({ total: 6, sent: 6 });
  });

  test("a row that comes again with another number is sent by that one, and counts for it", async () => {
    await enqueue({ name: "moved", recipients: part(0, 4), sessions: [first] });
    await enqueue({ name: "moved", recipients: part(0, 8), sessions: [second] });
    const watch = watching("moved");
    expect(await watch.numbers()).toEqual([
      { session: first, pending: 0 },
      { session: second, pending: 8 },
    ]);
    expect(await work("moved").finished()).toMatchObject({ total: 8, sent: 8, pending: 0 });
    expect((await watch.numbers()).map(({ pending }) => pending)).toEqual([0, 0]);
    expect([...site.received().values()]).toEqual(Array(8).fill(1));
    const by = new Set<string | undefined>();
    for await (const { session } of watch.outcomes()) by.add(session);
    expect([...by]).toEqual([second]);
  });

  test("from a number that is gone to one that works, and back", async () => {
    site.emulator.setState(first, "failed");
    const options = { name: "gone", recipients: part(0, 6) };
    await enqueue({ ...options, sessions: [first] });
    await enqueue({ ...options, sessions: [second] });
    await enqueue({ ...options, sessions: [first, second] });
    const watch = watching("gone");
    expect((await watch.numbers()).reduce((sum, { pending }) => sum + pending, 0)).toBe(6);
    await enqueue({ ...options, sessions: [second] });
    expect(await work("gone").finished()).toMatchObject({ total: 6, sent: 6 });
    expect((await watch.numbers()).map(({ pending }) => pending)).toEqual([0, 0]);
  });
});

test("suppressions that cannot learn rest no number: the message has arrived", async () => {
  const learn = async () => {
    throw new Error("the database is away, +14155550123");
  };
  const suppressions = { has: () => false, learn };
  const warnings: string[] = [];
  const say = (text: string) => warnings.push(text);
  const logger = { error: say, warn: say, info: say, debug: say };
  await enqueue({ name: "learned", recipients: people(5), suppressions });
  const worker = work("learned", { suppressions, logger, logLevel: "warn" });
  expect(await worker.finished()).toMatchObject({ sent: 5, unknown: 0 });
  expect((await watching("learned").numbers())[0]).not.toHaveProperty("resting");
  expect(warnings.filter((text) => text.includes("learn failed"))).toHaveLength(5);
  expect(warnings.join()).not.toContain("14155550123");
});

describe("cancelled", () => {
  const slow = { recipients: people(50), pace: { perSecond: 4 } };

  test("a worker's finished() ends, and waits again once the campaign goes on", async () => {
    await enqueue({ name: "cancelled", ...slow });
    const worker = work("cancelled");
    const watch = watching("cancelled");
    const finished = worker.finished();
    await wait(1_500);
    await watch.cancel();
    const report = await finished;
    expect(report.pending).toBeGreaterThan(30);
    expect((await worker.finished()).pending).toBeGreaterThan(30);
    await enqueue({ name: "cancelled", ...slow, pace: "none" });
    expect(await worker.finished()).toMatchObject({ total: 50, sent: 50 });
    expect([...site.received().values()]).toEqual(Array(50).fill(1));
  });

  test("neither pause nor resume makes it run without jobs", async () => {
    await enqueue({ name: "stays", ...slow });
    const watch = watching("stays");
    await watch.cancel();
    await watch.pause();
    await watch.resume();
    expect(await watch.finished()).toMatchObject({ total: 50, pending: 50 });
    expect(await work("stays").finished()).toMatchObject({ pending: 50 });
  });
});
