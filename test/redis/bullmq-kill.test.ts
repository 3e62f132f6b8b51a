import type { ChildProcess } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { enqueueCampaign, watchCampaign } from "../../src/bullmq.js";
import { kill, openSite, people, type Site, wait } from "./bullmq-support.js";
import { startRedis } from "./redis-server.js";

const ROWS = 5_000;
const WORKERS = 3;
const QUIET = { logLevel: "off" } as const;
/** So that jobs of the dead are found within the test's time. */
const LOCK_MS = "3000";

let folder: string;
let redis: Awaited<ReturnType<typeof startRedis>>;
let site: Site;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "wasend-redis-"));
  redis = await startRedis({ folder });
  site = await openSite();
});
afterAll(async () => {
  await site.close();
  await redis.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Outcomes by how they stand and how often their phone was reached, such as `sent 1`. */
async function tally(name: string): Promise<Record<string, number>> {
  const watch = watchCampaign(name, { connection: { port: redis.port }, ...QUIET });
  const counts = site.received();
  const rows: Record<string, number> = {};
  for await (const { to, status } of watch.outcomes()) {
    const key = `${status} ${counts.get(to) ?? 0}`;
    rows[key] = (rows[key] ?? 0) + 1;
  }
  await watch.close();
  return rows;
}

test("three workers, one killed every second and started again: nobody twice, nobody lost", async () => {
  site.emulator.reset();
  const connection = { port: redis.port };
  await enqueueCampaign(site.campaign({ name: "kill", recipients: people(ROWS) }), { connection, ...QUIET });
  const start = () => site.worker("kill", redis.port, { LOCK_MS });
  const workers: ChildProcess[] = Array.from({ length: WORKERS }, start);
  const watch = watchCampaign("kill", { connection, ...QUIET });
  let kills = 0;
  for (let next = 0; (await watch.report()).pending > 0; next = (next + 1) % WORKERS) {
    await wait(1_000);
    const victim = workers[next]!;
    const wasAlive = victim.exitCode === null;
    await kill(victim);
    if (wasAlive) kills += 1;
    workers[next] = start();
    if (kills > 100) break;
  }
  const report = await watch.finished();
  await watch.close();
  await Promise.all(workers.map((worker) => kill(worker, "SIGTERM")));

  const rows = await tally("kill");
  console.log(`${kills} kills: ${JSON.stringify(report)} ${JSON.stringify(rows)}`);
  expect(Object.values(report).reduce((sum, n) => sum + n, 0)).toBe(2 * ROWS);
  expect(report).toMatchObject({ total: ROWS, failed: 0, skipped: 0, pending: 0 });
  expect(rows["sent 1"]).toBe(report.sent);
  expect((rows["unknown 0"] ?? 0) + (rows["unknown 1"] ?? 0)).toBe(report.unknown);
  expect(kills).toBeGreaterThanOrEqual(5);
});

test("Redis is restarted in the middle: the campaign goes on by itself", async () => {
  site.emulator.reset();
  const connection = { port: redis.port };
  await enqueueCampaign(site.campaign({ name: "restart", recipients: people(2_000) }), {
    connection,
    ...QUIET,
  });
  const workers = Array.from({ length: WORKERS }, () => site.worker("restart", redis.port, { LOCK_MS }));
  const watch = watchCampaign("restart", { connection, ...QUIET });
  for (const signal of ["SIGTERM", "SIGKILL"] as const) {
    const before = site.emulator.requests.length;
    while (site.emulator.requests.length < before + 500) await wait(5);
    await redis.stop(signal);
    await wait(1_000);
    redis = await startRedis({ port: redis.port, folder });
  }
  const report = await watch.finished();
  await watch.close();
  await Promise.all(workers.map((worker) => kill(worker, "SIGTERM")));
  const rows = await tally("restart");
  console.log(`${JSON.stringify(report)} ${JSON.stringify(rows)}`);
  expect(report).toMatchObject({ total: 2_000, failed: 0, skipped: 0, pending: 0 });
  expect(rows["sent 1"]).toBe(report.sent);
  expect((rows["unknown 0"] ?? 0) + (rows["unknown 1"] ?? 0)).toBe(report.unknown);
});

test("a worker that was frozen and thought dead wakes up: nobody twice", async () => {
  site.emulator.reset();
  const connection = { port: redis.port };
  const campaign = site.campaign({ name: "frozen", recipients: people(900), pace: { perSecond: 100 } });
  await enqueueCampaign(campaign, { connection, ...QUIET });
  const frozen = site.worker("frozen", redis.port, { LOCK_MS });
  while (site.emulator.requests.length < 100) await wait(5);
  frozen.kill("SIGSTOP");
  const other = site.worker("frozen", redis.port, { LOCK_MS });
  const watch = watchCampaign("frozen", { connection, ...QUIET });
  // Long enough for the other one to have taken its jobs, and to be at them.
  while (site.emulator.requests.length < 300) await wait(50);
  await wait(5_000);
  frozen.kill("SIGCONT");
  const report = await watch.finished();
  await watch.close();
  await Promise.all([kill(frozen, "SIGTERM"), kill(other, "SIGTERM")]);
  const rows = await tally("frozen");
  console.log(`${JSON.stringify(report)} ${JSON.stringify(rows)}`);
  expect(report).toMatchObject({ total: 900, failed: 0, skipped: 0, pending: 0 });
  expect(Math.max(...site.received().values())).toBe(1);
  expect(rows["sent 1"]).toBe(report.sent);
});

test("a worker whose Redis has gone ends when it is asked to", async () => {
  site.emulator.reset();
  const connection = { port: redis.port };
  const campaign = site.campaign({ name: "away", recipients: people(2_000), pace: { perSecond: 20 } });
  await enqueueCampaign(campaign, { connection, ...QUIET });
  const worker = site.worker("away", redis.port);
  while (site.emulator.requests.length < 20) await wait(5);
  await redis.stop("SIGKILL");
  await wait(500);
  const start = performance.now();
  await kill(worker, "SIGTERM");
  console.log(`ended after ${Math.round(performance.now() - start)} ms`);
  expect(performance.now() - start).toBeLessThan(10_000);
  redis = await startRedis({ port: redis.port, folder });
});
