import { describe, expect, it, vi } from "vitest";
import { ConnectionError, ResponseReadError, WebhookSignatureError } from "../../src/errors/index.js";
import {
  type ClaimResult,
  memoryStore,
  schemes,
  signWebhook,
  type UnknownEvent,
  WebhookPayloadError,
  WebhookReceiver,
  type WebhookReceiverOptions,
  type WebhookStore,
} from "../../src/webhooks.js";

const secret = "test-webhook-key-0001";
const address = "https://shop.example/webhooks";

const bodyOf = (id: string | undefined, text = "hi") =>
  JSON.stringify({
    id,
    event: "message",
    session: "sales",
    payload: {
      id: "false_550000000002@c.us_A1",
      from: "550000000002@c.us",
      body: text,
      timestamp: 1_771_200_000,
    },
  });

async function request(body: string, init: RequestInit = {}): Promise<Request> {
  return new Request(address, {
    method: "POST",
    body,
    headers: await signWebhook(body, { secret }),
    ...init,
  });
}

/** A receiver that hears its own errors instead of writing them to the test's output. */
function quiet(options: WebhookReceiverOptions = {}) {
  const errors: unknown[] = [];
  const receiver = new WebhookReceiver({ secret, ...options }).onError((error) => errors.push(error));
  const deliver = async (body: string) => receiver.handle(await request(body));
  return { receiver, errors, deliver };
}

const unknownOutcome = () => new ConnectionError("reset", { outcome: "unknown", attempts: 1 });

/** Waits for whatever is due now. */
const settle = () => new Promise((resolve) => setTimeout(resolve, 5));

describe("handle", () => {
  it("answers 200 after the handlers, and gives them a typed event", async () => {
    const { receiver, deliver } = quiet();
    const seen: string[] = [];
    receiver.on("message", async (event) => {
      await settle();
      seen.push(`${event.message.text} from ${event.message.from.phone}`);
    });
    const response = await deliver(bodyOf("evt_1"));
    expect(response.status).toBe(200);
    expect(seen).toEqual(["hi from +550000000002"]);
  });

  it("answers 405 to anything but POST, without reading it", async () => {
    const { receiver } = quiet();
    for (const method of ["GET", "PUT", "DELETE"]) {
      const response = await receiver.handle(new Request(address, { method }));
      expect([response.status, response.headers.get("allow")]).toEqual([405, "POST"]);
    }
  });

  it("answers 401 to a forged and 400 to a genuine delivery that is no event", async () => {
    const { receiver, deliver, errors } = quiet();
    const never = vi.fn();
    receiver.onAny(never);
    const forged = await receiver.handle(await request(bodyOf("evt_1"), { body: bodyOf("evt_2") }));
    expect(forged.status).toBe(401);
    expect((await deliver("[]")).status).toBe(400);
    expect((await deliver("no json")).status).toBe(400);
    expect(errors).toEqual([
      expect.any(WebhookSignatureError),
      expect.any(WebhookPayloadError),
      expect.any(WebhookPayloadError),
    ]);
    expect(never).not.toHaveBeenCalled();
  });

  it("answers 413 while a body without a length is still coming", async () => {
    const { receiver } = quiet({ maxBytes: 1_000 });
    let sent = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 400;
        controller.enqueue(new Uint8Array(400));
      },
    });
    const init = { method: "POST", body: endless, duplex: "half" } as RequestInit;
    expect((await receiver.handle(new Request(address, init))).status).toBe(413);
    expect(sent).toBeLessThan(4_000);
  });

  it("answers 500 at once when somebody has read the request, and logs the fix", async () => {
    const logger = { error: vi.fn() };
    const receiver = new WebhookReceiver({ secret, logger });
    const used = await request(bodyOf("evt_1"));
    await used.text();
    expect((await receiver.handle(used)).status).toBe(500);
    expect(logger.error).toHaveBeenCalledWith(expect.stringMatching(/keepRawBody/));
  });

  it("refuses without a secret", async () => {
    const receiver = new WebhookReceiver().onError(() => {});
    expect((await receiver.handle(await request(bodyOf("evt_1")))).status).toBe(401);
  });

  it("keeps unknown events and broken known ones, and answers 200", async () => {
    const { receiver, deliver } = quiet();
    const seen: UnknownEvent[] = [];
    const never = vi.fn();
    receiver.onUnknown((event) => seen.push(event)).on("message", never);
    expect((await deliver('{"event":"moon.landing","id":"1","payload":{"a":1}}')).status).toBe(200);
    expect((await deliver('{"event":"message","id":"2","session":"default"}')).status).toBe(200);
    expect(seen).toMatchObject([
      { event: "moon.landing", payload: { a: 1 } },
      { problem: expect.any(String) },
    ]);
    expect(never).not.toHaveBeenCalled();
  });
});

