import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type RequestOptions, Wasend } from "@wasend/sdk";
import { createEmulator, type Fault } from "@wasend/sdk/emulator";
import { expect, it } from "vitest";
import { tableRows } from "./markdown.js";

const emulator = createEmulator();
const bare = (cell = "") => cell.replaceAll("`", "");

/** A send whose first request meets a fault. */
async function meets(fault: Fault, options?: RequestOptions): Promise<unknown> {
  emulator.reset();
  emulator.faults.next(fault);
  const { url, close } = await emulator.listen();
  const error = await send(url, options);
  await close();
  return error;
}

function send(baseUrl: string, options?: RequestOptions, to = "+14155550123"): Promise<unknown> {
  const { apiKey, session } = emulator;
  const call = new Wasend({ apiKey, session, baseUrl }).messages.sendText({ to, text: "hi" }, options);
  return call.then(
    () => "no error",
    (error: unknown) => error,
  );
}

/** An address where nobody listens. */
async function deadAddress(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}

/** By the first cell of the table's row. What cannot be made here is held to the tests of the transports. */
const failures: Readonly<Record<string, () => Promise<unknown>>> = {
  "Bad input": () => send("https://127.0.0.1", {}, "14155550123"),
  "DNS, connection refused, connect timeout, TLS": async () => send(await deadAddress(), { maxRetries: 0 }),
  "The connection broke before an answer": () => meets({ reset: "after" }),
  "timeout or deadline while an answer was awaited": () => meets({ delayMs: 500 }, { timeout: 100 }),
  "Your abort": () => send("https://127.0.0.1", { signal: AbortSignal.abort() }),
  "A 2xx whose body was cut": () => meets({ cutBody: true }),
  "A 2xx that is no JSON, or has no message id": () => meets({ status: 200, body: "<p>Done</p>" }),
  "A 2xx that says success: false": () => meets({ status: 200, body: { success: false, error: "no" } }),
  "A 500 with WhatsApp's error 463": () => meets({ timelock: true }),
  "A 422 that names the number's state": async () => {
    emulator.reset();
    emulator.setState(emulator.session, "stopped");
    const { url, close } = await emulator.listen();
    const error = await send(url);
    await close();
    return error;
  },
};

const rows = tableRows("docs/errors.md");
const start = rows.findIndex(([head]) => head === "Without a usable answer") + 2;
const described = new Map(rows.slice(start, start + 11).map(([what, ...rest]) => [bare(what), rest]));

it("describes each failure in docs/errors.md", () => {
  expect([...described.keys()]).toEqual(expect.arrayContaining(Object.keys(failures)));
  const unplayed = [...described.keys()].filter((what) => !(what in failures));
  expect(unplayed).toEqual(["timeout or deadline before a connection stood"]);
});

it.each(Object.entries(failures))("tells the truth about: %s", async (what, play) => {
  const [kind, outcome] = described.get(what) ?? [];
  const [, expected] = /^`(\w+)`/.exec(outcome ?? "") ?? [];
  expect(await play()).toMatchObject({ name: bare(kind), outcome: expected });
  expect(emulator.requests.length).toBeLessThanOrEqual(1);
});
