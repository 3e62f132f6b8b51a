import { isRecord } from "../contract/read.js";
import {
  AbortedError,
  ApiError,
  type ApiErrorInit,
  AuthenticationError,
  BadRequestError,
  ConflictError,
  ConnectionError,
  NotFoundError,
  NumberNotReadyError,
  type Outcome,
  PayloadTooLargeError,
  PermissionError,
  RateLimitError,
  ReachoutTimelockError,
  ResponseFormatError,
  ResponseReadError,
  ServerError,
  TimeoutError,
  UnprocessableError,
  type WasendError,
} from "../errors/index.js";
import { type Redact, redactDeep, redactor, redactShort } from "../errors/redact.js";
import { safeCause } from "../errors/safe-cause.js";
import type { AnsweredAttempt, CallAnswer, CallRequest, LostAttempt } from "./call.js";
import type { Deadline, EndReason } from "./deadline.js";
import { errorText, LONGEST_TEXT, saysTimelock } from "./error-text.js";
import { rateLimitInfo } from "./rate-limit-headers.js";
import { type ParsedBody, requestIdOf } from "./response.js";
import { retryAfterMs } from "./retry-after.js";

/** `messages.sendText (POST /sendText)` */
function nameOf({ event }: CallRequest): string {
  return `${event.operation} (${event.method} ${event.path})`;
}

/** What the reader of an error should do next. */
function advice(request: CallRequest, outcome: Outcome): string {
  switch (outcome) {
    case "not_sent":
      return "Nothing was sent; it is safe to try again.";
    case "rejected":
      return "The server refused it, so it had no effect.";
    case "unknown":
      return request.retry === "always"
        ? "Whether it took effect is not known; it is safe to repeat."
        : "It may have taken effect: check before you send it again.";
    case "accepted":
      return "The server accepted it; do not send it again.";
  }
}

/** The caller's abort or the deadline ended a call while no request was under way. */
export function endedError(
  request: CallRequest,
  deadline: Deadline,
  reason: EndReason,
  outcome: Outcome,
  attempts: number,
): WasendError {
  const name = nameOf(request);
  if (reason === "aborted") {
    const message = `${name} was aborted by its signal. ${advice(request, outcome)}`;
    return new AbortedError(message, { outcome, attempts, cause: deadline.abortReason });
  }
  const { ms } = deadline;
  const message = `${name} was not done within its deadline of ${ms} ms. ${advice(request, outcome)}`;
  return new TimeoutError(message, { outcome, attempts, scope: "deadline", ms });
}

/** The client's own limit does not let the call start. */
export function refusedHere(request: CallRequest, waitMs: number | undefined): RateLimitError {
  const retryAfter = waitMs === undefined ? undefined : waitMs / 1_000;
  const wait = retryAfter === undefined ? "" : ` for another ${Math.ceil(retryAfter)} s`;
  const message = `${nameOf(request)} was not started: this number is held back by its rate limit${wait}. ${advice(request, "not_sent")}`;
  return new RateLimitError(message, { status: 429, outcome: "not_sent", attempts: 0, retryAfter });
}

/** An attempt ended without a complete answer. */
export function lostError(
  request: CallRequest,
  deadline: Deadline,
  { failure, ended }: LostAttempt,
  outcome: Outcome,
  attempts: number,
): WasendError {
  if (ended === "aborted" || ended === "deadline")
    return endedError(request, deadline, ended, outcome, attempts);
  const name = nameOf(request);
  const init = { outcome, attempts, cause: safeCause(failure.cause, redactor(request.secrets())) };
  if (ended === "limit") {
    const ms = request.timeoutMs;
    const phase = failure.handed ? "no complete answer" : "no connection";
    const message = `${name}: ${phase} within the timeout of ${ms} ms (attempt ${attempts}). ${advice(request, outcome)}`;
    return new TimeoutError(message, { ...init, scope: "attempt", ms });
  }
  const host = new URL(request.http.url).host;
  const code = codeOf(init.cause);
  const why = code === undefined ? "" : ` (${code})`;
  const { status } = failure;
  if (status !== undefined) {
    const message = `${name}: ${host} answered ${status}, but the rest of its answer was lost${why}. ${advice(request, outcome)}`;
    return new ResponseReadError(message, { ...init, status });
  }
  const what = failure.handed
    ? `the connection to ${host} broke before an answer came`
    : `could not connect to ${host}`;
  return new ConnectionError(`${name}: ${what}${why}. ${advice(request, outcome)}`, init);
}

