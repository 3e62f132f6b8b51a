import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { FaultServer, inTurn } from "./fault-server.js";
import * as faults from "./faults.js";
import { CALLS, clientOf, failureOf, TRANSPORTS, until } from "./support.js";

let server: FaultServer;
let warnings: string[];
let unhandled: unknown[];
const onWarning = (warning: Error) => warnings.push(warning.name);
const onUnhandled = (reason: unknown) => unhandled.push(reason);

beforeEach(async () => {
  server = await FaultServer.start();
  warnings = [];
  unhandled = [];
  process.on("warning", onWarning);
  process.on("unhandledRejection", onUnhandled);
});
afterEach(async () => {
  await server.close();
  process.off("warning", onWarning);
  process.off("unhandledRejection", onUnhandled);
});

/** Warnings and unhandled rejections are told after the turn in which they came about. */
const nextTurns = () => new Promise((resolve) => setTimeout(resolve, 20));

/** How many listeners are on a signal, from what was added and taken off. */
function countListeners(signal: AbortSignal): { now: () => number; most: () => number } {
  const on = new Set<unknown>();
  let most = 0;
  const add = signal.addEventListener.bind(signal);
  const remove = signal.removeEventListener.bind(signal);
  vi.spyOn(signal, "addEventListener").mockImplementation((...args: Parameters<typeof add>) => {
    on.add(args[1]);
    most = Math.max(most, on.size);
    add(...args);
  });
  vi.spyOn(signal, "removeEventListener").mockImplementation((...args: Parameters<typeof remove>) => {
    on.delete(args[1]);
    remove(...args);
  });
  return { now: () => on.size, most: () => most };
}

describe.each(TRANSPORTS)("over %s", (transport) => {
  it("1,000 calls at once on one signal: no warning, no listener left", async () => {
    const { signal } = new AbortController();
    const listeners = countListeners(signal);
    const wasend = clientOf(server.url, transport);
    const sends = Array.from({ length: 1_000 }, () =>
      wasend.messages.sendText({ to: "+14155550123", text: "Hello" }, { signal }),
    );
    await Promise.all(sends);
    await nextTurns();
    expect(server.effects).toHaveLength(1_000);
    expect(listeners.most()).toBe(1);
    expect(listeners.now()).toBe(0);
    expect(warnings).toEqual([]);
  }, 30_000);

  it("one abort ends them all, and each is told why", async () => {
    server.fault = faults.silent;
    const controller = new AbortController();
    const listeners = countListeners(controller.signal);
    const wasend = clientOf(server.url, transport);
    const ends = Array.from({ length: 100 }, () =>
      failureOf(
        wasend.messages.sendText({ to: "+14155550123", text: "Hello" }, { signal: controller.signal }),
      ),
    );
    await until(() => server.seen.length === 100);
    controller.abort(new Error("enough"));
    for (const error of await Promise.all(ends)) {
      expect(error).toMatchObject({ name: "AbortedError", outcome: "unknown", cause: { message: "enough" } });
    }
    await nextTurns();
    expect(listeners.now()).toBe(0);
    expect(warnings).toEqual([]);
  });

  it("a failed call is handled by whichever way its promise is used", async () => {
    server.fault = faults.refuses(404);
    const wasend = clientOf(server.url, transport);
    const uses = [
      () => wasend.chats.list().withResponse(),
      () => wasend.chats.list().asResponse(),
      () => wasend.chats.list().catch((error) => Promise.reject(error)),
      () => wasend.chats.list().finally(() => {}),
      () => Promise.all([wasend.chats.list()]),
      async () => wasend.chats.list(),
      async () => {
        for await (const _chat of wasend.chats.list());
      },
      async () => {
        const call = wasend.chats.list();
        await Promise.allSettled([call, call.withResponse(), call.asResponse()]);
        await call;
      },
    ];
    for (const use of uses) expect((await failureOf(use())).name).toBe("NotFoundError");
    await nextTurns();
    expect(unhandled).toEqual([]);
  });

  it("a failed call that nobody looks at is told once, as every promise is", async () => {
    server.fault = faults.refuses(404);
    clientOf(server.url, transport).chats.list();
    await until(() => unhandled.length === 1);
    await nextTurns();
    expect(unhandled).toHaveLength(1);
    expect(unhandled[0]).toMatchObject({ name: "NotFoundError" });
  });

  it("a listener that throws breaks no call, whatever it throws and however", async () => {
    server.fault = inTurn(faults.tooMany({ "retry-after-ms": "1" }));
    const wasend = clientOf(server.url, transport);
    const heard: string[] = [];
    for (const name of ["request", "response", "retry", "rateLimited"] as const) {
      wasend.on(name, () => {
        throw new Error("from a listener");
      });
      wasend.on(name, async () => {
        throw "from an asynchronous listener";
      });
      wasend.on(name, () => heard.push(name));
    }
    expect(await CALLS.send(wasend)).toMatchObject({ id: "true_1@c.us_A" });
    expect(new Set(heard)).toEqual(new Set(["request", "response", "retry", "rateLimited"]));
    await nextTurns();
    expect(unhandled).toEqual([]);
  });

  it("a listener that hears once hears once, and one that is taken off hears nothing more", async () => {
    const wasend = clientOf(server.url, transport);
    const heard: string[] = [];
    const always = () => heard.push("always");
    wasend.once("response", () => heard.push("once"));
    wasend.on("response", always);
    await CALLS.send(wasend);
    await CALLS.send(wasend);
    wasend.off("response", always);
    await CALLS.send(wasend);
    expect(heard).toEqual(["once", "always", "always"]);
  });
});
