import { markSeen, type Sent, sendMessage, startTyping, stopTyping } from "../contract/messages.js";
import { isRecord } from "../contract/read.js";
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
import { checkRequestOptions, type RequestOptions } from "../http/request-options.js";
import type { SendParams, TypingParams } from "./message-params.js";

const NAME = "messages.sendWithTyping";

/** A person's speed, as the vendor's client has it. */
const MS_PER_CHARACTER = 50;
const MIN_TYPING_MS = 3_000;
const MAX_TYPING_MS = 8_000;
const DEADLINE_MS = 60_000;

/** What only looks nice must not keep the message back for long. */
const STEP_TIMEOUT_MS = 5_000;
const STEP_DEADLINE_MS = 10_000;

/** Seen, typing, wait, stop, send; typing always ends. */
export async function sendWithTyping(
  caller: Caller,
  params: SendParams,
  typing: TypingParams,
  options: RequestOptions = {},
): Promise<Sent> {
  await caller.check(sendMessage, params);
  checkTyping(typing);
  checkRequestOptions(NAME, options);
  const { session, to } = params;
  const limit = options.deadline ?? caller.defaults.deadline ?? DEADLINE_MS;
  const deadline = new Deadline(limit, options.signal);
  const timeout = Math.min(options.timeout ?? caller.defaults.timeout ?? STEP_TIMEOUT_MS, STEP_TIMEOUT_MS);
  const step = (ms: number): RequestOptions => ({
    ...options,
    // Whoever watches the upload watches the message.
    onUploadProgress: undefined,
    timeout,
    deadline: Math.max(1, Math.min(ms, STEP_DEADLINE_MS)),
  });
  try {
    if (deadline.isAborted) throw stoppedBeforeSend(deadline, "aborted");
    if (typing.seen !== undefined) {
      const seen = { session, to, messageId: typing.seen };
      await cosmetic(caller.call(markSeen, seen, step(deadline.remainingMs)));
    }
    try {
      await cosmetic(caller.call(startTyping, { session, to }, step(deadline.remainingMs)));
      const ended = await deadline.sleep(typingTime(params.text ?? "", typing));
      if (ended !== "limit") throw stoppedBeforeSend(deadline, ended);
    } finally {
      // Has time of its own: it must work after the caller's abort and past the deadline.
      const unaborted = { ...step(STEP_DEADLINE_MS), signal: undefined };
      await cosmetic(caller.call(stopTyping, { session, to }, unaborted));
    }
    // A send without time to hear its answer would only end as unknown.
    if (deadline.remainingMs === 0) throw stoppedBeforeSend(deadline, "deadline");
    return await caller.call(sendMessage, params, { ...options, deadline: deadline.remainingMs });
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

/** A bound that was given moves the default of the other one out of its way. */
function typingTime(text: string, { minTypingMs, maxTypingMs }: TypingParams): number {
  const most = maxTypingMs ?? Math.max(MAX_TYPING_MS, minTypingMs ?? 0);
  const least = minTypingMs ?? Math.min(MIN_TYPING_MS, most);
  return Math.max(least, Math.min(most, text.length * MS_PER_CHARACTER));
}

function stoppedBeforeSend(deadline: Deadline, ended: EndReason): WasendError {
  const init = { outcome: "not_sent" as const, attempts: 0 };
  if (ended === "aborted") {
    const message = `${NAME} was aborted by its signal before it sent. Nothing was sent.`;
    return new AbortedError(message, { ...init, cause: deadline.abortReason });
  }
  const message = `${NAME} had not sent by its deadline of ${deadline.ms} ms. Nothing was sent.`;
  return new TimeoutError(message, { ...init, scope: "deadline", ms: deadline.ms });
}

function checkTyping(typing: TypingParams): void {
  const isObject: boolean = isRecord(typing);
  if (!isObject) throw new ValidationError(NAME, [{ path: "typing", message: "must be an object" }]);
  const { seen, minTypingMs, maxTypingMs, ...others } = typing;
  const issues: ValidationIssue[] = [];
  if (seen !== undefined && (typeof seen !== "string" || seen.trim() === "")) {
    issues.push({ path: "seen", message: "must be the id of a message" });
  }
  for (const [path, ms] of Object.entries({ minTypingMs, maxTypingMs })) {
    if (ms !== undefined && !(Number.isFinite(ms) && ms >= 0))
      issues.push({ path, message: "must be a number of milliseconds, 0 or more" });
  }
  if (minTypingMs !== undefined && maxTypingMs !== undefined && minTypingMs > maxTypingMs)
    issues.push({ path: "minTypingMs", message: "must not be more than maxTypingMs" });
  if (Object.keys(others).length > 0) {
    issues.push({ path: "typing", message: "has seen, minTypingMs and maxTypingMs, and nothing else" });
  }
  if (issues.length > 0) throw new ValidationError(NAME, issues);
}
