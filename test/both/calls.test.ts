import {
  AuthenticationError,
  isApiError,
  isWasendError,
  NumberNotReadyError,
  RateLimitError,
  Wasend,
  type WasendError,
  type WasendOptions,
} from "@wasend/sdk";
import { createEmulator, type EmulatorOptions } from "@wasend/sdk/emulator";
import { afterEach, describe, expect, it, vi } from "vitest";
import { platform } from "#platform";

const to = "+14155550123";

/** A client and the WASend it meets, in this process. */
function world(options: WasendOptions = {}, emulated: EmulatorOptions = {}) {
  const emulator = createEmulator(emulated);
  const { apiKey, session, fetch } = emulator;
  return { emulator, wasend: new Wasend({ apiKey, session, fetch, logLevel: "off", ...options }) };
}

async function failure(call: PromiseLike<unknown>): Promise<WasendError> {
  const error = await Promise.resolve(call).then(
    () => new Error("it did not fail"),
    (reason: unknown) => reason,
  );
  if (!isWasendError(error)) throw error;
  return error;
}

describe("a message", () => {
  it("goes out and is received", async () => {
    const { emulator, wasend } = world();
    const sent = await wasend.messages.sendText({ to: "+1 (415) 555-0123", text: "Grüße 👋" });
    expect(sent).toMatchObject({ id: expect.any(String), fromMe: true });
    expect(emulator.inbox(to).map(({ text }) => text)).toEqual(["Grüße 👋"]);
    expect(emulator.problems).toEqual([]);
  });

  it("takes bytes as they come", async () => {
    const { emulator, wasend } = world();
    const bytes = new Uint8Array(70_000).map((_, at) => at % 251);
    const picture = { to, caption: "c" };
    await wasend.messages.sendImage({ ...picture, data: bytes });
    await wasend.messages.sendImage({ ...picture, data: bytes.buffer });
    await wasend.messages.sendImage({ ...picture, data: bytes.subarray(1, 5) });
    const [whole, buffer, part] = emulator.requests.map(({ body }) => (body as { data: string }).data);
    expect(whole).toBe(Buffer.from(bytes).toString("base64"));
    expect(buffer).toBe(whole);
    expect(part).toBe("AQIDBA==");
  });

  it("that is wrong is refused before any network", async () => {
    const { emulator, wasend } = world();
    expect(await failure(wasend.messages.sendText({ to: "14155550123", text: "Hi" }))).toMatchObject({
      name: "ValidationError",
      outcome: "not_sent",
      issues: [{ path: "to", message: expect.stringContaining('needs a leading "+"') }],
    });
    expect(emulator.requests).toEqual([]);
  });
});

describe("a list", () => {
  it("is iterated over all its pages", async () => {
    const { emulator, wasend } = world();
    for (let at = 0; at < 7; at += 1) await emulator.receive({ from: `+1415555020${at}`, text: "hi" });
    const ids: string[] = [];
    for await (const { id } of wasend.chats.list({ limit: 3 })) ids.push(id);
    expect(new Set(ids).size).toBe(7);
    expect(emulator.requests).toHaveLength(3);
    expect(emulator.problems).toEqual([]);
  });
});

