import { type Logger, NumberNotReadyError, type WasendError } from "@wasend/sdk";
import { createEmulator } from "@wasend/sdk/emulator";
import { describe, expect, it, vi } from "vitest";
import { client, type MockReply, mockServer, type Seen } from "./mock-server.js";

const server = mockServer();
const state = (status: string): MockReply => ({ json: { uniqueSessionId: "sess_9", status } });
const code = (data: string): MockReply => ({ json: { data } });

/** A number that goes through these looks, and QR codes that come one after the other; the last of each stays. */
function number(states: MockReply[], codes: MockReply[] = [{ status: 404, json: { message: "not yet" } }]) {
  const next = (list: MockReply[]) => (list.length > 1 ? list.shift() : list[0]) as MockReply;
  server.answers((request: Seen) => next(request.target.endsWith("/auth/qr") ? codes : states));
}

const wait = (params = {}, options = {}, wasend = client()) =>
  wasend.numbers.waitUntilReady("sess_9", { pollMs: 1, ...params }, { deadline: 5_000, ...options });

async function failure(call: Promise<unknown>): Promise<WasendError> {
  return call.then(
    () => Promise.reject(new Error("it did not fail")),
    (error: WasendError) => error,
  );
}

describe("waitUntilReady", () => {
  it.each(["CONNECTED", "WORKING", "working"])("gives the number once it is %s", async (status) => {
    number([state("STARTING"), state("SCAN_QR_CODE"), state("SOMETHING_NEW"), state(status)]);
    expect(await wait()).toEqual({
      uniqueSessionId: "sess_9",
      session: "sess_9",
      sessionName: "",
      phoneNumber: "",
      status,
      state: "ready",
    });
    // It only watches, and asks for no code that nobody would see.
    expect(server.seen.map(({ method, target }) => `${method} ${target}`)).toEqual(
      Array(4).fill("GET /sessions/sess_9"),
    );
  });

  it("hands out each new code once", async () => {
    number(
      [...Array(6).fill(state("SCAN_QR_CODE")), state("WORKING")],
      [code("a"), code("a"), code("b"), code("b"), code("c"), code("c")],
    );
    const codes: string[] = [];
    await wait({ onQr: (qr: string) => codes.push(qr) });
    expect(codes).toEqual(["a", "b", "c"]);
  });

  it("takes errors of the code for not yet", async () => {
    number(
      [...Array(7).fill(state("STARTING")), state("WORKING")],
      [
        { status: 404, json: { message: "no code" } },
        { status: 422, json: { error: "not ready", session: "sess_9", status: "STARTING" } },
        { status: 500 },
        { broken: true },
        { json: {} },
        { json: { data: "" } },
        code("a"),
      ],
    );
    const codes: string[] = [];
    await wait({ onQr: (qr: string) => codes.push(qr) });
    expect(codes).toEqual(["a"]);
  });

  it("is not ended by what passes", async () => {
    number([
      { status: 500 },
      { status: 503 },
      { broken: true },
      { status: 429, headers: { "retry-after": "0" } },
      state("WORKING"),
    ]);
    const call = wait();
    expect((await call).state).toBe("ready");
    expect(server.seen).toHaveLength(5);
  });

  it.each([
    [401, "AuthenticationError"],
    [403, "PermissionError"],
    [404, "NotFoundError"],
  ])("is ended by a %i", async (status, name) => {
    number([{ status, json: { message: "no" } }]);
    expect((await failure(wait())).name).toBe(name);
    expect(server.seen).toHaveLength(1);
  });

  it.each(["FAILED", "ERROR"])("ends when the number is %s", async (status) => {
    number([state("STARTING"), state(status)]);
    const error = await failure(wait());
    expect(error).toBeInstanceOf(NumberNotReadyError);
    expect(error).toMatchObject({ state: status, message: expect.stringContaining("numbers.restart") });
  });

  it("ends at its deadline, and says how far it got", async () => {
    number([state("STOPPED")]);
    const error = await failure(wait({}, { deadline: 60 }));
    expect(error).toMatchObject({ name: "TimeoutError", scope: "deadline", ms: 60, outcome: "not_sent" });
    expect(error.message).toMatch(/it is STOPPED\. Start it with numbers\.start/);
  });

  it("ends at a deadline that is a moment", async () => {
    number([{ status: 500 }]);
    const error = await failure(wait({}, { deadline: new Date(Date.now() + 60) }));
    expect(error).toMatchObject({
      name: "TimeoutError",
      message: expect.stringContaining("could not be looked up"),
    });
  });

  it("ends at its signal, between two looks and before the first", async () => {
    number([state("STARTING")]);
    const controller = new AbortController();
    const call = failure(wait({ pollMs: 60_000 }, { signal: controller.signal }));
    await vi.waitFor(() => expect(server.seen).toHaveLength(1));
    controller.abort(new Error("enough"));
    expect(await call).toMatchObject({
      name: "AbortedError",
      outcome: "not_sent",
      cause: { message: "enough" },
    });
    expect(await failure(wait({}, { signal: AbortSignal.abort() }))).toMatchObject({ name: "AbortedError" });
    expect(server.seen).toHaveLength(1);
  });

  it.each([
    [
      "throws",
      () => {
        throw new TypeError("no terminal on +14155550123");
      },
    ],
    ["rejects", () => Promise.reject(new TypeError("no terminal on +14155550123"))],
  ])("goes on when onQr %s, and says so in the log", async (_how, onQr) => {
    number([...Array(3).fill(state("SCAN_QR_CODE")), state("WORKING")], [code("a"), code("b")]);
    const warn = vi.fn<Logger["warn"]>();
    const logger = { warn, error() {}, info() {}, debug() {} };
    const wasend = client({ logger, logLevel: "warn" });
    expect((await wait({ onQr }, {}, wasend)).state).toBe("ready");
    expect(warn.mock.calls).toEqual([
      ["wasend: onQr of numbers.waitUntilReady failed: TypeError: no terminal on +…0123"],
      ["wasend: onQr of numbers.waitUntilReady failed: TypeError: no terminal on +…0123"],
    ]);
  });

  it.each(["/sessions/sess_9", "/sessions/sess_9/auth/qr"])("aborted during a look at %s", async (at) => {
    const controller = new AbortController();
    server.answers(async ({ target }) => {
      if (target !== at) return state("SCAN_QR_CODE");
      controller.abort(new Error("enough"));
      await new Promise((resolve) => setTimeout(resolve, 50));
      return { json: {} };
    });
    const error = await failure(wait({ onQr: () => {} }, { signal: controller.signal }));
    expect(error).toMatchObject({ name: "AbortedError", outcome: "not_sent", cause: { message: "enough" } });
    expect(error.message).toMatch(/^numbers\.waitUntilReady was aborted/);
  });

  it("does not wait for an onQr that never ends", async () => {
    number([state("SCAN_QR_CODE"), state("WORKING")], [code("a")]);
    expect((await wait({ onQr: () => new Promise(() => {}) })).state).toBe("ready");
  });

  it.each([
    [{ pollMs: -1 }, {}, "pollMs"],
    [{ pollMs: Number.NaN }, {}, "pollMs"],
    [{ pollMs: "5" }, {}, "pollMs"],
    [{ onQr: "draw" }, {}, "onQr"],
    [{}, { deadline: Number.NaN }, "deadline"],
    [{}, { deadline: new Date("never") }, "deadline"],
  ])("refuses %j, %j for its %s", async (params, options, field) => {
    expect(await failure(wait(params, options))).toMatchObject({ issues: [{ path: field }] });
    expect(server.seen).toHaveLength(0);
  });

  it.each(["sdk", "docs"] as const)(
    "connects a number of the emulator in the %s dialect",
    async (dialect) => {
      const emulator = createEmulator({ dialect, stepMs: 2 });
      const wasend = client({ apiKey: emulator.apiKey, fetch: emulator.fetch });
      const { session } = await wasend.numbers.create({ sessionName: "sales", phoneNumber: "+14155550177" });
      await wasend.numbers.start(session);
      const codes: string[] = [];
      const ready = await wasend.numbers.waitUntilReady(session, { pollMs: 1, onQr: (qr) => codes.push(qr) });
      expect(ready).toMatchObject({ session, state: "ready", phoneNumber: "+14155550177" });
      expect(codes).toHaveLength(1);
      expect(emulator.problems).toEqual([]);
    },
  );
});
