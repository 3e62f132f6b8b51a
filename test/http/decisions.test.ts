import type { Outcome } from "@wasend/sdk";
import { describe, expect, it } from "vitest";
import { type Evidence, outcomeOf, worstOutcome } from "../../src/http/failure.js";
import { type FailedAttempt, retryDelay } from "../../src/http/retry.js";

const answer = (status: number, timelock = false): Evidence => ({ kind: "answer", status, timelock });

describe("what an attempt left behind", () => {
  it.each<[Evidence, Outcome]>([
    [{ kind: "no_answer", handed: false }, "not_sent"],
    [{ kind: "no_answer", handed: true }, "unknown"],
    [{ kind: "cut", status: 200 }, "accepted"],
    [{ kind: "cut", status: 201 }, "accepted"],
    [{ kind: "cut", status: 299 }, "accepted"],
    [{ kind: "cut", status: 302 }, "unknown"],
    [{ kind: "cut", status: 400 }, "unknown"],
    [{ kind: "cut", status: 500 }, "unknown"],
    [answer(500, true), "rejected"],
    [answer(502, true), "unknown"],
    [answer(500), "unknown"],
    [answer(501), "rejected"],
    [answer(505), "unknown"],
    [answer(599), "unknown"],
    [answer(101), "unknown"],
    [answer(0), "unknown"],
  ])("%j is %s", (evidence, outcome) => {
    expect(outcomeOf(evidence)).toBe(outcome);
  });

  it("every complete 2xx, 3xx and 4xx that comes here is a refusal, but for 408 and 409", () => {
    for (let status = 200; status < 500; status += 1) {
      expect(outcomeOf(answer(status))).toBe(status === 408 || status === 409 ? "unknown" : "rejected");
    }
  });

  it("the worst of several counts, in whatever order they came", () => {
    const order: Outcome[] = ["not_sent", "rejected", "unknown", "accepted"];
    for (const [i, a] of order.entries())
      for (const [j, b] of order.entries()) expect(worstOutcome(a, b)).toBe(order[Math.max(i, j)]);
  });
});

describe("the wait before the next attempt", () => {
  const failed = (over: Partial<FailedAttempt>): FailedAttempt => ({
    retry: "always",
    outcome: "unknown",
    status: undefined,
    attempt: 1,
    maxRetries: 2,
    retryAfterMs: undefined,
    forbidden: false,
    remainingMs: 60_000,
    random: () => 0.5,
    ...over,
  });

  it.each<[string, Partial<FailedAttempt>, number | undefined]>([
    ["a read, lost", {}, 250],
    ["a read, 500", { status: 500 }, 250],
    ["a read, cut after 200", { outcome: "accepted" }, 250],
    ["a read, complete 200 of another shape", { outcome: "accepted", status: 200 }, undefined],
    ["a read, refused", { outcome: "rejected", status: 404 }, undefined],
    ["a read, 429", { outcome: "rejected", status: 429 }, 250],
    ["a send, not sent", { retry: "unsent-only", outcome: "not_sent" }, 250],
    ["a send, 429", { retry: "unsent-only", outcome: "rejected", status: 429 }, 250],
    [
      "a send, 429 with a wait",
      { retry: "unsent-only", outcome: "rejected", status: 429, retryAfterMs: 1_234 },
      1_234,
    ],
    ["a send, lost", { retry: "unsent-only" }, undefined],
    ["a send, 503 with a wait", { retry: "unsent-only", status: 503, retryAfterMs: 1 }, undefined],
    ["a send, cut after 200", { retry: "unsent-only", outcome: "accepted" }, undefined],
    ["a send, refused", { retry: "unsent-only", outcome: "rejected", status: 400 }, undefined],
    ["the server forbids it", { forbidden: true }, undefined],
    ["no retries left", { attempt: 3 }, undefined],
    ["no retries at all", { maxRetries: 0 }, undefined],
    ["a wait of zero", { retryAfterMs: 0 }, 0],
    ["a wait past the deadline", { retryAfterMs: 60_000 }, undefined],
    ["a wait just before it", { retryAfterMs: 59_999 }, 59_999],
    ["a back-off past the deadline", { remainingMs: 100 }, undefined],
  ])("%s", (_, over, wait) => {
    expect(retryDelay(failed(over))).toBe(wait);
  });

  it("grows from half a second to eight, with full jitter", () => {
    const at = (attempt: number, random: number) =>
      retryDelay(failed({ attempt, maxRetries: 99, random: () => random }));
    expect([1, 2, 3, 4, 5, 6, 50].map((attempt) => at(attempt, 1))).toEqual([
      500, 1e3, 2e3, 4e3, 8e3, 8e3, 8e3,
    ]);
    expect([1, 5].map((attempt) => at(attempt, 0))).toEqual([0, 0]);
  });
});