describe("an error", () => {
  it("says whether the message went out", async () => {
    const { emulator, wasend } = world({ maxRetries: 2 });
    const send = () => wasend.messages.sendText({ to, text: "Hi" });
    emulator.faults.next(1, { status: 503 });
    expect(await failure(send())).toMatchObject({ name: "ServerError", outcome: "unknown", attempts: 1 });
    emulator.faults.next(1, { reset: "after" });
    expect(await failure(send())).toMatchObject({ name: "ConnectionError", outcome: "unknown", attempts: 1 });
    emulator.faults.next(1, { timelock: true });
    expect(await failure(send())).toMatchObject({ name: "ReachoutTimelockError", outcome: "rejected" });
    emulator.faults.next(1, { cutBody: true });
    expect(await failure(send())).toMatchObject({ outcome: "accepted", safeToResend: false });
    // Two of the four had their effect, and the errors said that they may have.
    expect(emulator.inbox(to)).toHaveLength(2);
  });

  it("has the class of its status", async () => {
    const { emulator, wasend } = world({ maxRetries: 0 });
    const denied = await failure(wasend.withOptions({ apiKey: "wrong" }).numbers.list());
    expect(denied).toBeInstanceOf(AuthenticationError);
    expect(isApiError(denied)).toBe(true);
    emulator.faults.next(1, { status: 429, retryAfter: 2 });
    const limited = await failure(wasend.messages.sendText({ to, text: "Hi" }));
    expect(limited).toBeInstanceOf(RateLimitError);
    expect(limited).toMatchObject({ retryAfter: 2, outcome: "rejected" });
  });

  it("of a number that is not connected says its state", async () => {
    const { wasend } = world({}, { numbers: "manual" });
    const { session } = await wasend.numbers.create({ sessionName: "new", phoneNumber: "+14155550101" });
    const error = await failure(wasend.messages.sendText({ to, text: "Hi", session }));
    expect(error).toBeInstanceOf(NumberNotReadyError);
    expect(error.outcome).toBe("rejected");
  });

  it("is not met by a read that may be repeated", async () => {
    const { emulator, wasend } = world();
    emulator.faults.next(1, { reset: "before" });
    expect((await wasend.chats.list().withResponse()).attempts).toBe(2);
  });
});

describe("an abort", () => {
  it("before anything sends nothing", async () => {
    const { emulator, wasend } = world();
    const error = await failure(
      wasend.messages.sendText({ to, text: "Hi" }, { signal: AbortSignal.abort("no") }),
    );
    expect(error).toMatchObject({ name: "AbortedError", outcome: "not_sent" });
    expect(emulator.requests).toEqual([]);
  });

  it("while the server is at it leaves the outcome unknown", async () => {
    const { emulator, wasend } = world();
    emulator.faults.next(1, { delayMs: 10_000 });
    const controller = new AbortController();
    const call = failure(wasend.messages.sendText({ to, text: "Hi" }, { signal: controller.signal }));
    await vi.waitFor(() => expect(emulator.requests).toHaveLength(1));
    controller.abort();
    expect(await call).toMatchObject({ name: "AbortedError", outcome: "unknown" });
  });

  it("comes by time as well", async () => {
    const { emulator, wasend } = world();
    emulator.faults.next(1, { delayMs: 10_000 });
    const error = await failure(wasend.messages.sendText({ to, text: "Hi" }, { timeout: 20 }));
    expect(error).toMatchObject({ name: "TimeoutError", outcome: "unknown", scope: "attempt", ms: 20 });
  });
});

describe("the default transport", () => {
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  it("meets a server on this machine", async () => {
    const { emulator, wasend } = world();
    const { url, close } = await emulator.listen(0);
    try {
      const { apiKey, session } = emulator;
      const direct = new Wasend({ apiKey, session, baseUrl: url, logLevel: "off" });
      await direct.messages.sendText({ to, text: "over HTTP" });
      await wasend.messages.sendText({ to, text: "in process" });
      expect(emulator.inbox(to).map(({ text }) => text)).toEqual(["over HTTP", "in process"]);
      expect(emulator.problems).toEqual([]);
    } finally {
      await close();
    }
  });

  it("is refused in a web page, where everyone could read the key", () => {
    const options = { apiKey: "k", logLevel: "off" as const };
    expect(platform.isBrowser).toBe(false);
    expect(() => new Wasend(options)).not.toThrow();
    vi.spyOn(platform, "isBrowser", "get").mockReturnValue(true);
    expect(() => new Wasend(options)).toThrow(/web page.*dangerouslyAllowBrowser/s);
    expect(() => new Wasend({ ...options, dangerouslyAllowBrowser: true })).not.toThrow();
    vi.restoreAllMocks();
  });

  it("takes an agent only where there is node:http", () => {
    const make = () => new Wasend({ apiKey: "k", agent: { addRequest: () => {} } });
    if (platform.supportsAgent) expect(make).not.toThrow();
    else expect(make).toThrow(/no node:http/);
  });
});
