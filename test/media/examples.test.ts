import { mkdtemp, readdir, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createEmulator } from "../../src/emulator.js";
import { fixture } from "./support.js";

const to = "+14155550123";
const secret = "a long random secret";
const path = (file: string) => fileURLToPath(new URL(`../fixtures/media/${file}`, import.meta.url));
const logs: string[] = [];
let handler: (request: Request) => Promise<Response>;
const emulator = createEmulator({
  webhook: {
    url: "https://shop.example.com/hook",
    secret,
    fetch: (request) => handler(request),
  },
});
let close: () => Promise<void>;

beforeEach(async () => {
  const server = await emulator.listen();
  close = server.close;
  vi.stubEnv("WASEND_API_KEY", emulator.apiKey);
  vi.stubEnv("WASEND_SESSION", emulator.session);
  vi.stubEnv("WASEND_BASE_URL", server.url);
  vi.stubEnv("WASEND_WEBHOOK_SECRET", secret);
  vi.spyOn(console, "log").mockImplementation((line: string) => void logs.push(line));
});

afterEach(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  vi.resetModules();
  await close();
  logs.length = 0;
});

it.each([
  ["photo.jpg", "image", "image"],
  ["voice.ogg", "voice", "ptt"],
  ["song.mp3", "file", "document"],
])("send-file with %s", async (file, sentAs, type) => {
  vi.stubEnv("FILE", path(file));
  await import("../../examples/send-file.js");
  expect(logs[0]).toContain(`went as ${sentAs}.`);
  expect(emulator.inbox(to).at(-1)?.type).toBe(type);
});

it("receive-and-save", async () => {
  const folder = await mkdtemp(join(tmpdir(), "wasend-example-"));
  vi.stubEnv("FOLDER", folder);
  handler = (await import("../../examples/receive-and-save.js")).POST;
  await emulator.receive({ from: to, media: { data: fixture("letter.pdf"), fileName: "../letter.pdf" } });
  await emulator.receive({ from: to, media: { data: fixture("voice.ogg") } });
  await expect.poll(() => readdir(folder)).toHaveLength(2);
  expect(new Uint8Array(await readFile(join(folder, "letter.pdf")))).toEqual(fixture("letter.pdf"));
});
