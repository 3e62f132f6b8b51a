import { AbortedError, TimeoutError, ValidationError, type WasendError } from "@wasend/sdk";
import { createEmulator } from "@wasend/sdk/emulator";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { client, mockServer, type Seen } from "./mock-server.js";
import { MESSAGE, PHONE as to } from "./row.js";

const server = mockServer();
const quick = { minTypingMs: 0, maxTypingMs: 0 };
const steps = () => server.seen.map(({ target }) => target);

/** Answers sends with a message, the steps with nothing, and the steps named here with a failure. */
function serve(failing: Record<string, { status?: number; broken?: boolean }> = {}) {
  server.answers((request: Seen) => failing[request.target] ?? { json: { id: MESSAGE } });
}

async function failure(call: Promise<unknown>): Promise<WasendError> {
  return call.then(
    () => Promise.reject(new Error("it did not fail")),
    (error: WasendError) => error,
  );
}

describe("sendWithTyping", () => {
  it("types, stops, sends, in this order, and marks as seen when asked to", async () => {
    serve();
    const sent = await client().messages.sendWithTyping({ to, text: "Hi" }, { ...quick, seen: "m1" });
    expect(sent.id).toBe(MESSAGE);
    expect(server.seen.map(({ target, body }) => [target, body])).toEqual([
      ["/sendSeen", { session: "sess_1", to, messageId: "m1" }],
      ["/startTyping", { session: "sess_1", to }],
      ["/stopTyping", { session: "sess_1", to }],
      ["/send", { session: "sess_1", to, text: "Hi" }],
    ]);
  });

  it("tells a watcher of the upload about the message only", async () => {
    serve();
    const seen: number[] = [];
    const onUploadProgress = ({ total }: { total: number }) => seen.push(total);
    await client().messages.sendWithTyping(
      { to, text: "Hi" },
      { ...quick, seen: "m1" },
      { onUploadProgress },
    );
    expect(seen).toEqual([JSON.stringify(server.seen.at(-1)?.body).length]);
  });

  it("leaves the seen step out when it was not asked for", async () => {
    serve();
    await client().messages.sendWithTyping({ to, text: "Hi", session: "sess_2" }, quick);
    expect(steps()).toEqual(["/startTyping", "/stopTyping", "/send"]);
    expect(server.seen.map(({ body }) => (body as { session: string }).session)).toEqual(
      Array(3).fill("sess_2"),
    );
  });

  it.each([{ status: 500 }, { status: 401 }, { status: 404 }, { broken: true }])(
    "sends although every step before fails with %j",
    async (reply) => {
      serve({ "/sendSeen": reply, "/startTyping": reply, "/stopTyping": reply });
      const sent = await client().messages.sendWithTyping({ to, text: "Hi" }, { ...quick, seen: "m1" });
      expect(sent.id).toBe(MESSAGE);
      expect(steps()).toEqual(["/sendSeen", "/startTyping", "/stopTyping", "/send"]);
    },
  );

  it.each([
    [400, "rejected"],
    [500, "unknown"],
    [503, "unknown"],
  ] as const)(
    "says of a send that fails with %i that it is %s, whatever the steps did",
    async (status, outcome) => {
      serve({ "/startTyping": { broken: true }, "/stopTyping": { status: 503 }, "/send": { status } });
      const error = await failure(client().messages.sendWithTyping({ to, text: "Hi" }, quick));
      expect(error).toMatchObject({ status, outcome, attempts: 1 });
      expect(steps().filter((target) => target === "/send")).toHaveLength(1);
    },
  );

  it.each([
    [{ to: "5", text: "Hi" }, {}, "to"],
    [{ to }, {}, "text"],
    [{ to, text: "Hi" }, { seen: "" }, "seen"],
    [{ to, text: "Hi" }, { minTypingMs: -1 }, "minTypingMs"],
    [{ to, text: "Hi" }, { maxTypingMs: Number.POSITIVE_INFINITY }, "maxTypingMs"],
    [{ to, text: "Hi" }, { maxTypingMs: "5" }, "maxTypingMs"],
    [{ to, text: "Hi" }, { minTypingMs: 5, maxTypingMs: 4 }, "minTypingMs"],
    [{ to, text: "Hi" }, { minTyping: 5 }, "typing"],
    [{ to, text: "Hi" }, null, "typing"],
  ])("refuses %j, %j before any network, for its %s", async (params, typing, field) => {
    const error = await failure(client().messages.sendWithTyping(params as never, typing as never));
    expect(error).toBeInstanceOf(ValidationError);
    expect((error as ValidationError).issues.map(({ path }) => path)).toEqual([field]);
    expect(server.seen).toHaveLength(0);
  });

  it("refuses wrong options before any network", async () => {
    const options = { timeout: 0, deadline: Number.NaN, maxRetries: 1.5 };
    const error = await failure(client().messages.sendWithTyping({ to, text: "Hi" }, quick, options));
    expect(error).toBeInstanceOf(ValidationError);
    expect(error.message).toMatch(/^messages\.sendWithTyping: "timeout".*"deadline".*"maxRetries"/);
    expect(server.seen).toHaveLength(0);
  });

  it("asks for nothing when it was aborted before it began", async () => {
    const options = { signal: AbortSignal.abort(new Error("changed my mind")) };
    const error = await failure(client().messages.sendWithTyping({ to, text: "Hi" }, quick, options));
    expect(error).toBeInstanceOf(AbortedError);
    expect(error).toMatchObject({ outcome: "not_sent", cause: { message: "changed my mind" } });
    expect(server.seen).toHaveLength(0);
  });

  it("stops typing and sends nothing when aborted while typing", async () => {
    serve();
    const controller = new AbortController();
    const call = client().messages.sendWithTyping({ to, text: "Hi" }, {}, { signal: controller.signal });
    await vi.waitFor(() => expect(steps()).toEqual(["/startTyping"]));
    controller.abort();
    expect(await failure(call)).toMatchObject({ name: "AbortedError", outcome: "not_sent" });
    expect(steps()).toEqual(["/startTyping", "/stopTyping"]);
  });

  it("stops typing and sends nothing when the deadline comes while typing", async () => {
    serve();
    const error = await failure(client().messages.sendWithTyping({ to, text: "Hi" }, {}, { deadline: 150 }));
    expect(error).toBeInstanceOf(TimeoutError);
    expect(error).toMatchObject({ outcome: "not_sent", scope: "deadline", ms: 150 });
    expect(steps()).toEqual(["/startTyping", "/stopTyping"]);
  });

  it("is as the emulator knows it, and what no source attests is in no request", async () => {
    const emulator = createEmulator();
    const { apiKey, session, fetch } = emulator;
    const { id } = await emulator.receive({ from: to, text: "Hello?" });
    const wasend = client({ apiKey, session, fetch });
    await wasend.messages.sendWithTyping({ to, text: "Hi" }, { ...quick, seen: id });
    expect(emulator.inbox(to).map(({ text }) => text)).toEqual(["Hi"]);
    expect(emulator.requests.map(({ path }) => path)).toEqual([
      "/sendSeen",
      "/startTyping",
      "/stopTyping",
      "/send",
    ]);
    expect(emulator.problems).toEqual([]);
  });
});

