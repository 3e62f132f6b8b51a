import { once } from "node:events";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { enqueueCampaign, watchCampaign } from "../../src/bullmq.js";
import { kill, openSite, people, type Site, wait } from "./bullmq-support.js";
import { startRedis } from "./redis-server.js";

const QUIET = { logLevel: "off" } as const;

let redis: Awaited<ReturnType<typeof startRedis>>;
let site: Site;
beforeAll(async () => {
  redis = await startRedis();
  site = await openSite();
});
beforeEach(() => site.emulator.reset());
afterAll(async () => {
  await site.close();
  await redis.stop();
});

const sends = () =>
  site.emulator.requests.filter(({ method, path }) => method === "POST" && path === "/send");

test("three workers together keep to 200 a second, and use it", async () => {
  const connection = { port: redis.port };
  const campaign = site.campaign({ name: "rate", recipients: people(6_000), pace: { perSecond: 200 } });
  // All at work before it begins: a process that starts keeps this machine busy.
  const workers = [1, 2, 3].map(() => site.worker("rate", redis.port));
  await Promise.all(workers.map((worker) => once(worker, "message")));
  await wait(1_000);
  await enqueueCampaign(campaign, { connection, ...QUIET });
  // This process is the server, too: what came while it enqueued is still being answered.
  while (sends().length < 1_000) await wait(10);
  const [from, before] = [performance.now(), sends().length];
  await wait(20_000);
  const inTime = sends().length - before;
  const share = inTime / ((performance.now() - from) / 1_000) / 200;
  console.log(`${inTime} in 20 s: ${share} of the ceiling`);
  await Promise.all(workers.map((worker) => kill(worker, "SIGTERM")));
  // The figure is in the line above. What is asserted leaves room for a busy machine, where 20 s are never 20 s.
  expect(share).toBeGreaterThan(0.85);
  expect(share).toBeLessThan(1.02);
});

test("four numbers on three workers, one disconnected: only its lane waits, and goes on by itself", async () => {
  const { emulator, wasend } = site;
  const connection = { port: redis.port };
  const others = await Promise.all(
    [1, 2, 3].map((place) =>
      wasend.numbers.create({ sessionName: `n${place}`, phoneNumber: `+1415555010${place}` }),
    ),
  );
  const sessions = [emulator.session, ...others.map(({ session }) => session)];
  for (const session of sessions) emulator.setState(session, "ready");
  const down = sessions[1]!;
  emulator.setState(down, "failed");
  const options = { name: "four", recipients: people(800), sessions };
  await enqueueCampaign(site.campaign(options), { connection, ...QUIET });
  const watch = watchCampaign("four", { connection, ...QUIET });
  const paused: string[] = [];
  const resumed: string[] = [];
  watch.on("paused", ({ session, reason }) => paused.push(`${session} ${reason}`));
  watch.on("resumed", ({ session }) => resumed.push(session));
  const workers = [1, 2, 3].map(() => site.worker("four", redis.port));
  const pendingOf = async () => (await watch.numbers()).filter(({ pending }) => pending > 0);
  for (let tries = 0; (await pendingOf()).length > 1 && tries < 300; tries += 1) await wait(100);
  const waiting = await pendingOf();
  expect(waiting.map(({ session, resting }) => [session, resting?.reason])).toEqual([
    [down, "number_not_ready"],
  ]);
  const tries = emulator.requests.filter(
    ({ status, path }) => path === "/send" && (status ?? 0) >= 400,
  ).length;
  emulator.setState(down, "ready");
  const report = await watch.finished();
  await wait(600);
  await watch.close();
  await Promise.all(workers.map((worker) => kill(worker, "SIGTERM")));
  console.log(`${tries} refused sends while it was down; ${JSON.stringify(report)}`);
  expect(report).toMatchObject({ total: 800, sent: 800 });
  expect([...site.received().values()].every((count) => count === 1)).toBe(true);
  expect([...new Set(paused)]).toEqual([`${down} number_not_ready`]);
  expect(resumed).toContain(down);
});
