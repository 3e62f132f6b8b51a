import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createEmulator } from "@wasend/sdk/emulator";
import { fileSuppressions } from "@wasend/sdk/node";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { root } from "./markdown.js";

const emulator = createEmulator({ acks: "manual" });
let folder: string;
let file: string;
let logs: string[];
let close: () => Promise<void>;

/** Another process, or a first import, may take its time on a busy machine. */
vi.setConfig({ testTimeout: 20_000 });
const patient = { timeout: 15_000, interval: 5 };

const phone = (place: number) => `+1415${5_550_100 + place}`;

async function write(rows: number): Promise<void> {
  const lines = Array.from({ length: rows }, (_, place) => `${phone(place)},P${place},${7000 + place}`);
  await writeFile(file, `Mobile,firstName,orderId\n${lines.join("\n")}\n`);
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "wasend-examples-"));
  file = join(folder, "customers.csv");
  emulator.reset();
  const server = await emulator.listen();
  close = server.close;
  vi.stubEnv("WASEND_API_KEY", emulator.apiKey);
  vi.stubEnv("WASEND_SESSION", emulator.session);
  vi.stubEnv("WASEND_BASE_URL", server.url);
  vi.stubEnv("FILE", file);
  vi.stubEnv("FOLDER", folder);
  vi.stubEnv("PACE", "none");
  logs = [];
  for (const level of ["log", "warn"] as const)
    vi.spyOn(console, level).mockImplementation((...values) => void logs.push(values.join(" ")));
});

afterEach(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  vi.resetModules();
  await close();
  await rm(folder, { recursive: true });
  expect(emulator.problems).toEqual([]);
});

/** How often each of so many people was written to. */
const counts = (people: number) =>
  Array.from({ length: people }, (_, place) => emulator.inbox(phone(place)).length);

const start = (example: string, env: Record<string, string> = {}): ChildProcess =>
  spawn(process.execPath, ["--import", "tsx", `examples/${example}.ts`], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });

/** What it printed, once it has ended. */
async function ended(child: ChildProcess): Promise<string> {
  let text = "";
  child.stdout?.on("data", (chunk) => {
    text += chunk;
  });
  await once(child, "close");
  return text;
}

it("bulk-csv plans, sends when told to, and writes what has to be mended", async () => {
  await write(3);
  await writeFile(file, `${await readFile(file, "utf8")}4.15E+09,Alan,7009\n${phone(0)},P0,7010\n`);
  await import("../../examples/bulk-csv.js");
  expect(logs[0]).toMatch(/^3 of 5 rows can be sent, in about 1 min/);
  expect(logs.at(-1)).toMatch(/GO=1/);
  expect(emulator.requests).toEqual([]);
  expect(await readFile(`${file}.rejects.csv`, "utf8")).toMatch(/line 5: .*Alan,7009\r\n$/);

  vi.resetModules();
  vi.stubEnv("GO", "1");
  await import("../../examples/bulk-csv.js");
  expect(logs.at(-1)).toBe("\n3 sent, 0 failed, 2 skipped, 0 unknown, 0 to go.");
  expect(counts(3)).toEqual([1, 1, 1]);
  expect(emulator.inbox(phone(0))[0]?.text).toMatch(/^Hi P0, order 7000 ships today/);
  expect((await readFile(`${file}.outcomes.csv`, "utf8")).trim().split("\n")).toHaveLength(6);
  expect((await stat(`${file}.outcomes.csv`)).mode & 0o777).toBe(0o600);
});

it("bulk-csv stops cleanly at Ctrl+C, and goes on", async () => {
  await write(60);
  emulator.faults.next(200, { delayMs: 100 });
  const child = start("bulk-csv", { GO: "1" });
  const text = ended(child);
  await vi.waitUntil(() => emulator.messages.length > 0, patient);
  child.kill("SIGINT");
  expect(await text).toMatch(/ 0 unknown, \d+ to go\.\nStopped\. Run it again/);
  expect(child.exitCode).toBe(0);
  const first = emulator.messages.length;
  expect(first).toBeLessThan(60);

  emulator.faults.clear();
  vi.stubEnv("GO", "1");
  await import("../../examples/bulk-csv.js");
  expect(counts(60)).toEqual(Array(60).fill(1));
});

it("bulk-resume goes on after kill -9, and writes to nobody twice", async () => {
  await write(60);
  emulator.faults.next(200, { delayMs: 100 });
  const child = start("bulk-csv", { GO: "1" });
  await vi.waitUntil(() => emulator.messages.length > 10, patient);
  child.kill("SIGKILL");
  await once(child, "close");

  emulator.faults.clear();
  await import("../../examples/bulk-resume.js");
  const said = logs.join("\n");
  expect(said).toMatch(/^\d+ rows were through\.$/m);
  const report = JSON.parse(logs.at(-1)?.replace("Now: ", "") ?? "{}") as Record<string, number>;
  expect(report).toMatchObject({ total: 60, pending: 0, failed: 0 });
  const reached = counts(60);
  expect(Math.max(...reached)).toBe(1);
  expect(reached.filter((count) => count === 0).length).toBeLessThanOrEqual(report.unknown ?? 0);
});

it("bulk-contact-list leaves out who unsubscribed, before and while it runs", async () => {
  await write(4);
  await fileSuppressions(join(folder, "suppressions.jsonl")).add(phone(1), { categories: ["marketing"] });
  vi.stubEnv("WASEND_WEBHOOK_SECRET", emulator.webhookSecret);
  vi.stubEnv("PORT", "0");
  emulator.faults.next(1, { delayMs: 600 });
  const ran = import("../../examples/bulk-contact-list.js");
  const address = () => /Webhooks arrive at .*"port":(\d+)/.exec(logs.join("\n"))?.[1];
  await vi.waitUntil(() => address() !== undefined && emulator.requests.length > 0, patient);
  emulator.setWebhook(`http://127.0.0.1:${address()}/`);
  await emulator.receive({ from: phone(2), text: "stop" });
  await ran;
  expect(JSON.parse(logs.at(-1) ?? "{}")).toMatchObject({ total: 4, sent: 2, skipped: 2 });
  expect(emulator.inbox(phone(1))).toEqual([]);
  expect(emulator.inbox(phone(2)).map(({ text }) => text)).toEqual([
    "You are unsubscribed. Reply START to subscribe again.",
  ]);
});

it("bulk-serverless sends slice by slice, for those who know the secret", async () => {
  await write(20);
  vi.stubEnv("TRIGGER_SECRET", "trigger");
  vi.stubEnv("SLICE_MS", "120");
  emulator.faults.next(200, { delayMs: 50 });
  const call = async (authorization: string) => {
    const { default: handler } = await import("../../examples/bulk-serverless.js");
    const response = await handler.fetch(
      new Request("https://shop.example/tick", { headers: { authorization } }),
    );
    vi.resetModules(); // Another instance.
    return response;
  };
  expect((await call("Bearer guess")).status).toBe(401);
  expect(emulator.requests).toEqual([]);
  const statuses: number[] = [];
  do statuses.push((await call("Bearer trigger")).status);
  while (statuses.at(-1) === 202 && statuses.length < 20);
  expect(statuses.length).toBeGreaterThan(1);
  expect(statuses.at(-1)).toBe(200);
  expect(counts(20)).toEqual(Array(20).fill(1));
});