/** `ECONNREFUSED`, wherever the runtime put it. It is looked for in what {@link safeCause} has let through. */
function codeOf(cause: unknown): string | undefined {
  try {
    for (let error = cause, depth = 0; depth < 4 && typeof error === "object" && error !== null; depth += 1) {
      const { code, cause: inner, errors } = error as { code?: unknown; cause?: unknown; errors?: unknown[] };
      if (typeof code === "string") return code;
      error = inner ?? errors?.[0];
    }
  } catch {
    // An error that cannot be looked at has no code.
  }
  return undefined;
}

/** A complete answer that is no success. */
export function answerError(
  request: CallRequest,
  { response, body }: AnsweredAttempt,
  outcome: Outcome,
  attempts: number,
): WasendError {
  const { status, headers } = response;
  const now = Date.now();
  const redact = redactor(request.secrets());
  const init: ApiErrorInit = {
    status,
    outcome,
    attempts,
    requestId: requestIdOf(headers),
    rateLimit: rateLimitInfo(headers, now),
    body: safeBody(body, redact),
  };
  const text = redactShort(redact, errorText(body) ?? `HTTP ${status}`, LONGEST_TEXT);
  const say = (hint?: string) =>
    `${nameOf(request)} failed with ${status}: ${text}. ${hint ?? advice(request, outcome)}`.replace(
      "..",
      ".",
    );
  const json = "json" in body && isRecord(body.json) ? body.json : {};

  if (status >= 300 && status < 400) {
    return new ApiError(
      say("Redirects are not followed, so that the key stays here: check `baseUrl`."),
      init,
    );
  }
  if (status === 422 && "error" in json && "session" in json) {
    const state =
      typeof json.status === "string" ? redactShort(redact, json.status, LONGEST_TEXT) : undefined;
    const now = state === undefined ? "" : ` It is ${state} now.`;
    return new NumberNotReadyError(say(`Connect the number first: numbers.start, then its QR code.${now}`), {
      ...init,
      state,
    });
  }
  if (status === 500 && saysTimelock(body, request.secrets())) {
    const hint =
      "WhatsApp lets this number open no new chats for now. Stop writing to new contacts; it lifts by itself.";
    return new ReachoutTimelockError(say(hint), init);
  }
  if (status === 429) {
    const ms = retryAfterMs(headers, now);
    return new RateLimitError(say(), { ...init, retryAfter: ms === undefined ? undefined : ms / 1_000 });
  }
  if (status === 401)
    return new AuthenticationError(say("Check the API key (`apiKey` or WASEND_API_KEY)."), init);
  const Kind = BY_STATUS[status] ?? (status >= 500 ? ServerError : ApiError);
  return new Kind(say(), init);
}

const BY_STATUS: Readonly<Record<number, new (message: string, init: ApiErrorInit) => ApiError>> = {
  400: BadRequestError,
  403: PermissionError,
  404: NotFoundError,
  409: ConflictError,
  413: PayloadTooLargeError,
  422: UnprocessableError,
};

/** A complete success whose body is not what the operation answers with. */
export function formatError(answer: CallAnswer, expected: string): ResponseFormatError {
  const { request, response, body, attempts } = answer;
  const requestId = requestIdOf(response.headers);
  const empty = response.body.length === 0 ? "an empty body" : "a body that is not that";
  const message = `${nameOf(request)} answered ${response.status}, but instead of ${expected} with ${empty}. ${advice(request, "accepted")}`;
  const init = { status: response.status, outcome: "accepted" as const, attempts, requestId };
  return new ResponseFormatError(message, { ...init, body: safeBody(body, redactor(request.secrets())) });
}

const LONGEST_BODY_TEXT = 2_048;

/** An error body without what the server echoes of the request, and without its stack trace. */
function safeBody(body: ParsedBody, redact: Redact): unknown {
  if ("text" in body) return redactShort(redact, body.text, LONGEST_BODY_TEXT);
  if (!isRecord(body.json)) return redactDeep(redact, body.json);
  const { request: _echo, stack: _stack, exception, ...rest } = body.json;
  if (!isRecord(exception))
    return redactDeep(redact, exception === undefined ? rest : { ...rest, exception });
  const { stack: _trace, ...told } = exception;
  return redactDeep(redact, { ...rest, exception: told });
}