describe("handlers that fail", () => {
  it("do not stop the others; the claim is given back and the sender asked to repeat", async () => {
    const { receiver, deliver, errors } = quiet();
    const good = vi.fn();
    let failing = true;
    receiver.on("message", () => {
      if (failing) throw new Error("database down");
    });
    receiver.on("message", good).onAny(() => Promise.resolve());
    expect((await deliver(bodyOf("evt_1"))).status).toBe(500);
    expect(good).toHaveBeenCalledTimes(1);
    expect(errors).toMatchObject([{ message: "database down" }]);
    failing = false;
    expect((await deliver(bodyOf("evt_1"))).status).toBe(200);
    expect(good, "a handler that had succeeded").toHaveBeenCalledTimes(1);
    expect((await deliver(bodyOf("evt_1"))).status).toBe(200);
  });

  it.each([
    ["an unknown outcome", unknownOutcome],
    [
      "an accepted outcome",
      () => new ResponseReadError("cut", { outcome: "accepted", attempts: 1, status: 200 }),
    ],
    ["an unknown outcome as its cause", () => new Error("reply failed", { cause: unknownOutcome() })],
    ["an unknown outcome among several", () => new AggregateError([new Error("x"), unknownOutcome()])],
  ])("are not run again after %s", async (_what, make) => {
    const { receiver, deliver, errors } = quiet();
    const sends = vi.fn(async () => {
      throw make();
    });
    receiver.on("message", sends);
    expect((await deliver(bodyOf("evt_1"))).status).toBe(200);
    expect((await deliver(bodyOf("evt_1"))).status).toBe(200);
    expect(sends).toHaveBeenCalledTimes(1);
    expect(errors).toHaveLength(1);
  });

  it("are run again after a refusal that proves that nothing was sent", async () => {
    const { receiver, deliver } = quiet();
    const sends = vi
      .fn()
      .mockRejectedValueOnce(new ConnectionError("refused", { outcome: "not_sent", attempts: 1 }));
    receiver.on("message", sends);
    expect((await deliver(bodyOf("evt_1"))).status).toBe(500);
    expect((await deliver(bodyOf("evt_1"))).status).toBe(200);
    expect(sends).toHaveBeenCalledTimes(2);
  });

  it("are logged by name only when nobody listens", async () => {
    const logger = { error: vi.fn() };
    const receiver = new WebhookReceiver({ secret, logger });
    receiver.on("message", () => {
      throw new TypeError("could not answer +550000000002: hi");
    });
    await receiver.handle(await request(bodyOf("evt_1")));
    expect(logger.error.mock.calls).toEqual([
      [expect.stringMatching(/^(?!.*(5500|hi\b)).*"message" failed: TypeError/)],
    ]);
  });

  it("and onError listeners that fail themselves change nothing", async () => {
    const receiver = new WebhookReceiver({ secret, logger: { error: vi.fn() } });
    receiver.onError(() => {
      throw new Error("x");
    });
    receiver.onError(() => Promise.reject(new Error("y")));
    receiver.on("message", () => {
      throw new Error("z");
    });
    expect((await receiver.handle(await request(bodyOf("evt_1")))).status).toBe(500);
  });
});

describe("the same event twice", () => {
  it("is handled once each over 1 000 pairs of concurrent deliveries", async () => {
    const { receiver, deliver } = quiet();
    const counts = new Map<string, number>();
    receiver.on("message", async (event) => {
      counts.set(event.id!, (counts.get(event.id!) ?? 0) + 1);
      await Promise.resolve();
    });
    for (let i = 0; i < 1_000; i++) {
      const body = bodyOf(`evt_${i}`);
      const answers = await Promise.all([deliver(body), deliver(body)]);
      for (const { status } of answers) expect([200, 409]).toContain(status);
      expect(answers.some(({ status }) => status === 200)).toBe(true);
    }
    expect([...counts.values()].every((count) => count === 1)).toBe(true);
    expect(counts.size).toBe(1_000);
  }, 30_000);

  it("is answered 409 with Retry-After while it is being handled, then 200", async () => {
    const { receiver, deliver } = quiet({ leaseMs: 20_500 });
    let finish = () => {};
    receiver.on("message", () => new Promise<void>((resolve) => (finish = resolve)));
    const first = deliver(bodyOf("evt_1"));
    await settle();
    const second = await deliver(bodyOf("evt_1"));
    expect([second.status, second.headers.get("retry-after")]).toEqual([409, "21"]);
    finish();
    expect((await first).status).toBe(200);
    expect((await deliver(bodyOf("evt_1"))).status).toBe(200);
  });

  it("is one event by name and id: message and message.any of one id are two", async () => {
    const { receiver, deliver } = quiet();
    const any = vi.fn();
    receiver.onAny(any);
    await deliver(bodyOf("evt_1"));
    await deliver(bodyOf("evt_1").replace('"message"', '"message.any"'));
    expect(any).toHaveBeenCalledTimes(2);
  });

  it("is known by its body when it has no id", async () => {
    const { receiver, deliver } = quiet();
    const any = vi.fn();
    receiver.onAny(any);
    for (const text of ["a", "b", "a"]) await deliver(bodyOf(undefined, text));
    expect(any).toHaveBeenCalledTimes(2);
    const long = "x".repeat(5_000);
    for (const id of [long, `${long}y`, long]) await deliver(bodyOf(id));
    expect(any).toHaveBeenCalledTimes(4);
  });
});

