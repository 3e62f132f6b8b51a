import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  DeliveryTracker,
  type DeliveryTrackerOptions,
  schemes,
  WebhookReceiver,
} from "../../src/webhooks.js";

const full = "true_550000000002@c.us_3EB0A1";
let count = 0;

function tracked(options: DeliveryTrackerOptions = {}) {
  const receiver = new WebhookReceiver({ scheme: schemes.none() });
  const tracker = new DeliveryTracker(receiver, options);
  const ack = async (id: string, level: number, change: object = {}, event = "message.ack") => {
    const payload = { id, from: "550000000002@c.us", fromMe: true, ack: level, ...change };
    const body = JSON.stringify({ id: `evt_${++count}`, event, session: "s", payload });
    const { status } = await receiver.receive({ method: "POST", read: () => ({ body, headers: {} }) });
    expect(status).toBe(200);
  };
  return { tracker, ack };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("DeliveryTracker", () => {
  it("resolves when the ack comes, and when it goes further than waited for", async () => {
    const { tracker, ack } = tracked();
    const waiting = tracker.waitFor({ id: full, to: "+550000000002" }, "delivered");
    await ack(full, 1);
    await ack(full, 3);
    expect(await waiting).toEqual({ status: "read", messageId: full });
    expect(vi.getTimerCount()).toBe(0);
  });

  it("keeps acks that come before the send call returns", async () => {
    const { tracker, ack } = tracked();
    await ack(full, 2);
    expect(await tracker.waitFor(full, "delivered")).toMatchObject({ status: "delivered" });
    expect(tracker.statusOf(full)).toBe("delivered");
  });

  it("knows a message by its bare id, and in groups with the sender behind it", async () => {
    const { tracker, ack } = tracked();
    const bare = tracker.waitFor("3EB0A1", "delivered");
    const group = tracker.waitFor("true_1203@g.us_G1", "read");
    await ack(full, 2);
    await ack(
      "true_1203@g.us_G1_550000000001@c.us",
      3,
      { participant: "30000000000003@lid" },
      "message.ack.group",
    );
    expect([(await bare).status, (await group).status]).toEqual(["delivered", "read"]);
  });

  it("only moves forward over acks out of order and repeated", async () => {
    const { tracker, ack } = tracked();
    for (const level of [3, 2, 1, 0, -1, 3, 2]) await ack(full, level);
    expect(tracker.statusOf(full)).toBe("read");
    await ack(full, 4);
    expect(tracker.statusOf(full)).toBe("played");
  });

  it("lets a failure win over pending and sent only, and give way to proof of the contrary", async () => {
    const { tracker, ack } = tracked();
    const waiting = tracker.waitFor(full, "read");
    await ack(full, 1);
    await ack(full, -1);
    expect(await waiting).toMatchObject({ status: "failed" });
    await ack(full, 1);
    expect(tracker.statusOf(full)).toBe("failed");
    await ack(full, 2);
    await ack(full, -1);
    expect(tracker.statusOf(full)).toBe("delivered");
  });

  it("does not take for a receipt that this number has read somebody's message", async () => {
    const { tracker, ack } = tracked();
    await ack(full, 3, { fromMe: false });
    await ack("true_1@c.us_B", 99);
    expect(tracker.statusOf(full)).toBeUndefined();
    expect(tracker.statusOf("B")).toBeUndefined();
  });

  it("says unconfirmed when no ack comes in time", async () => {
    const { tracker, ack } = tracked();
    const waiting = tracker.waitFor(full, "delivered", { timeout: 30_000 });
    await ack(full, 1);
    await vi.advanceTimersByTimeAsync(30_000);
    expect(await waiting).toEqual({ status: "unconfirmed", messageId: full });
    expect(vi.getTimerCount()).toBe(0);
  });

  it.each([Number.POSITIVE_INFINITY, 30 * 86_400_000])(
    "waits %d ms as long as timers can",
    async (timeout) => {
      const getMessage = vi.fn().mockRejectedValue(new Error("not found"));
      const { tracker, ack } = tracked({ poll: { chats: { getMessage } }, pollMs: timeout });
      const waiting = tracker.waitFor(full, "delivered", { timeout });
      const first = await Promise.race([waiting, vi.advanceTimersByTimeAsync(86_400_000)]);
      expect(first).not.toMatchObject({ status: "unconfirmed" });
      expect(getMessage).not.toHaveBeenCalled();
      await ack(full, 2);
      expect(await waiting).toMatchObject({ status: "delivered" });
      expect(vi.getTimerCount()).toBe(0);
    },
  );

  it("asks the client when acks do not come, by number and by word", async () => {
    const getMessage = vi
      .fn()
      .mockRejectedValueOnce(new Error("not found"))
      .mockResolvedValueOnce({ ack: 1, status: "sent" })
      .mockResolvedValueOnce({ status: "delivered" });
    const { tracker } = tracked({ poll: { chats: { getMessage } }, pollMs: 1_000 });
    const waiting = tracker.waitFor({ id: "3EB0A1", to: "+55 00 0000-0002" }, "delivered", {
      session: "sales",
    });
    await vi.advanceTimersByTimeAsync(3_000);
    expect(await waiting).toMatchObject({ status: "delivered" });
    expect(getMessage.mock.calls).toEqual(
      Array(3).fill(["550000000002@c.us", "3EB0A1", { session: "sales" }]),
    );
    await vi.advanceTimersByTimeAsync(60_000);
    expect(getMessage).toHaveBeenCalledTimes(3);
  });

  it("asks at least once within a short time-out, and not where it cannot know the chat", async () => {
    const getMessage = vi.fn().mockResolvedValue({ ack: 2, status: "delivered" });
    const { tracker } = tracked({ poll: { chats: { getMessage } } });
    const known = tracker.waitFor(full, "delivered", { timeout: 1_000 });
    const bare = tracker.waitFor("OTHER", "delivered", { timeout: 1_000 });
    await vi.advanceTimersByTimeAsync(1_000);
    expect([(await known).status, (await bare).status]).toEqual(["delivered", "unconfirmed"]);
    expect(getMessage).toHaveBeenCalledTimes(1);
  });

  it("serves several waiters of one message, and lets all go when it is closed", async () => {
    const { tracker, ack } = tracked();
    const sent = tracker.waitFor(full, "sent");
    const read = tracker.waitFor(full, "read");
    await ack(full, 1);
    expect((await sent).status).toBe("sent");
    tracker.close();
    expect((await read).status).toBe("unconfirmed");
    await ack(full, 3);
    expect(tracker.statusOf(full)).toBe("sent");
    expect((await tracker.waitFor("X", "sent")).status).toBe("unconfirmed");
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe("over a million acks", () => {
  it("remembers no more than it is told to", () => {
    vi.useRealTimers();
    const listeners: ((event: object) => void)[] = [];
    const receiver = {
      on: (_name: string, listener: (event: object) => void) => {
        listeners.push(listener);
        return receiver;
      },
    };
    const tracker = new DeliveryTracker(receiver as unknown as WebhookReceiver, { maxMessages: 1_000 });
    const before = process.memoryUsage().heapUsed;
    for (let i = 0; i < 1_000_000; i++) {
      const ack = { messageId: `true_550000000002@c.us_3EB${i}`, status: "delivered", fromMe: true };
      listeners[0]!({ ack });
    }
    expect(tracker.statusOf("3EB998999")).toBeUndefined();
    expect(tracker.statusOf("3EB999000")).toBe("delivered");
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(60_000_000);
  });
});
