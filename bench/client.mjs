// `npm run bench`: the client against bare fetch, in one run, as ratios. Needs a build (`npm run build`).
import { fork } from "node:child_process";
import { once } from "node:events";
import http from "node:http";
import { Wasend } from "@wasend/sdk";
import ky from "ky";
import { compare, processTimes, quartiles, text } from "./measure.mjs";
import { sizes, sizeTable } from "./sizes.mjs";

const server = fork(new URL("./server.mjs", import.meta.url));
const [port] = await once(server, "message");
const url = `http://127.0.0.1:${port}`;
const headers = {
  "content-type": "application/json",
  accept: "application/json",
  authorization: "Bearer key",
};
const message = { to: "+14155550123", text: "Hello from the bench, a message of a usual length." };
const body = () => JSON.stringify({ session: "sess_bench", ...message });

const onNode = new Wasend({ apiKey: "key", baseUrl: url, session: "sess_bench" });
const onFetch = onNode.withOptions({ fetch: (address, init) => globalThis.fetch(address, init) });
const agent = new http.Agent({ keepAlive: true });

const bareFetch = async () => {
  const response = await fetch(`${url}/sendText`, { method: "POST", headers, body: body() });
  return JSON.parse(await response.text());
};
const bareKy = async () => {
  const options = { method: "POST", headers, body: body(), retry: 0, timeout: false, throwHttpErrors: false };
  const response = await ky(`${url}/sendText`, options);
  return JSON.parse(await response.text());
};
const bareHttp = () =>
  new Promise((resolve, reject) => {
    const request = http.request(`${url}/sendText`, { method: "POST", headers, agent }, (response) => {
      let reply = "";
      response.setEncoding("utf8");
      response.on("data", (chunk) => {
        reply += chunk;
      });
      response.on("end", () => resolve(JSON.parse(reply)));
    });
    request.on("error", reject);
    request.end(body());
  });

const contenders = {
  "bare fetch": bareFetch,
  "bare fetch again (A/A)": () => bareFetch(),
  "bare ky": bareKy,
  "bare node:http": bareHttp,
  "sendText on node:http": () => onNode.messages.sendText(message),
  "sendText on fetch": () => onFetch.messages.sendText(message),
};

for (const [title, options] of [
  ["64 at once", { rounds: 15, calls: 1_500, atOnce: 64 }],
  ["one after the other", { rounds: 11, calls: 400, atOnce: 1 }],
]) {
  const results = await compare(contenders, options);
  console.log(
    `\n${title}: against bare fetch, median [quartiles] of ${options.rounds} rounds of ${options.calls} calls`,
  );
  console.table(
    Object.fromEntries(
      Object.entries(results).map(([name, { cpu, perSecond, us }]) => [
        name,
        { "user CPU": text(cpu), "calls/s": text(perSecond), "user µs per call": us.median.toFixed(0) },
      ]),
    ),
  );
  const onKy = results["sendText on fetch"].cpu.median / results["bare ky"].cpu.median;
  console.log(`sendText on fetch against bare ky, user CPU: ${onKy.toFixed(2)}`);
}

globalThis.gc?.();
const before = process.memoryUsage().heapUsed;
const CALLS = 20_000;
for (let call = 0; call < CALLS; call += 64) {
  await Promise.all(Array.from({ length: 64 }, () => onNode.messages.sendText(message)));
}
globalThis.gc?.();
const kept = (process.memoryUsage().heapUsed - before) / CALLS;
console.log(`\nheap kept per call after ${CALLS} calls: ${kept.toFixed(1)} bytes`);
server.disconnect();

const root = new URL("..", import.meta.url);
const times = processTimes(
  {
    bare: ["-e", "0"],
    require: ["-e", "require('@wasend/sdk')"],
    "bare, ESM": ["--input-type=module", "-e", "0"],
    import: ["--input-type=module", "-e", "import '@wasend/sdk'"],
    "require webhooks": ["-e", "require('@wasend/sdk/webhooks')"],
  },
  15,
  root,
);
const above = (name, base) => quartiles(times[name].map((ms, index) => ms - times[base][index]));
console.log("\nloading, milliseconds above a bare Node of the same turn, median [quartiles] of 15 processes");
console.table({
  "import @wasend/sdk": text(above("import", "bare, ESM"), 1),
  "require @wasend/sdk": text(above("require", "bare"), 1),
  "require @wasend/sdk/webhooks": text(above("require webhooks", "bare"), 1),
});

console.log("\nbundled for the edge, kB minified and gzipped");
console.table(sizeTable(await sizes()));
