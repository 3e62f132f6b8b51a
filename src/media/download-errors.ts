import {
  AbortedError,
  ApiError,
  AuthenticationError,
  ConnectionError,
  NotFoundError,
  type Outcome,
  PayloadTooLargeError,
  PermissionError,
  RateLimitError,
  ResponseReadError,
  ServerError,
  TimeoutError,
  ValidationError,
  type WasendError,
} from "../errors/index.js";
import type { Deadline, EndReason } from "../http/deadline.js";
import { header } from "../http/response.js";
import { retryAfterMs } from "../http/retry-after.js";
import { bytes } from "./limit-issues.js";
import type { UrlAnswer } from "./open-url.js";

const NAME = "media.download";

/** There is nothing to load, or no longer. */
export function missingError(why: string, status = 404, attempts = 0): NotFoundError {
  return new NotFoundError(`${NAME}: ${why}.`, { status, outcome: "rejected", attempts });
}

/** Its host may not be asked. */
export function privateError(host: string, isRedirect: boolean): ValidationError {
  const what = isRedirect ? "redirects to" : "points to";
  return new ValidationError(NAME, [
    {
      path: "url",
      message: `${what} ${host}, which is inside a private network; pass allowPrivate: true if you trust where the address comes from`,
    },
  ]);
}

/** More came, or is to come, than was asked for. */
export function tooLargeError(
  size: number | undefined,
  maxBytes: number,
  attempts: number,
): PayloadTooLargeError {
  const has = size === undefined ? `more than ${bytes(maxBytes)}` : bytes(size);
  return new PayloadTooLargeError(
    `${NAME}: the file has ${has}, and maxBytes allows ${bytes(maxBytes)}. Raise maxBytes to load it.`,
    { status: 413, outcome: "rejected", attempts },
  );
}

/** Our own limits ended it. */
export function endedError(
  reason: EndReason,
  deadline: Deadline,
  timeoutMs: number,
  attempts: number,
): WasendError {
  const outcome: Outcome = "unknown";
  if (reason === "aborted") {
    const message = `${NAME} was aborted by its signal.`;
    return new AbortedError(message, { outcome, attempts, cause: deadline.abortReason });
  }
  const [ms, scope] =
    reason === "limit" ? [timeoutMs, "attempt" as const] : [deadline.ms, "deadline" as const];
  const what =
    reason === "limit"
      ? `got nothing for its timeout of ${ms} ms`
      : `was not done within its deadline of ${ms} ms`;
  return new TimeoutError(`${NAME} ${what}. It is safe to load it again.`, { outcome, attempts, scope, ms });
}

/** No status line came. */
export function unreachableError(host: string, attempts: number, cause: unknown): ConnectionError {
  const message = `${NAME}: no answer from ${host}. It is safe to load it again.`;
  return new ConnectionError(message, { outcome: "unknown", attempts, cause });
}

/** The rest of the file was lost, or is not what it was. */
export function lostError(why: string, status: number, attempts: number, cause?: unknown): ResponseReadError {
  const message = `${NAME}: ${why}. What has come is not the whole file; load it again from the start.`;
  return new ResponseReadError(message, { outcome: "accepted", attempts, status, cause });
}

/** Addresses that carry their own permission carry its end as well. */
const SIGNED = /[?&](?:x-amz-signature|x-goog-signature|signature|sig|expires|token)=/i;

/** The answer is no file. */
export function refusedError(url: URL, { status, headers }: UrlAnswer, attempts: number): ApiError {
  if (status === 404 || status === 410) {
    return missingError(
      `${url.host} has no such file (any more). Servers keep the files of messages for a while only: load them when the message arrives`,
      status,
      attempts,
    );
  }
  if (status === 403 && SIGNED.test(url.search))
    return missingError(
      "the address has expired; ask for the message again to get a new one",
      status,
      attempts,
    );
  const message = `${NAME}: ${url.host} answered ${status}.`;
  const init = { status, outcome: "rejected" as const, attempts };
  if (status === 401)
    return new AuthenticationError(`${message} The key goes to the API's own address only.`, init);
  if (status === 403) return new PermissionError(message, init);
  if (status === 429) {
    const ms = retryAfterMs(headers, Date.now());
    return new RateLimitError(message, { ...init, retryAfter: ms === undefined ? undefined : ms / 1_000 });
  }
  if (status >= 500) return new ServerError(message, { ...init, outcome: "unknown" });
  const location = header(headers, "location");
  const isRedirect = status >= 300 && status < 400;
  const why = isRedirect
    ? location === undefined
      ? " It does not say where to."
      : " Too many redirects."
    : "";
  return new ApiError(message + why, init);
}