describe("leases", () => {
  it("are renewed while handlers run, and are free again after a crash", async () => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "Date"] });
    try {
      const store = memoryStore();
      const { receiver, deliver } = quiet({ store, leaseMs: 3_000 });
      const running: (() => void)[] = [];
      receiver.on("message", () => new Promise<void>((resolve) => running.push(resolve)));
      const slow = deliver(bodyOf("evt_1"));
      await vi.waitUntil(() => running.length === 1);
      await vi.advanceTimersByTimeAsync(60_000);
      expect((await deliver(bodyOf("evt_1"))).status).toBe(409);
      running[0]!();
      expect((await slow).status).toBe(200);

      await store.claim("message:evt_2", 3_000);
      expect((await deliver(bodyOf("evt_2"))).status).toBe(409);
      await vi.advanceTimersByTimeAsync(3_000);
      const again = deliver(bodyOf("evt_2"));
      await vi.waitUntil(() => running.length === 2);
      running[1]!();
      expect((await again).status).toBe(200);
    } finally {
      vi.useRealTimers();
    }
  });

  it("need nothing but claim, complete and release", async () => {
    const calls: string[] = [];
    const store: WebhookStore = {
      claim: (key): ClaimResult => {
        calls.push(`claim ${key}`);
        return "claimed";
      },
      complete: async (key, ttlMs) => void calls.push(`complete ${key} ${ttlMs}`),
      release: (key) => void calls.push(`release ${key}`),
    };
    const { receiver, deliver } = quiet({ store, ttlMs: 5 });
    await deliver(bodyOf("evt_1"));
    receiver.on("message", () => Promise.reject(new Error("x")));
    await deliver(bodyOf("evt_1"));
    expect(calls).toEqual([
      "claim message:evt_1",
      "complete message:evt_1 5",
      "claim message:evt_1",
      "release message:evt_1",
    ]);
  });

  it("a store that fails makes the sender repeat, unless the work is done", async () => {
    const down = () => Promise.reject(new Error("store down"));
    const handler = vi.fn();
    const before = quiet({ store: { claim: down, complete: down, release: down } });
    before.receiver.on("message", handler);
    expect((await before.deliver(bodyOf("evt_1"))).status).toBe(500);
    expect(handler).not.toHaveBeenCalled();
    const after = quiet({ store: { claim: () => "claimed", complete: down, release: down } });
    after.receiver.on("message", handler);
    expect((await after.deliver(bodyOf("evt_1"))).status).toBe(200);
    expect(after.errors).toHaveLength(1);
  });

  it("the memory store forgets the oldest done events, never a running one", async () => {
    let now = 0;
    const store = memoryStore({ maxEntries: 2, clock: () => now });
    await store.claim("running", 1_000);
    for (const key of ["a", "b", "c"]) {
      await store.claim(key, 10);
      await store.complete(key, 1_000);
    }
    expect(await store.claim("a", 10)).toBe("claimed");
    expect([await store.claim("b", 10), await store.claim("running", 10)]).toEqual(["done", "busy"]);
    now = 1_000;
    expect([await store.claim("c", 10), await store.claim("running", 10)]).toEqual(["claimed", "claimed"]);
  });
});

describe("acknowledge first", () => {
  it("answers before the handlers, hands the work to waitUntil and tells onError what fails", async () => {
    const { receiver, errors } = quiet({ acknowledge: "first" });
    const order: string[] = [];
    receiver.on("message", async () => {
      await settle();
      order.push("handled");
      throw new Error("late");
    });
    const waiting: Promise<unknown>[] = [];
    const response = await receiver.handle(await request(bodyOf("evt_1")), {
      waitUntil: (work) => waiting.push(work),
    });
    order.push(`answered ${response.status}`);
    await Promise.all(waiting);
    expect(order).toEqual(["answered 200", "handled"]);
    expect(errors).toMatchObject([{ message: "late" }]);
  });

  it("still refuses what is forged", async () => {
    const { receiver } = quiet({ acknowledge: "first" });
    expect((await receiver.handle(await request(bodyOf("evt_1"), { body: "{}" }))).status).toBe(401);
  });
});

describe("unwrap", () => {
  it("takes a Request or its parts, and runs no listener", async () => {
    const { receiver } = quiet();
    const never = vi.fn();
    receiver.onAny(never);
    const body = bodyOf("evt_1");
    const headers = await signWebhook(body, { secret });
    expect((await receiver.unwrap(await request(body))).event).toBe("message");
    expect((await receiver.unwrap({ body: new TextEncoder().encode(body), headers })).event).toBe("message");
    const url = await schemes.urlToken.url(address, secret);
    expect((await receiver.unwrap(new Request(url, { method: "POST", body }))).event).toBe("message");
    expect(never).not.toHaveBeenCalled();
  });
});
