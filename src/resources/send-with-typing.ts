import { markSeen, type Sent, sendMessage, startTyping, stopTyping } from "../contract/messages.js";
import {
  AbortedError,
  isWasendError,
  TimeoutError,
  ValidationError,
  type ValidationIssue,
  type WasendError,
} from "../errors/index.js";
import type { Caller } from "../http/caller.js";
import { Deadline, type EndReason } from "../http/deadline.js";
import type { RequestOptions } from "../http/request-options.js";
import type { SendParams, TypingParams } from "./message-params.js";

/** A person's speed, as the vendor's client has it. */
const MS_PER_CHARACTER = 50;
const MIN_TYPING_MS = 3_000;
const MAX_TYPING_MS = 8_000;
const DEADLINE_MS = 60_000;

/** Switching the indicator off must work after the caller's abort and past the deadline, but not for long. */
const STOP_LIMITS = { timeout: 5_000, deadline: 10_000 };

/** Seen, typing, wait, stop, send; typing always ends. */
export async function sendWithTyping(
  caller: Caller,
  params: SendParams,
  typing: TypingParams,
  options: RequestOptions = {},
): Promise<Sent> {
  caller.check(sendMessage, params);
  checkTyping(typing);
  const { session, to } = params;
  const limit = options.deadline ?? caller.defaults.deadline ?? DEADLINE_MS;
  const deadline = new Deadline(limit instanceof Date ? limit.getTime() - Date.now() : limit, options.signal);
  const rest = (): RequestOptions => ({ ...options, deadline: Math.max(1, deadline.remainingMs) });
  try {
    if (typing.seen !== undefined) {
      await cosmetic(caller.call(markSeen, { session, to, messageId: typing.seen }, rest()));
    }
    try {
      await cosmetic(caller.call(startTyping, { session, to }, rest()));
      const ended = await deadline.sleep(typingTime(params.text ?? "", typing));
      if (ended !== "limit") throw stoppedBeforeSend(deadline, ended);
    } finally {
      await cosmetic(
        caller.call(stopTyping, { session, to }, { ...options, ...STOP_LIMITS, signal: undefined }),
      );
    }
    return await caller.call(sendMessage, params, rest());
  } finally {
    deadline.dispose();
  }
}

/**
 * A step that only looks nice: when it fails the message still goes out, or fails with an outcome of its own. What
 * became of the step says nothing about the message.
 */
async function cosmetic(step: PromiseLike<unknown>): Promise<void> {
  try {
    await step;
  } catch (error) {
    if (!isWasendError(error)) throw error;
  }
}

function typingTime(text: string, typing: TypingParams): number {
  const { minTypingMs = MIN_TYPING_MS, maxTypingMs = MAX_TYPING_MS } = typing;
  return Math.max(minTypingMs, Math.min(maxTypingMs, text.length * MS_PER_CHARACTER));
}

function stoppedBeforeSend(deadline: Deadline, ended: EndReason): WasendError {
  const init = { outcome: "not_sent" as const, attempts: 0 };
  if (ended === "aborted") {
    const message = "messages.sendWithTyping was aborted by its signal while typing. Nothing was sent.";
    return new AbortedError(message, { ...init, cause: deadline.abortReason });
  }
  const message = `messages.sendWithTyping was still typing at its deadline of ${deadline.ms} ms. Nothing was sent.`;
  return new TimeoutError(message, { ...init, scope: "deadline", ms: deadline.ms });
}

function checkTyping({ seen, minTypingMs, maxTypingMs }: TypingParams): void {
  const issues: ValidationIssue[] = [];
  if (seen !== undefined && (typeof seen !== "string" || seen.trim() === "")) {
    issues.push({ path: "seen", message: "must be the id of a message" });
  }
  for (const [path, ms] of Object.entries({ minTypingMs, maxTypingMs })) {
    if (ms !== undefined && !(ms >= 0))
      issues.push({ path, message: "must be a number of milliseconds, 0 or more" });
  }
  if (issues.length > 0) throw new ValidationError("messages.sendWithTyping", issues);
}