describe("the time it types", () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it.each([
    ["the least by default", "Hi", {}, 3_000],
    ["50 ms for each character", "x".repeat(100), {}, 5_000],
    ["the most by default", "x".repeat(1_000), {}, 8_000],
    ["the least that was asked for", "Hi", { minTypingMs: 500 }, 500],
    ["the most that was asked for", "x".repeat(1_000), { maxTypingMs: 1_000 }, 1_000],
    ["never more than asked for, whatever the default least is", "Hi", { maxTypingMs: 1_000 }, 1_000],
    ["never less than asked for, whatever the default most is", "Hi", { minTypingMs: 12_000 }, 12_000],
    ["nothing for a file without text", undefined, { minTypingMs: 0 }, 0],
  ])("is %s", async (_what, text, typing, expected) => {
    const at: [string, number][] = [];
    const start = performance.now();
    const wasend = client({
      fetch: async (url) => {
        at.push([new URL(url).pathname, Math.round(performance.now() - start)]);
        return Response.json({ id: MESSAGE });
      },
    });
    // Load the transport first: fake timers do not wait for a module.
    await wasend.numbers.list().asResponse();
    at.length = 0;
    const content = text === undefined ? { imageUrl: "https://example.com/a.png" } : { text };
    const call = wasend.messages.sendWithTyping({ to, ...content }, typing);
    await vi.advanceTimersByTimeAsync(20_000);
    await call;
    expect(at).toEqual([
      ["/startTyping", 0],
      ["/stopTyping", expected],
      ["/send", expected],
    ]);
  });

  it("is not lengthened by a server that never answers the steps", async () => {
    const at: [string, number][] = [];
    const start = performance.now();
    const wasend = client({
      maxRetries: 2,
      fetch: (url, { signal }) => {
        const path = new URL(url).pathname;
        at.push([path, Math.round(performance.now() - start)]);
        if (path === "/send" || path === "/sessions") return Promise.resolve(Response.json({ id: MESSAGE }));
        return new Promise((_, reject) => signal?.addEventListener("abort", () => reject(signal.reason)));
      },
    });
    await wasend.numbers.list().asResponse();
    const call = wasend.messages.sendWithTyping({ to, text: "Hi" }, quick);
    await vi.advanceTimersByTimeAsync(60_000);
    expect((await call).id).toBe(MESSAGE);
    const [path, ms] = at.at(-1) as [string, number];
    expect(path).toBe("/send");
    // 5 s for the start, at most 10 s for the stop, which may be repeated.
    expect(ms).toBeLessThan(15_100);
    expect(at.filter(([asked]) => asked === "/startTyping")).toHaveLength(1);
  });
});
