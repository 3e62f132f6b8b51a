// Memory and time of sending 32 MB, against the built package: npm run build && node --expose-gc bench/media.mjs
// Prints one JSON line: peak of resident memory above idle while a document is sent from a path (MB), and the time of
// encoding and sending it, as a ratio to a bare fetch of the same ready-made JSON in the same run.
import { fork } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import http from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const MB = 1_024 * 1_024;
const SIZE = 32 * MB;
const ROUNDS = Number(process.env.ROUNDS ?? 9);
const to = "+14155550123";

if (process.argv[2] === "server") await serve();
else if (process.argv[2] === "memory") await memory(process.argv[3], process.argv[4]);
else await main();

/** The emulator, in a process of its own, so that its memory and time are not the client's. */
async function serve() {
  const { createEmulator } = await import("@wasend/sdk/emulator");
  const emulator = createEmulator({ acks: "manual" });
  const { url } = await emulator.listen();
  // Else 43 MB stay for each message.
  http
    .createServer((_, response) => {
      emulator.reset();
      response.end();
    })
    .listen(0, "127.0.0.1", function () {
      process.send({ url, apiKey: emulator.apiKey, session: emulator.session, reset: this.address().port });
    });
}

async function started() {
  const child = fork(fileURLToPath(import.meta.url), ["server"]);
  const server = await new Promise((resolve) => child.once("message", resolve));
  return { server, stop: () => child.kill() };
}

async function client(server) {
  const { Wasend } = await import("@wasend/sdk");
  return new Wasend({ apiKey: server.apiKey, baseUrl: server.url, session: server.session, maxRetries: 0 });
}

/** In a fresh process: what an idle client takes, and the most while it sends. */
async function memory(path, json) {
  const server = JSON.parse(json);
  const wasend = await client(server);
  const { fileFromPath } = await import("@wasend/sdk/node");
  await wasend.media.send({ to, data: new TextEncoder().encode("warm"), fileName: "warm.txt" });
  globalThis.gc?.();
  await new Promise((resolve) => setTimeout(resolve, 200));
  const idle = process.memoryUsage.rss();
  let peak = idle;
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, 1);
  await wasend.media.send({ to, data: fileFromPath(path) });
  clearInterval(watch);
  // The kernel's own high-water mark sees what a timer misses.
  const highest = process.resourceUsage().maxRSS * 1_024;
  console.log(JSON.stringify({ idle, peak: Math.max(peak, highest) }));
}

async function main() {
  const folder = await mkdtemp(join(tmpdir(), "wasend-bench-"));
  const path = join(folder, "large.bin");
  const bytes = randomBytes(SIZE);
  await writeFile(path, bytes);
  const { server, stop } = await started();
  try {
    const peak = await peakOf(path, server);
    const { fileFromPath } = await import("@wasend/sdk/node");
    const wasend = await client(server);
    const base64 = bytes.toString("base64");
    const fields = {
      session: server.session,
      to,
      fileName: "large.bin",
      mimeType: "application/octet-stream",
    };
    const body = JSON.stringify({ ...fields, data: base64 });
    const headers = { authorization: `Bearer ${server.apiKey}`, "content-type": "application/json" };
    const ways = {
      bare: async () => (await fetch(`${server.url}/sendFile`, { method: "POST", headers, body })).json(),
      path: () => wasend.messages.sendFile({ ...fields, data: fileFromPath(path) }),
      bytes: () => wasend.messages.sendFile({ ...fields, data: bytes }),
      base64: () => wasend.messages.sendFile({ ...fields, data: base64 }),
      mediaSend: () => wasend.media.send({ to, data: fileFromPath(path) }),
    };
    const times = Object.fromEntries(Object.keys(ways).map((name) => [name, []]));
    for (let round = 0; round < ROUNDS + 1; round += 1) {
      for (const [name, send] of Object.entries(ways)) {
        globalThis.gc?.();
        const startedAt = performance.now();
        const { id } = await send();
        if (typeof id !== "string") throw new Error(`${name} was not sent`);
        // The first round warms up.
        if (round > 0) times[name].push(performance.now() - startedAt);
        await fetch(`http://127.0.0.1:${server.reset}/`);
      }
    }
    const ms = Object.fromEntries(Object.entries(times).map(([name, list]) => [name, median(list)]));
    const ratio = Object.fromEntries(
      Object.entries(ms).map(([name, value]) => [name, Number((value / ms.bare).toFixed(2))]),
    );
    console.log(JSON.stringify({ peakAboveIdleMB: peak, allowedMB: 96, ms, ratio, allowedRatio: 1.3 }));
  } finally {
    stop();
    await rm(folder, { recursive: true });
  }
}

async function peakOf(path, server) {
  const child = fork(fileURLToPath(import.meta.url), ["memory", path, JSON.stringify(server)], {
    execArgv: ["--expose-gc"],
    silent: true,
  });
  let text = "";
  child.stdout.on("data", (chunk) => {
    text += chunk;
  });
  child.stderr.pipe(process.stderr);
  await new Promise((resolve) => child.once("exit", resolve));
  const { idle, peak } = JSON.parse(text);
  return Math.round((peak - idle) / MB);
}

function median(list) {
  return Math.round(list.toSorted((a, b) => a - b)[list.length >> 1] ?? 0);
}
