import { isRecord } from "../contract/read.js";
import { redactor } from "../errors/redact.js";
import type { ParsedBody } from "./response.js";

/** An error page says enough in its first line or two. */
export const LONGEST_TEXT = 500;

/**
 * The sentence in an error body, in the order in which the engine and its framework write them: `message` (a list is
 * joined), `error` as text, `error.message`, `exception.message`.
 */
export function errorText(body: ParsedBody): string | undefined {
  if (!("json" in body) || !isRecord(body.json)) return undefined;
  const { message, error, exception } = body.json;
  return (
    sentence(message) ??
    sentence(error) ??
    (isRecord(error) ? sentence(error.message) : undefined) ??
    (isRecord(exception) ? sentence(exception.message) : undefined)
  );
}

function sentence(value: unknown): string | undefined {
  const text = Array.isArray(value) ? value.filter((item) => typeof item === "string").join("; ") : value;
  return typeof text === "string" && text.trim() !== "" ? text.trim() : undefined;
}

/**
 * WhatsApp's refusal of new chats, as the engine words it: "2 UNKNOWN: server returned error 463". A text of the
 * request's that says so and comes back is none: the send would count as refused when it may have gone out.
 */
export function saysTimelock(body: ParsedBody, secrets: readonly string[]): boolean {
  const text = errorText(body) ?? "";
  return TIMELOCK.test(text) && TIMELOCK.test(redactor(secrets)(text));
}

const TIMELOCK = /\berror 463\b/i;

/** Whether a 2xx body takes its own status back. */
export function saysFailure(body: ParsedBody): boolean {
  return "json" in body && isRecord(body.json) && body.json.success === false;
}
