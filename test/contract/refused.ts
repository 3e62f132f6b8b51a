import { ValidationError, type Wasend } from "@wasend/sdk";
import { expect } from "vitest";

export type Call = (wasend: Wasend) => PromiseLike<unknown>;

/** By kind: what is wrong, the call, the field that it names and what it says. */
export type Cases = Record<string, [what: string, call: Call, field: string, message: RegExp][]>;

type Untyped = Record<string, Record<string, (...args: unknown[]) => PromiseLike<unknown>>>;

/** Wrong types on purpose: plain JavaScript has no compiler to stop it. */
export const raw = (call: (wasend: Untyped) => unknown) => call as unknown as Call;

/** What a call is refused with. Fails when it is not refused, or not by a ValidationError. */
export async function refusal(call: PromiseLike<unknown>): Promise<ValidationError> {
  const error = await Promise.resolve(call).then(
    () => new Error("it was not refused"),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ValidationError);
  expect(error).toMatchObject({ code: "validation_error", outcome: "not_sent", safeToResend: true });
  return error as ValidationError;
}

/** The issues of a refusal as `field: message`. */
export async function issues(call: PromiseLike<unknown>): Promise<string[]> {
  return (await refusal(call)).issues.map(({ path, message }) => `${path}: ${message}`);
}
