import { spawn } from "node:child_process";
import { copyFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { createEmulator } from "@wasend/sdk/emulator";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { install, remove, run } from "../package/installed.js";
import { type ClosingServer, startClosingServer } from "./closing-server.js";

const here = import.meta.dirname;
const bin = (name: string) => join(here, "node_modules/.bin", name);
const node = (major: number) => join(here, `node_modules/node${major}/bin/node`);

const emulator = createEmulator();
let api: { url: string; close(): Promise<void> };
let closing: ClosingServer;
let folder: string;
let argument: string;

beforeAll(async () => {
  api = await emulator.listen(0);
  closing = await startClosingServer();
  folder = install({ type: "module" });
  for (const file of ["smoke.mjs", "run.mjs", "run.cjs", "worker.mjs"])
    copyFileSync(join(here, file), join(folder, file));
  argument = JSON.stringify({
    baseUrl: api.url,
    apiKey: emulator.apiKey,
    session: emulator.session,
    closingUrl: closing.url,
    deadUrl: `http://127.0.0.1:${await freePort()}`,
  });
});

afterAll(async () => {
  await api.close();
  await closing.close();
  remove(folder);
});

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

/** Asynchronous: the servers that the program talks to live in this process. */
function output(program: string, args: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: folder, env: { ...process.env, NO_COLOR: "1" } });
    let printed = "";
    let complaints = "";
    child.stdout.on("data", (chunk) => {
      printed += chunk;
    });
    child.stderr.on("data", (chunk) => {
      complaints += chunk;
    });
    child.on("error", reject);
    child.on("close", (code) =>
      code === 0 ? resolve(printed) : reject(new Error(`exit ${code}: ${complaints}`)),
    );
  });
}

function check(results: Record<string, unknown>, proof: "handed" | "codes" | "none"): void {
  expect(results).toMatchObject({
    sent: { hasId: true, status: 201, attempts: 1 },
    listed: ["14155550123@c.us"],
    error: { name: "NotFoundError", outcome: "rejected", ours: true },
    invalid: { name: "ValidationError", field: "to" },
    aborted: { name: "AbortedError", cause: "enough" },
    dead: { name: "ConnectionError", outcome: proof === "none" ? "unknown" : "not_sent" },
    late: { name: "TimeoutError", outcome: "unknown", cause: "AbortError" },
  });
  expect(results.webhooks).toEqual({
    statuses: [200, 200, 401],
    handled: 1,
    forged: "mismatch",
    oneClass: true,
  });
  expect(results.outcomes).toHaveLength(10);
  for (const outcome of results.outcomes as string[]) expect(["sent", "unknown"]).toContain(outcome);
  const counts = [...closing.deliveries.values()];
  expect(counts).toHaveLength(10);
  expect(Math.max(...counts), "a message was delivered twice").toBe(1);
  expect(emulator.inbox("+14155550123").filter(({ text }) => text === "never").length).toBeLessThanOrEqual(1);
}

const programs: [string, string, string[]][] = [
  ["Node 20 or the one that runs the tests, import", process.execPath, ["run.mjs"]],
  ["Node 20 or the one that runs the tests, require", process.execPath, ["run.cjs"]],
  ["Node 22, import", node(22), ["run.mjs"]],
  ["Node 22, require", node(22), ["run.cjs"]],
  ["Node 24, import", node(24), ["run.mjs"]],
  ["Node 24, require", node(24), ["run.cjs"]],
  ["Node 26, import", node(26), ["run.mjs"]],
  ["Node 26, require", node(26), ["run.cjs"]],
  ["Bun, import", bin("bun"), ["run.mjs"]],
  ["Bun, require", bin("bun"), ["run.cjs"]],
  [
    "Deno, import",
    bin("deno"),
    ["run", "--allow-net", "--allow-env", "--allow-read", "--node-modules-dir=manual", "run.mjs"],
  ],
  [
    "Deno without leave to read the environment",
    bin("deno"),
    ["run", "--allow-net", "--allow-read", "--node-modules-dir=manual", "--no-prompt", "run.mjs"],
  ],
];

describe("the same smoke test on every runtime", () => {
  it.each(programs)("%s", async (_name, program, args) => {
    closing.deliveries.clear();
    check(JSON.parse(await output(program, [...args, argument])), "handed");
  });

  it("workerd", async () => {
    closing.deliveries.clear();
    const conditions = "--conditions=workerd,worker,browser";
    run(
      bin("esbuild"),
      ["worker.mjs", "--bundle", "--format=esm", conditions, "--outfile=worker.bundle.mjs"],
      folder,
    );
    const port = await freePort();
    writeFileSync(
      join(folder, "config.capnp"),
      `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    ( name = "main", worker = ( modules = [ ( name = "worker", esModule = embed "worker.bundle.mjs" ) ], compatibilityDate = "2025-01-01" ) ),
    ( name = "internet", network = ( allow = ["private", "local"] ) )
  ],
  sockets = [ ( name = "http", address = "127.0.0.1:${port}", http = (), service = "main" ) ]
);
`,
    );
    const server = spawn(bin("workerd"), ["serve", "config.capnp"], { cwd: folder, stdio: "inherit" });
    try {
      const response = await ask(`http://127.0.0.1:${port}`);
      expect(response.status, await response.clone().text()).toBe(200);
      check((await response.json()) as Record<string, unknown>, "none");
    } finally {
      server.kill();
    }
  });
});

/** workerd takes a moment to listen, and says nothing when it does. */
async function ask(url: string): Promise<Response> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await fetch(url, { method: "POST", body: argument });
    } catch (error) {
      if (tries > 100) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
