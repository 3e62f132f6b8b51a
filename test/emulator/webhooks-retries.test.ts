import type { RetryOptions, WebhookOptions } from "@wasend/sdk/emulator";
import { afterEach, describe, expect, it, vi } from "vitest";
import { until } from "./support.js";
import { customer, hooked } from "./webhook-support.js";

const answer = (status: number, headers: Record<string, string> = {}) =>
  new Response(null, { status, headers });

/** Delivers one event to a receiver that answers so, and gives the waits between the attempts. */
async function waitsOf(
  answers: (count: number) => Response,
  retries?: RetryOptions,
  more: WebhookOptions & { now?: () => number } = {},
) {
  const waits: number[] = [];
  const { now, ...webhook } = more;
  const wait = async (ms: number) => void waits.push(ms);
  const made = hooked(
    { events: ["message"], retries, wait, ...webhook },
    { random: () => 0.5, now },
    (_, count) => answers(count),
  );
  await made.emulator.receive({ from: customer, text: "hi" });
  await until(() => made.emulator.webhooks[0]?.status !== "pending");
  return { ...made, waits, delivery: made.emulator.webhooks[0]! };
}

afterEach(() => {
  vi.useRealTimers();
});

describe("a delivery that is not taken", () => {
  it("is repeated 15 times at 2 seconds, with the same bytes", async () => {
    const { waits, got, delivery } = await waitsOf(() => answer(500));
    expect(waits).toEqual(Array(15).fill(2_000));
    expect(got).toHaveLength(16);
    expect(new Set(got.map((one) => JSON.stringify(one))).size).toBe(1);
    expect(delivery.status).toBe("failed");
    expect(delivery.attempts.map(({ status }) => status)).toEqual(Array(16).fill(500));
  });

  it.each<[RetryOptions, number[]]>([
    [{ policy: "linear", attempts: 4, delayMs: 2_000 }, [2_000, 4_000, 6_000, 8_000]],
    [{ policy: "exponential", attempts: 3, delayMs: 2_000 }, [4_400, 8_800, 17_600]],
    [{ policy: "constant", attempts: 2, delayMs: 0 }, [0, 0]],
    [{ attempts: 0 }, []],
  ])("waits as %j says", async (retries, expected) => {
    const { waits } = await waitsOf(() => answer(500), retries);
    expect(waits.map(Math.round)).toEqual(expected);
  });

  it.each([301, 400, 401, 404, 409, 413, 429, 503])("is repeated after %i", async (status) => {
    const { delivery } = await waitsOf((count) => answer(count === 1 ? status : 204));
    expect(delivery.attempts.map((one) => one.status)).toEqual([status, 204]);
    expect(delivery.status).toBe("delivered");
  });

  it("is repeated when the connection fails, and says why", async () => {
    const fetch = () => {
      throw new TypeError("fetch failed", {
        cause: Object.assign(new Error("no"), { code: "ECONNREFUSED" }),
      });
    };
    const { delivery } = await waitsOf(() => answer(200), { attempts: 1 }, { fetch });
    expect(delivery.attempts).toEqual([
      { at: expect.any(Date), error: "fetch failed (ECONNREFUSED)" },
      { at: expect.any(Date), error: "fetch failed (ECONNREFUSED)" },
    ]);
  });

  it("honours Retry-After where it is longer", async () => {
    const now = () => Date.UTC(2026, 0, 1);
    const asked = ["5", "1", "Thu, 01 Jan 2026 00:00:09 GMT", "soon", "99999999999"];
    const { waits } = await waitsOf(
      (count) => answer(503, { "retry-after": asked[count - 1] ?? "0" }),
      { attempts: 5 },
      { now },
    );
    // The last is as long as a timer can be: a longer one would go off at once.
    expect(waits).toEqual([5_000, 2_000, 9_000, 2_000, 2 ** 31 - 1]);
  });

  it("has a fresh Standard Webhooks time and the same id", async () => {
    let now = 1_771_200_000_000;
    const { got } = await waitsOf(
      (count) => answer(count < 3 ? 500 : 200),
      {},
      {
        scheme: "standardWebhooks",
        now: () => now,
        wait: async (ms) => {
          now += ms;
        },
      },
    );
    expect(got.map(({ headers }) => headers["webhook-timestamp"])).toEqual([
      "1771200000",
      "1771200002",
      "1771200004",
    ]);
    expect(new Set(got.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
    expect(new Set(got.map(({ headers }) => headers["x-webhook-timestamp"])).size).toBe(1);
  });

  it("waits on timers by default", async () => {
    vi.useFakeTimers();
    const { emulator, got } = hooked({ events: ["message"], wait: undefined }, {}, () => answer(500));
    await emulator.receive({ from: customer, text: "hi" });
    expect(got).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1_999);
    expect(got).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(got).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(got).toHaveLength(16);
    expect(vi.getTimerCount()).toBe(0);
  });
});

it("a planned repetition keeps no process alive", async () => {
  const timers = vi.spyOn(globalThis, "setTimeout");
  const { emulator } = hooked({ events: ["message"], wait: undefined }, {}, () => answer(500));
  await emulator.receive({ from: customer, text: "hi" });
  const planned = timers.mock.calls.findIndex(([, ms]) => ms === 2_000);
  const timer = timers.mock.results[planned]?.value as NodeJS.Timeout;
  expect(timer.hasRef()).toBe(false);
  timers.mockRestore();
  emulator.reset();
});

describe("reset", () => {
  it("drops what is planned, and leaves no timer", async () => {
    vi.useFakeTimers();
    const { emulator, got } = hooked({ events: ["message"], wait: undefined }, {}, () => answer(500));
    await emulator.receive({ from: customer, text: "hi" });
    const [delivery] = emulator.webhooks;
    expect(vi.getTimerCount()).toBe(1);
    emulator.reset();
    expect(vi.getTimerCount()).toBe(0);
    expect(emulator.webhooks).toEqual([]);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(got).toHaveLength(1);
    expect(delivery?.status).toBe("failed");
  });

  it("cuts what is under way, even if the receiver takes no notice", async () => {
    const signals: AbortSignal[] = [];
    const { emulator } = hooked({
      events: ["message"],
      fetch: (request) => {
        signals.push(request.signal);
        return new Promise(() => {});
      },
    });
    const receiving = emulator.receive({ from: customer, text: "hi" });
    await until(() => signals.length === 1);
    const [delivery] = emulator.webhooks;
    emulator.reset();
    await receiving;
    expect(signals[0]?.aborted).toBe(true);
    expect(delivery).toMatchObject({ status: "failed", attempts: [{ error: "the emulator was reset" }] });
  });

  it("gives the webhook and the quirks back that the options say", () => {
    const { emulator } = hooked({ quirks: { engine: true } });
    emulator.setWebhook(undefined);
    Object.assign(emulator.quirks, { engine: false, lids: true });
    emulator.reset();
    expect(emulator.quirks).toEqual({ engine: true });
    expect(emulator.numbers[0]).toMatchObject({
      enableWebhook: true,
      webhookUrl: "https://shop.example/hook",
    });
  });
});
