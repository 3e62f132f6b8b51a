import { setTimeout as wait } from "node:timers/promises";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { ValidationError, Wasend, type WasendOptions } from "../../src/index.js";
import { failureOf } from "../http/support.js";
import { fixture } from "./support.js";

const to = "+14155550123";
const photo = fixture("photo.jpg");

function client(options: WasendOptions = {}) {
  return new Wasend({
    apiKey: "key",
    session: "sess_1",
    logLevel: "off",
    fetch: async () => Response.json({ id: "msg_1" }, { status: 201 }),
    ...options,
  });
}

/** A source that gives nothing and never ends, and what became of it. */
function endless(kind: "stream" | "iterable") {
  const seen = { opened: 0, stopped: 0 };
  const stopped = () => {
    seen.stopped += 1;
  };
  const pull = () => new Promise<never>(() => {});
  const data = () => {
    seen.opened += 1;
    if (kind === "stream") return new ReadableStream<Uint8Array>({ pull, cancel: stopped });
    const iterator = { next: pull, return: async () => ({ done: true as const, value: stopped() }) };
    return { [Symbol.asyncIterator]: () => iterator } as unknown as AsyncIterable<Uint8Array>;
  };
  return { data, seen };
}

// What looks at files loads with the first of them.
beforeAll(async () => {
  await client().media.send({ to, data: photo });
});

const unhandled: unknown[] = [];
const keep = (reason: unknown) => unhandled.push(reason);
beforeEach(() => void process.on("unhandledRejection", keep));
afterEach(async () => {
  await wait(20);
  process.off("unhandledRejection", keep);
  expect(unhandled.splice(0)).toEqual([]);
});

const SENDS = {
  sendImage: (wasend: Wasend, data: () => ReadableStream, options?: object) =>
    wasend.messages.sendImage({ to, data }, options),
  "media.send": (wasend: Wasend, data: () => ReadableStream, options?: object) =>
    wasend.media.send({ to, data }, options),
};

describe.each(Object.entries(SENDS))("%s of a source that never ends", (_, send) => {
  describe.each(["stream", "iterable"] as const)("a %s", (kind) => {
    const start = (options: WasendOptions, own?: object) => {
      const { data, seen } = endless(kind);
      return { seen, sending: send(client(options), data as () => ReadableStream, own) };
    };

    it.each([
      ["the client's deadline", { deadline: 100 }, {}],
      ["the call's deadline", { deadline: 60_000 }, { deadline: 100 }],
    ])("ends at %s, and is dropped", async (_name, options, own) => {
      const { seen, sending } = start(options, own);
      const error = await failureOf(sending);
      expect(error).toMatchObject({ name: "TimeoutError", outcome: "not_sent", scope: "deadline", ms: 100 });
      expect(seen).toEqual({ opened: 1, stopped: 1 });
    });

    it("ends at an abort, and is dropped", async () => {
      const controller = new AbortController();
      const { seen, sending } = start({}, { signal: controller.signal });
      setTimeout(() => controller.abort(), 100);
      expect(await failureOf(sending)).toMatchObject({ name: "AbortedError", outcome: "not_sent" });
      expect(seen).toEqual({ opened: 1, stopped: 1 });
    });

    it("is not opened after an abort", async () => {
      const { seen, sending } = start({}, { signal: AbortSignal.abort() });
      expect(await failureOf(sending)).toMatchObject({ name: "AbortedError", outcome: "not_sent" });
      expect(seen.opened).toBe(0);
    });
  });

  it("reading and sending have one deadline together", async () => {
    const slow = () => {
      const pull = async (controller: ReadableStreamDefaultController) => {
        await wait(200);
        controller.enqueue(photo);
        controller.close();
      };
      return new ReadableStream({ pull });
    };
    const fetch = () => new Promise<Response>(() => {});
    const startedAt = performance.now();
    const error = await failureOf(send(client({ fetch, deadline: 300 }), slow));
    expect(error).toMatchObject({ name: "TimeoutError", outcome: "unknown", ms: 300 });
    expect(performance.now() - startedAt).toBeLessThan(450);
  });
});

describe("a file is not opened for an input that is refused", () => {
  it.each<[string, (wasend: Wasend, data: never) => Promise<unknown>, RegExp]>([
    [
      "sendImage",
      (wasend, data) => wasend.messages.sendImage({ to: "415", data }),
      /^messages\.sendImage: "to" /,
    ],
    [
      "sendFile",
      (wasend, data) => wasend.messages.sendFile({ to, data, fileName: "", mimeType: "a/b" }),
      /"fileName"/,
    ],
    [
      "sendVideo with a long caption",
      (wasend, data) => wasend.messages.sendVideo({ to, data, caption: "x".repeat(2_000) }),
      /"caption" has 2000/,
    ],
    ["media.send", (wasend, data) => wasend.media.send({ to: "415", data }), /^media\.send: "to" /],
    [
      "media.send without a number",
      (wasend, data) => wasend.media.send({ to, data, session: "" }),
      /^media\.send: "session" /,
    ],
    [
      "media.send with a long caption",
      (wasend, data) => wasend.media.send({ to, data, caption: "x".repeat(2_000) }),
      /^media\.send: "caption" has 2000/,
    ],
  ])("%s", async (_, send, message) => {
    const { data, seen } = endless("stream");
    const error = await failureOf(send(client(), data as never));
    expect(error).toBeInstanceOf(ValidationError);
    expect(error.message).toMatch(message);
    expect(seen.opened).toBe(0);
  });

  it("nor is an address looked at", async () => {
    const sending = client().media.send({ to: "415", url: "https://example.com/a.jpg" });
    await expect(sending).rejects.toThrow(/^media\.send: "to" /);
  });
});
