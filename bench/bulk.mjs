// What a campaign costs beside the requests it makes: user CPU per recipient without a pace, against a bare loop of
// messages.sendText at the same concurrency. Every measurement is a process of its own, and the server another one.
//
//   node bench/bulk.mjs [recipients] [rounds]

import { fork, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const RECIPIENTS = Number(process.argv[2] ?? 10_000);
const ROUNDS = Number(process.argv[3] ?? 5);
const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "wasend-bench-"));

const sources = {
  name: "sources",
  setup({ onResolve }) {
    onResolve({ filter: /^#(platform|crypto)$/ }, ({ path }) => ({
      path: at(path === "#platform" ? "../src/platform/node.ts" : "../src/platform/crypto-node.ts"),
    }));
  },
};

await build({
  entryPoints: { worker: at("./bulk-worker.ts"), server: at("./bulk-server.ts") },
  outdir: folder,
  outExtension: { ".js": ".mjs" },
  bundle: true,
  platform: "node",
  format: "esm",
  logLevel: "error",
  plugins: [sources],
});

const server = fork(join(folder, "server.mjs"));
const { url, apiKey, session } = await new Promise((resolve) => server.once("message", resolve));

function measure(mode) {
  const env = {
    ...process.env,
    MODE: mode,
    BASE_URL: url,
    API_KEY: apiKey,
    SESSION: session,
    FOLDER: folder,
  };
  const run = spawnSync(process.execPath, [join(folder, "worker.mjs"), String(RECIPIENTS)], {
    env,
    encoding: "utf8",
  });
  if (run.status !== 0) throw new Error(run.stderr);
  return JSON.parse(run.stdout);
}

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];
const results = { bare: [], memory: [], file: [] };
try {
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const mode of Object.keys(results)) results[mode].push(measure(mode));
  }
} finally {
  server.kill();
  rmSync(folder, { recursive: true });
}
const user = (mode) => median(results[mode].map(({ userMs }) => userMs)) / RECIPIENTS;
for (const mode of Object.keys(results)) {
  const wall = median(results[mode].map(({ wallMs }) => wallMs));
  const share = (user(mode) / user("bare")).toFixed(3);
  console.log(
    `${mode.padEnd(7)} ${(user(mode) * 1_000).toFixed(1)} µs user CPU each (${share}×), ${Math.round(wall)} ms`,
  );
}
