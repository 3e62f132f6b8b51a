import { inspect } from "node:util";
import * as sdk from "@wasend/sdk";
import { describe, expect, it } from "vitest";

const init = { outcome: "unknown", attempts: 2, cause: new Error("why") } as const;
const api = { ...init, status: 418, requestId: "req_1", rateLimit: { limit: 1 }, body: { a: 1 } };

const ERRORS: [sdk.WasendError, string, (new (...args: never[]) => Error)[]][] = [
  [new sdk.ConfigurationError("x"), "configuration_error", []],
  [new sdk.ValidationError("x", [{ path: "to", message: "is wrong" }]), "validation_error", []],
  [new sdk.AbortedError("x", init), "aborted", []],
  [new sdk.ConnectionError("x", init), "connection_error", []],
  [new sdk.TimeoutError("x", { ...init, scope: "attempt", ms: 5 }), "timeout", [sdk.ConnectionError]],
  [new sdk.ResponseReadError("x", { ...init, status: 200 }), "response_read_error", [sdk.ConnectionError]],
  [new sdk.ResponseFormatError("x", api), "response_format_error", []],
  [new sdk.ApiError("x", api), "api_error", []],
  [new sdk.BadRequestError("x", api), "bad_request", [sdk.ApiError]],
  [new sdk.AuthenticationError("x", api), "authentication_error", [sdk.ApiError]],
  [new sdk.PermissionError("x", api), "permission_error", [sdk.ApiError]],
  [new sdk.NotFoundError("x", api), "not_found", [sdk.ApiError]],
  [new sdk.ConflictError("x", api), "conflict", [sdk.ApiError]],
  [new sdk.PayloadTooLargeError("x", api), "payload_too_large", [sdk.ApiError]],
  [new sdk.UnprocessableError("x", api), "unprocessable", [sdk.ApiError]],
  [new sdk.RateLimitError("x", { ...api, retryAfter: 3 }), "rate_limited", [sdk.ApiError]],
  [new sdk.ServerError("x", api), "server_error", [sdk.ApiError]],
  [new sdk.NumberNotReadyError("x", { ...api, state: "STOPPED" }), "number_not_ready", [sdk.ApiError]],
  [new sdk.ReachoutTimelockError("x", api), "reachout_timelock", [sdk.ApiError]],
];

describe.each(ERRORS)("%s", (error, code, parents) => {
  it("knows its name and kind, and where it belongs", () => {
    expect([error.code, error.name]).toEqual([code, error.constructor.name]);
    for (const parent of [Error, sdk.WasendError, ...parents]) expect(error).toBeInstanceOf(parent);
    expect(sdk.isWasendError(error)).toBe(true);
    expect(sdk.isApiError(error)).toBe(error instanceof sdk.ApiError);
    expect(Object.keys(error)).not.toContain("name");
    expect(String(error)).toMatch(new RegExp(`^${error.name}: `));
  });

  it("is safe to log: outcome in, body and cause out", () => {
    const logged = JSON.parse(JSON.stringify(error));
    expect(logged).toMatchObject({ name: error.name, code, message: error.message, outcome: error.outcome });
    expect(logged.safeToResend).toBe(error.outcome === "not_sent" || error.outcome === "rejected");
    expect(logged).not.toHaveProperty("body");
    expect(logged).not.toHaveProperty("cause");
    expect(inspect(error)).not.toContain("a: 1");
  });
});

it("an error of another copy of this package is known by its brand", () => {
  const foreign = { [Symbol.for("wasend.error")]: true, [Symbol.for("wasend.api-error")]: true };
  expect([sdk.isWasendError(foreign), sdk.isApiError(foreign)]).toEqual([true, true]);
  for (const other of [undefined, null, "x", 1, {}, new Error("x")]) {
    expect([sdk.isWasendError(other), sdk.isApiError(other)]).toEqual([false, false]);
  }
});

it("safeToResend follows from the outcome", () => {
  const outcomes = ["not_sent", "rejected", "unknown", "accepted"] as const;
  expect(outcomes.map((outcome) => new sdk.ConnectionError("x", { ...init, outcome }).safeToResend)).toEqual([
    true,
    true,
    false,
    false,
  ]);
});
