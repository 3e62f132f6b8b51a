import { isRecord } from "../contract/read.js";
import type { ParsedBody } from "./response.js";

/** An error page says enough in its first line or two. */
const LONGEST_TEXT = 500;

/**
 * The sentence in an error body, in the order in which the engine and its framework write them: `message` (a list is
 * joined), `error` as text, `error.message`, `exception.message`.
 */
export function errorText(body: ParsedBody): string | undefined {
  if (!("json" in body) || !isRecord(body.json)) return undefined;
  const { message, error, exception } = body.json;
  const text =
    sentence(message) ??
    sentence(error) ??
    (isRecord(error) ? sentence(error.message) : undefined) ??
    (isRecord(exception) ? sentence(exception.message) : undefined);
  return text?.slice(0, LONGEST_TEXT);
}

function sentence(value: unknown): string | undefined {
  const text = Array.isArray(value) ? value.filter((item) => typeof item === "string").join("; ") : value;
  return typeof text === "string" && text.trim() !== "" ? text.trim() : undefined;
}

/** WhatsApp's refusal of new chats, as the engine words it: "2 UNKNOWN: server returned error 463". */
export function saysTimelock(body: ParsedBody): boolean {
  return /\berror 463\b/i.test(errorText(body) ?? "");
}

/** Whether a 2xx body takes its own status back. */
export function saysFailure(body: ParsedBody): boolean {
  return "json" in body && isRecord(body.json) && body.json.success === false;
}
