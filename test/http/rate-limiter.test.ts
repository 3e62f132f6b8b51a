import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Deadline } from "../../src/http/deadline.js";
import type { Slot } from "../../src/http/lane.js";
import { RateLimiter } from "../../src/http/rate-limiter.js";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
});
afterEach(() => {
  vi.useRealTimers();
});

const soon = () => new Deadline(60_000);

async function slotOf(limiter: RateLimiter, key: string, deadline = soon()): Promise<Slot> {
  const admission = await limiter.enter(key, deadline, false);
  if (admission.kind !== "in") throw new Error(admission.kind);
  return admission.slot;
}

describe("the memory of lanes", () => {
  it("is none without a limit and without a 429", async () => {
    const limiter = new RateLimiter();
    for (let i = 0; i < 100; i += 1) (await slotOf(limiter, `sess_${i}`)).leave();
    expect(limiter.size).toBe(0);
  });

  it("is given back after a hold, also when nobody waited for it", async () => {
    const limiter = new RateLimiter();
    for (let i = 0; i < 100; i += 1) limiter.hold(`sess_${i}`, 1_000);
    expect(limiter.size).toBe(100);
    vi.advanceTimersByTime(1_001);
    (await slotOf(limiter, "sess_0")).leave();
    limiter.hold("another", 10);
    expect(limiter.size).toBe(1);
  });

  it("is given back when a window has passed", async () => {
    const limiter = new RateLimiter({ perSecond: 2 });
    for (let i = 0; i < 100; i += 1) (await slotOf(limiter, `sess_${i}`)).leave();
    vi.advanceTimersByTime(1_001);
    (await slotOf(limiter, "another")).leave();
    expect(limiter.size).toBe(1);
  });

  it("is not given back while a window runs", async () => {
    const limiter = new RateLimiter({ perSecond: 1 });
    (await slotOf(limiter, "a")).leave();
    (await slotOf(limiter, "b")).leave();
    expect((await Promise.race([limiter.enter("a", new Deadline(500), false)])).kind).toBe("refused");
  });
});

describe("a hold", () => {
  it("is never shortened by a later one", async () => {
    const limiter = new RateLimiter();
    limiter.hold("a", 1_000);
    limiter.hold("a", 10);
    let isIn = false;
    void slotOf(limiter, "a").then(() => {
      isIn = true;
    });
    await vi.advanceTimersByTimeAsync(990);
    expect(isIn).toBe(false);
    await vi.advanceTimersByTimeAsync(20);
    expect(isIn).toBe(true);
  });

  it("that is longer than a timer can be does not spin", async () => {
    const limiter = new RateLimiter();
    limiter.hold("a", 2 ** 33);
    const timers = vi.spyOn(globalThis, "setTimeout");
    void limiter.enter("a", new Deadline(Number.POSITIVE_INFINITY), false);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(timers).toHaveBeenCalledTimes(1);
  });
});

it("a slot that is left twice counts once", async () => {
  const limiter = new RateLimiter({ concurrency: 1 });
  const first = await slotOf(limiter, "a");
  first.leave();
  first.leave();
  await slotOf(limiter, "a");
  let isIn = false;
  void slotOf(limiter, "a").then(() => {
    isIn = true;
  });
  await vi.advanceTimersByTimeAsync(1);
  expect(isIn).toBe(false);
});
