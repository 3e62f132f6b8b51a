import { execFile } from "node:child_process";
import { readdirSync } from "node:fs";
import { promisify } from "node:util";
import { createEmulator } from "@wasend/sdk/emulator";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { root } from "./markdown.js";

const to = "+14155550123";
const emulator = createEmulator();
let logs: string[];
let close: () => Promise<void>;

beforeEach(async () => {
  emulator.reset();
  const server = await emulator.listen();
  close = server.close;
  vi.stubEnv("WASEND_API_KEY", emulator.apiKey);
  vi.stubEnv("WASEND_SESSION", emulator.session);
  vi.stubEnv("WASEND_BASE_URL", server.url);
  logs = [];
  vi.spyOn(console, "log").mockImplementation((...values) => logs.push(values.join(" ")));
});

afterEach(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  vi.resetModules();
  await close();
  expect(emulator.problems).toEqual([]);
});

it("send-text", async () => {
  await import("../../examples/send-text.js");
  expect(emulator.inbox(to).map(({ text }) => text)).toEqual(["Hello from WASend!"]);
});

it("send-media", async () => {
  await import("../../examples/send-media.js");
  expect(emulator.inbox(to).map(({ type }) => type)).toEqual(["image", "document", "text"]);
  expect(emulator.inbox(to)[0]?.reactions).toEqual({ "+14155550100": "☕" });
});

it("connect-number", async () => {
  await import("../../examples/connect-number.js");
  expect(emulator.numbers.at(-1)).toMatchObject({ sessionName: "Support", state: "ready" });
  expect(logs.at(-1)).toContain(`WASEND_SESSION=${emulator.numbers.at(-1)?.session}`);
});

it("group", async () => {
  await import("../../examples/group.js");
  const [group] = emulator.groups;
  expect(group?.participants.map(({ phone }) => phone)).toEqual(
    expect.arrayContaining([to, "+447700900123"]),
  );
  expect(emulator.inbox(to)[0]?.text).toBe("Welcome!");
});

it("list-chats", async () => {
  await emulator.receive({ from: to, name: "Ada", text: "Hi there" });
  await import("../../examples/list-chats.js");
  expect(logs.join("\n")).toMatch(/Ada, 1 unread\n {2}← Hi there/);
});

it.each([
  ["no fault", {}, /^Sent: true_/],
  ["a lost answer", { reset: "after" as const }, /^Sent after all: true_/],
  ["a lost request", { reset: "before" as const }, /^Not in the chat yet/],
  ["a cut answer", { cutBody: true }, /^Sent; only the answer was lost/],
  ["a refusal", { status: 403 }, /^Refused: .*403/],
])("handle-errors, with %s", async (_, fault, said) => {
  if (Object.keys(fault).length > 0) emulator.faults.next(fault);
  await import("../../examples/handle-errors.js");
  expect(logs).toEqual([expect.stringMatching(said)]);
});

it("serverless-fetch-handler", async () => {
  const { default: handler } = await import("../../examples/serverless-fetch-handler.js");
  const post = (body: unknown) =>
    handler.fetch(new Request("https://shop.example/", { method: "POST", body: JSON.stringify(body) }));
  expect((await post({ to, text: "Hi" })).status).toBe(200);
  expect((await post({ to: "4155550123", text: "Hi" })).status).toBe(400);
  emulator.faults.next({ status: 502 });
  const lost = await post({ to, text: "Again" });
  expect([lost.status, await lost.json()]).toEqual([504, { outcome: "unknown", safeToResend: false }]);
  expect(emulator.inbox(to)).toHaveLength(1);
});

it("use-emulator-in-tests", async () => {
  const file = "examples/use-emulator-in-tests.ts";
  const args = ["--import", "tsx", "--test", "--test-reporter=tap", file];
  // Inside another test run, Node's runner would report to that one.
  const env = { ...process.env, NODE_TEST_CONTEXT: undefined };
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root, env });
  expect(stdout).toMatch(/^# pass 4$/m);
  expect(stdout).toMatch(/^# fail 0$/m);
}, 20_000);

it("runs every example", () => {
  const files = readdirSync(`${root}examples`).filter((name) => name.endsWith(".ts"));
  expect(files.sort()).toEqual([
    "bulk-contact-list.ts",
    "bulk-csv.ts",
    "bulk-resume.ts",
    "bulk-serverless.ts",
    "connect-number.ts",
    "demo.ts",
    "group.ts",
    "handle-errors.ts",
    "inspect-delivery.ts",
    "list-chats.ts",
    "receive-and-save.ts",
    "send-file.ts",
    "send-media.ts",
    "send-text.ts",
    "serverless-fetch-handler.ts",
    "use-emulator-in-tests.ts",
  ]);
});
