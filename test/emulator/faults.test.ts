import { Agent, request as httpRequest } from "node:http";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { caller, until, world } from "./support.js";

const to = "+14155550123";

/** The same tests in one process and over a real socket. */
describe.each(["fetch", "socket"])("faults by %s", (way) => {
  let made: ReturnType<typeof world>;
  let ask: ReturnType<typeof caller>;
  let close = async () => {};
  let base = "https://api.wasend.dev";

  beforeEach(async () => {
    made = world({ acks: "manual" });
    ask = made.ask;
    if (way === "fetch") return;
    const listening = await made.emulator.listen(0);
    close = listening.close;
    base = listening.url;
    ask = caller(fetch, base, made.emulator.apiKey);
  });
  afterEach(() => close());

  const send = (init?: RequestInit) =>
    ask("POST", "/sendText", { session: made.session, to, text: "Hello" }, init);
  const effects = () => made.emulator.inbox(to).length;
  const asked = () => made.emulator.requests.length;

  it("a status answers the next n, and nothing is sent", async () => {
    made.emulator.faults.next(2, { status: 429, retryAfter: 7 });
    const replies = [await send(), await send(), await send()];
    expect(replies.map(({ status }) => status)).toEqual([429, 429, 201]);
    expect(replies.map(({ headers }) => headers.get("retry-after"))).toEqual(["7", "7", null]);
    expect([asked(), effects()]).toEqual([3, 1]);
    expect(made.emulator.requests.map(({ status }) => status)).toEqual([429, 429, 201]);
  });

  it("a status after the fact has sent", async () => {
    made.emulator.faults.next(1, { status: 500, effect: "after" });
    expect((await send()).status).toBe(500);
    expect([asked(), effects()]).toEqual([1, 1]);
  });

  it("a reset before has no effect", async () => {
    made.emulator.faults.next(1, { reset: "before" });
    await expect(send()).rejects.toMatchObject({
      name: "TypeError",
      message: "fetch failed",
      cause: { code: "ECONNRESET" },
    });
    expect([asked(), effects()]).toEqual([1, 0]);
    expect(made.emulator.requests[0]?.status).toBeNull();
  });

  it("a reset after has its effect", async () => {
    made.emulator.faults.next(1, { reset: "after" });
    await expect(send()).rejects.toMatchObject({ cause: { code: "ECONNRESET" } });
    expect([asked(), effects()]).toEqual([1, 1]);
  });

  it("a cut body comes with its status and half its bytes", async () => {
    made.emulator.faults.next(1, { cutBody: true });
    const fetcher = way === "fetch" ? made.emulator.fetch : fetch;
    let status = 0;
    const looking: typeof fetch = async (input, init) => {
      const response = await fetcher(input, init);
      status = response.status;
      return response;
    };
    const cut = caller(looking, base, made.emulator.apiKey);
    await expect(cut("POST", "/sendText", { session: made.session, to, text: "Hello" })).rejects.toThrow(
      "terminated",
    );
    expect(status).toBe(201);
    expect([asked(), effects()]).toEqual([1, 1]);
  });

  it("a cut empty body dies all the same", async () => {
    made.emulator.faults.next(1, { cutBody: true });
    await expect(ask("POST", "/startTyping", { session: made.session, to })).rejects.toThrow();
    expect(made.emulator.numbers[0]?.typingTo).toHaveLength(1);
  });

  it("a delay alone is a late answer to what was done", async () => {
    made.emulator.faults.next(1, { delayMs: 30 });
    const began = performance.now();
    const sending = send();
    expect((await sending).status).toBe(201);
    expect(performance.now() - began).toBeGreaterThanOrEqual(28);
    expect(effects()).toBe(1);
  });

  it.each([
    ["after", 1],
    ["before", 0],
  ] as const)("nobody waits for a delayed answer whose effect comes %s", async (effect, count) => {
    made.emulator.faults.next({ delayMs: 60_000, effect });
    const patience = new AbortController();
    const sending = send({ signal: patience.signal });
    await until(() => asked() === 1);
    patience.abort();
    await expect(sending).rejects.toMatchObject({ name: "AbortError" });
    expect(effects()).toBe(count);
  });

  it("a delay combines with a status", async () => {
    made.emulator.faults.next(1, { delayMs: 20, status: 503 });
    const began = performance.now();
    expect((await send()).status).toBe(503);
    expect(performance.now() - began).toBeGreaterThanOrEqual(18);
    expect(effects()).toBe(0);
  });

  it("a proxy's page is HTML", async () => {
    made.emulator.faults.next(1, { html: 502 });
    const reply = await send();
    expect([reply.status, reply.headers.get("content-type")]).toEqual([502, "text/html"]);
    expect(reply.text).toContain("502 Bad Gateway");
    expect(effects()).toBe(0);
  });

  it("a timelock is the engine's 500", async () => {
    made.emulator.faults.next(1, { timelock: true });
    const reply = await send();
    expect(reply).toMatchObject({
      status: 500,
      body: {
        exception: { message: "2 UNKNOWN: server returned error 463" },
        request: { path: "/sendText" },
      },
    });
    expect(effects()).toBe(0);
  });

  it("status, headers and body are free to choose", async () => {
    made.emulator.faults.next(1, {
      status: 200,
      headers: { "X-Request-Id": "r1" },
      body: { success: false },
    });
    const reply = await send();
    expect([reply.status, reply.headers.get("x-request-id"), reply.body]).toEqual([
      200,
      "r1",
      { success: false },
    ]);
    made.emulator.faults.next(1, { status: 204 });
    expect(await send()).toMatchObject({ status: 204, text: "" });
    made.emulator.faults.next(1, { body: "not json", headers: { "content-type": "application/json" } });
    expect(await send()).toMatchObject({ status: 201, text: "not json" });
    expect(effects()).toBe(1);
  });

  it("wait for the requests they match", async () => {
    made.emulator.faults.next(1, { status: 503, match: { method: "post", path: "/sendText" } });
    made.emulator.faults.next({ status: 502, times: 2, match: { path: /^\/sess/ } });
    expect((await ask("GET", "/account")).status).toBe(200);
    expect((await ask("GET", "/sessions")).status).toBe(502);
    expect((await send()).status).toBe(503);
    expect((await send()).status).toBe(201);
    made.emulator.faults.clear();
    expect((await ask("GET", "/sessions")).status).toBe(200);
    made.emulator.faults.next({ status: 504, match: { path: "/sessions/{sessionId}" } });
    expect((await ask("GET", `/sessions/${made.session}`)).status).toBe(504);
  });
});

