import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { afterAll, beforeAll, expect, test } from "vitest";
import { watchCampaign } from "../../src/bullmq.js";
import { kill, openSite, type Site, wait } from "./bullmq-support.js";
import { startRedis } from "./redis-server.js";

let redis: Awaited<ReturnType<typeof startRedis>>;
let site: Site;
const children: ChildProcess[] = [];
beforeAll(async () => {
  redis = await startRedis();
  site = await openSite();
});
afterAll(async () => {
  await Promise.all(children.map((child) => kill(child)));
  await site.close();
  await redis.stop();
});

function start(file: string): { child: ChildProcess; output: () => string } {
  const child = fork(new URL(`../../examples/bulk-bullmq/${file}`, import.meta.url), {
    execArgv: ["--import", "tsx"],
    silent: true,
    env: {
      ...process.env,
      ROWS: "120",
      REDIS_URL: `redis://127.0.0.1:${redis.port}`,
      WASEND_API_KEY: site.emulator.apiKey,
      WASEND_BASE_URL: site.url,
      WASEND_SESSION: site.emulator.session,
    },
  });
  children.push(child);
  let output = "";
  child.stdout?.on("data", (chunk: Buffer) => {
    output += chunk.toString();
  });
  return { child, output: () => output };
}
const exit = async (child: ChildProcess) => child.exitCode ?? (await once(child, "exit"))[0];

test("the example: enqueued, worked by two of whom one is asked to end, and watched", async () => {
  const enqueue = start("enqueue.ts");
  expect(await exit(enqueue.child)).toBe(0);
  expect(enqueue.output()).toContain("120 rows: 120 ready, 0 left out, 120 enqueued");
  const first = start("worker.ts");
  const watch = start("watch.ts");
  while (site.emulator.requests.length < 20) await wait(10);
  first.child.kill("SIGTERM");
  expect(await exit(first.child)).toBe(0);
  const looked = watchCampaign("spring-sale", {
    connection: { port: redis.port },
    logLevel: "off",
  });
  const { pending, unknown } = await looked.report();
  await looked.close();
  expect(pending).toBeGreaterThan(0);
  expect(unknown).toBe(0);
  const second = start("worker.ts");
  expect(await exit(second.child)).toBe(0);
  expect(await exit(watch.child)).toBe(0);
  expect(watch.output()).toMatch(/█+ 0 to go\n120 of 120 sent/);
  expect([...site.received().values()]).toEqual(Array(120).fill(1));
});
