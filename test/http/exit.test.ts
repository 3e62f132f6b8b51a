import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Fault, FaultServer, good } from "./fault-server.js";
import * as faults from "./faults.js";
import { TRANSPORTS } from "./support.js";

const at = (path: string) => fileURLToPath(new URL(`../../src/${path}`, import.meta.url));
let folder: string;
let client: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "wasend-exit-"));
  client = join(folder, "client.mjs");
  await build({
    entryPoints: [at("index.ts")],
    outfile: client,
    bundle: true,
    platform: "node",
    format: "esm",
    plugins: [
      {
        name: "platform",
        setup({ onResolve }) {
          onResolve({ filter: /^#/ }, ({ path }) => {
            const name = path.slice(1);
            return { path: at(`platform/${name === "platform" ? "node" : `${name}-node`}.ts`) };
          });
        },
      },
    ],
  });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A program that makes one call in each way and has nothing else to do. */
const PROGRAM = `
const [, url, transport] = process.argv;
const { Wasend } = await import(process.env.CLIENT);
const options = { apiKey: "key", baseUrl: url, session: "s", logLevel: "off", deadline: 60_000, maxRetries: 1,
  ...(transport === "fetch" && { fetch: (url, init) => fetch(url, init) }) };
const wasend = new Wasend(options);
const send = (options) => wasend.messages.sendText({ to: "+14155550123", text: "Hello" }, options);
const controller = new AbortController();
setTimeout(() => controller.abort(), 60);
const ends = await Promise.allSettled([
  send({ timeout: 80 }), wasend.numbers.get("s", { timeout: 80, maxRetries: 0 }), send({ signal: controller.signal }),
  send({ deadline: 90 }), wasend.withOptions({ rateLimit: { perMinute: 1 } }).numbers.get("s", { timeout: 80, maxRetries: 0 }),
]);
const at = performance.now();
process.on("exit", () => console.log(JSON.stringify({
  ends: ends.map(({ status, reason }) => status === "fulfilled" ? "resolved" : reason.name), lingeredMs: Math.round(performance.now() - at) })));
`;

function run(
  url: string,
  transport: string,
): Promise<{ code: number | null; ends: string[]; lingeredMs: number }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ["--input-type=module", "-e", PROGRAM, "--", url, transport], {
      env: { ...process.env, CLIENT: client },
    });
    let out = "";
    let wrong = "";
    child.stdout.on("data", (text) => {
      out += text;
    });
    child.stderr.on("data", (text) => {
      wrong += text;
    });
    child.on("error", reject);
    child.on("close", (code) =>
      out === "" || wrong !== ""
        ? reject(new Error(`${code}: ${wrong}`))
        : resolve({ code, ...JSON.parse(out) }),
    );
  });
}

const FAULTS: [string, Fault][] = [
  ["success", good],
  ["silence", faults.silent],
  ["a body that dribbles", faults.dribble],
  ["a long 429", faults.tooMany({ "retry-after": "3600" })],
  ["a reset", faults.resetAfterRead],
];

describe.each(TRANSPORTS)("a program ends by itself over %s", (transport) => {
  it.concurrent.each(FAULTS)(
    "after %s",
    async (_, fault) => {
      const server = await FaultServer.start({ fault });
      try {
        const { code, ends, lingeredMs } = await run(server.url, transport);
        expect(ends).toHaveLength(5);
        expect(code).toBe(0);
        expect(lingeredMs).toBeLessThan(2_000);
      } finally {
        await server.close();
      }
    },
    20_000,
  );
});