it("a fault's status must be one that can be answered", () => {
  const { emulator } = world();
  for (const status of [0, 101, 600, 200.5]) {
    expect(() => emulator.faults.next(1, { status })).toThrow(RangeError);
  }
});

describe("over HTTP", () => {
  it("keeps connections alive and closes them at the end", async () => {
    const { emulator } = world();
    const { url, close } = await emulator.listen();
    expect(new URL(url).hostname).toBe("127.0.0.1");
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const ports: (number | undefined)[] = [];
    const get = () =>
      new Promise<void>((resolve, reject) => {
        const headers = { authorization: `Bearer ${emulator.apiKey}` };
        const asking = httpRequest(`${url}/account`, { agent, headers }, (response) => {
          ports.push(response.socket.localPort);
          response.resume().once("end", resolve);
        });
        asking.once("error", reject).end();
      });
    await get();
    await get();
    expect(ports[0]).toBe(ports[1]);
    await close();
    await expect(get()).rejects.toThrow();
    agent.destroy();
  });

  it("cuts requests that are still open when it closes", async () => {
    const { emulator } = world();
    const { url, close } = await emulator.listen(0);
    emulator.faults.next({ delayMs: 60_000 });
    const asking = caller(fetch, url, emulator.apiKey)("GET", "/account");
    const failing = expect(asking).rejects.toThrow("fetch failed");
    await until(() => emulator.requests.length === 1);
    await close();
    await failing;
  });

  it("shares its state with fetch", async () => {
    const { emulator, ask, session } = world();
    const { url, close } = await emulator.listen(0);
    await caller(fetch, url, emulator.apiKey)("POST", "/sendText", { session, to, text: "Hello" });
    expect((await ask("GET", `/${session}/chats`)).body).toHaveLength(1);
    await close();
  });
});
