import type { RetryClass } from "../contract/operation.js";
import { type Outcome, RateLimitError, type WasendError } from "../errors/index.js";
import { answerError, endedError, lostError, refusedHere } from "./call-error.js";
import type { Deadline, EndReason } from "./deadline.js";
import { saysFailure, saysTimelock } from "./error-text.js";
import type { CallEvent, Emit } from "./events.js";
import { type Evidence, isSuccess, outcomeOf, worstOutcome } from "./failure.js";
import type { RateLimiter } from "./rate-limiter.js";
import { type ParsedBody, parseBody, requestIdOf } from "./response.js";
import { retryDelay } from "./retry.js";
import { forbidsRetry, retryAfterMs } from "./retry-after.js";
import {
  Cancellation,
  type Transport,
  TransportFailure,
  type TransportRequest,
  type TransportResponse,
} from "./transport.js";

/** What a call stands on. */
export interface CallContext {
  transport: () => Promise<Transport>;
  limiter: RateLimiter;
  emit: Emit;
  random: () => number;
}

/** One call, checked and ready to go. */
export interface CallRequest {
  event: Omit<CallEvent, "attempt">;
  retry: RetryClass;
  http: Omit<TransportRequest, "cancellation" | "repeatable">;
  timeoutMs: number;
  /** Of the whole call; whoever made it ends it. */
  deadline: Deadline;
  maxRetries: number;
  /** The strings that must not come back in an error. */
  secrets: () => string[];
}

/** A call that succeeded. */
export interface CallAnswer {
  request: CallRequest;
  response: TransportResponse;
  body: ParsedBody;
  attempts: number;
}

/** An attempt that a complete answer ended. */
export interface AnsweredAttempt {
  response: TransportResponse;
  body: ParsedBody;
}

/** An attempt that ended without a complete answer. */
export interface LostAttempt {
  failure: TransportFailure;
  /** Why we ended it ourselves, if we did. */
  ended: EndReason | undefined;
}

type Attempt = AnsweredAttempt | LostAttempt;

/**
 * The way of one call: the only place where a request leaves the process, read from top to bottom.
 *
 * Every attempt asks the limiter for leave, has its own timer, and ends with a complete answer or with what is known
 * about its failure. `outcome` is the worst of all attempts, since an earlier one may have had its effect.
 */
export async function performCall(context: CallContext, request: CallRequest): Promise<CallAnswer> {
  const { deadline } = request;
  const lane = request.event.session ?? "";
  let outcome: Outcome = "not_sent";
  let lastError: WasendError | undefined;
  const transport = await context.transport();
  for (let attempt = 1; ; attempt += 1) {
    const asked = context.limiter.enter(lane, deadline, attempt > 1);
    const admission = asked instanceof Promise ? await asked : asked;
    if (admission.kind === "refused") throw lastError ?? refusedHere(request, admission.waitMs);
    if (admission.kind === "ended")
      throw endedError(request, deadline, admission.reason, outcome, attempt - 1);
    try {
      const over = deadline.endedBy;
      if (over !== undefined) throw endedError(request, deadline, over, outcome, attempt - 1);
      const event: CallEvent = { ...request.event, attempt };
      const result = await attemptOnce(context, transport, request, deadline, event);
      if ("response" in result && succeeded(request, result, outcome))
        return { request, ...result, attempts: attempt };

      const own = outcomeOf(evidenceOf(request, result));
      outcome = worstOutcome(outcome, own);
      lastError =
        "response" in result
          ? answerError(request, result, outcome, attempt)
          : lostError(request, deadline, result, outcome, attempt);
      // What this attempt shows decides, not what an earlier one left open: a refusal stays one.
      const waitMs = retryDelay(failedAttempt(context, request, deadline, result, own, attempt));
      if (lastError instanceof RateLimitError) holdNumber(context, lane, event, lastError, waitMs);
      if (waitMs === undefined || deadline.isAborted) throw lastError;

      const status = "response" in result ? result.response.status : result.failure.status;
      context.emit("retry", { ...event, outcome: own, status, waitMs });
      if (lastError instanceof RateLimitError) continue;
      admission.slot.leave();
      const ended = await deadline.sleep(waitMs);
      if (ended === "aborted") throw endedError(request, deadline, ended, outcome, attempt);
    } finally {
      admission.slot.leave();
    }
  }
}

async function attemptOnce(
  context: CallContext,
  transport: Transport,
  request: CallRequest,
  deadline: Deadline,
  event: CallEvent,
): Promise<Attempt> {
  const cancellation = new Cancellation();
  let ended: EndReason | undefined;
  const startedAt = performance.now();
  const stop = deadline.watch(request.timeoutMs, (reason) => {
    ended = reason;
    cancellation.cancel();
  });
  context.emit("request", event);
  try {
    // A listener may have aborted the call.
    if (ended !== undefined)
      return { failure: new TransportFailure({ handed: false, cause: undefined }), ended };
    const repeatable = request.retry === "always";
    const response = await transport({ ...request.http, cancellation, repeatable });
    const { status, headers } = response;
    const durationMs = performance.now() - startedAt;
    context.emit("response", { ...event, status, durationMs, requestId: requestIdOf(headers) });
    return { response, body: parseBody(response.body) };
  } catch (error) {
    // Anything but a TransportFailure proves nothing, so the request counts as handed over.
    const failure =
      error instanceof TransportFailure ? error : new TransportFailure({ handed: true, cause: error });
    return { failure, ended };
  } finally {
    stop();
  }
}

function succeeded(request: CallRequest, { response, body }: AnsweredAttempt, before: Outcome): boolean {
  if (isSuccess(response.status)) return !saysFailure(body);
  // It is gone: an earlier attempt whose answer was lost has deleted it.
  const mayHaveDeleted = before === "unknown" || before === "accepted";
  return response.status === 404 && request.http.method === "DELETE" && mayHaveDeleted;
}

function evidenceOf(request: CallRequest, attempt: Attempt): Evidence {
  if ("response" in attempt) {
    const { status } = attempt.response;
    const timelock = status === 500 && saysTimelock(attempt.body, request.secrets());
    return { kind: "answer", status, timelock };
  }
  const { status, handed } = attempt.failure;
  return status === undefined ? { kind: "no_answer", handed } : { kind: "cut", status };
}

function failedAttempt(
  { random }: CallContext,
  { retry, maxRetries }: CallRequest,
  { remainingMs }: Deadline,
  result: Attempt,
  outcome: Outcome,
  attempt: number,
): Parameters<typeof retryDelay>[0] {
  const shared = { retry, maxRetries, remainingMs, outcome, attempt, random };
  if (!("response" in result)) {
    return { ...shared, status: undefined, retryAfterMs: undefined, forbidden: false };
  }
  const { status, headers } = result.response;
  return {
    ...shared,
    status,
    retryAfterMs: retryAfterMs(headers, Date.now()),
    forbidden: forbidsRetry(headers),
  };
}

/** How long a number rests after a 429 that names no wait and is not repeated. Ours; no source names a figure. */
const DEFAULT_HOLD_MS = 1_000;

/** Done before the slot is given back, or the next in line would leave at once. */
function holdNumber(
  context: CallContext,
  lane: string,
  event: CallEvent,
  error: RateLimitError,
  retryMs: number | undefined,
): void {
  const named = error.retryAfter === undefined ? undefined : error.retryAfter * 1_000;
  const waitMs = named ?? retryMs ?? DEFAULT_HOLD_MS;
  context.limiter.hold(lane, waitMs);
  context.emit("rateLimited", { ...event, waitMs, retryAfter: error.retryAfter });
}
