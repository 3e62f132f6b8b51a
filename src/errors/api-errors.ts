import { type ErrorCode, isWasendError, nameClass, type Outcome, WasendError } from "./wasend-error.js";

/** Shared by every copy of this package in one process, as in `wasend-error.ts`. */
const BRAND: unique symbol = Symbol.for("wasend.api-error") as never;

/** What the server says about its rate limits; each field only if it said so. */
export interface RateLimitInfo {
  /** How many requests the window allows. */
  limit?: number;
  /** How many are left in it. */
  remaining?: number;
  /** When it starts anew. */
  resetAt?: Date;
}

/** What every refused call knows. */
export interface ApiErrorInit {
  /** The HTTP status. */
  status: number;
  /** What is known about the effect of the call. */
  outcome: Outcome;
  /** How many requests this call made. */
  attempts: number;
  /** The server's id for the request, if it gave one. */
  requestId?: string | undefined;
  /** The server's rate-limit figures, if it gave any. */
  rateLimit?: RateLimitInfo | undefined;
  /** The answer's body: parsed JSON, else text. */
  body?: unknown;
  /** The failure of an earlier attempt, if there was one. */
  cause?: unknown;
}

/**
 * The server answered, and the answer is not a success.
 *
 * Its subclasses name the usual statuses. `body` is there for debugging, is not enumerable and holds neither the
 * request that the server echoes nor a stack trace.
 *
 * @example
 * ```ts
 * if (error instanceof ApiError) console.log(error.status, error.requestId, error.outcome);
 * ```
 */
export class ApiError extends WasendError {
  static {
    nameClass(this, "ApiError");
  }

  /** The HTTP status. */
  readonly status: number;
  /** The server's id for the request; quote it when you ask for help. */
  readonly requestId: string | undefined;
  /** The server's rate-limit figures, `undefined` when it gave none. */
  readonly rateLimit: RateLimitInfo | undefined;
  /** How many requests this call made. */
  readonly attempts: number;
  /** The answer's body: parsed JSON, else the first 2 kB of the text. Not enumerable. */
  declare readonly body: unknown;

  constructor(message: string, init: ApiErrorInit, code: ErrorCode = "api_error") {
    super(message, { code, outcome: init.outcome, cause: init.cause });
    this.status = init.status;
    this.requestId = init.requestId;
    this.rateLimit = init.rateLimit;
    this.attempts = init.attempts;
    Object.defineProperty(this, "body", { value: init.body, enumerable: false });
  }

  override toJSON(): Record<string, unknown> {
    const { status, requestId, rateLimit, attempts } = this;
    return { ...super.toJSON(), status, requestId, rateLimit, attempts };
  }

  /** @internal */
  get [BRAND](): true {
    return true;
  }
}

/** 400: the server did not understand the request. `message` lists what it found wrong. */
export class BadRequestError extends ApiError {
  static {
    nameClass(this, "BadRequestError");
  }
  constructor(message: string, init: ApiErrorInit) {
    super(message, init, "bad_request");
  }
}

/** 401: the API key is wrong or no longer valid. */
export class AuthenticationError extends ApiError {
  static {
    nameClass(this, "AuthenticationError");
  }
  constructor(message: string, init: ApiErrorInit) {
    super(message, init, "authentication_error");
  }
}

/** 403: the key is valid, but may not do this. */
export class PermissionError extends ApiError {
  static {
    nameClass(this, "PermissionError");
  }
  constructor(message: string, init: ApiErrorInit) {
    super(message, init, "permission_error");
  }
}

/** 404: there is no such number, chat, message or group. */
export class NotFoundError extends ApiError {
  static {
    nameClass(this, "NotFoundError");
  }
  constructor(message: string, init: ApiErrorInit) {
    super(message, init, "not_found");
  }
}

/** 409: the same thing is going on already, so the outcome is `unknown`. */
export class ConflictError extends ApiError {
  static {
    nameClass(this, "ConflictError");
  }
  constructor(message: string, init: ApiErrorInit) {
    super(message, init, "conflict");
  }
}

/** 413: the body is larger than the server takes. Send large media by `url`. */
export class PayloadTooLargeError extends ApiError {
  static {
    nameClass(this, "PayloadTooLargeError");
  }
  constructor(message: string, init: ApiErrorInit) {
    super(message, init, "payload_too_large");
  }
}

/** 422: understood, but not possible. */
export class UnprocessableError extends ApiError {
  static {
    nameClass(this, "UnprocessableError");
  }
  constructor(message: string, init: ApiErrorInit) {
    super(message, init, "unprocessable");
  }
}

/**
 * 429: too fast. Also thrown, with `attempts: 0` and the outcome `not_sent`, when the client's own `rateLimit` refuses a
 * call (`onLimit: "throw"`) or when a hold would last past the call's deadline.
 *
 * @example
 * ```ts
 * if (error instanceof RateLimitError) scheduleIn((error.retryAfter ?? 60) * 1000);
 * ```
 */
export class RateLimitError extends ApiError {
  static {
    nameClass(this, "RateLimitError");
  }

  /** Seconds to wait, as the server (or the client's own limit) says; `undefined` when nobody said. */
  readonly retryAfter: number | undefined;

  constructor(message: string, init: ApiErrorInit & { retryAfter?: number | undefined }) {
    super(message, init, "rate_limited");
    this.retryAfter = init.retryAfter;
  }

  override toJSON(): Record<string, unknown> {
    return { ...super.toJSON(), retryAfter: this.retryAfter };
  }
}

/** 5xx: the server failed. Whether the call took effect is `unknown`, but for 501. */
export class ServerError extends ApiError {
  static {
    nameClass(this, "ServerError");
  }
  constructor(message: string, init: ApiErrorInit) {
    super(message, init, "server_error");
  }
}

/**
 * The WhatsApp number that should act is not connected (a 422 with its state, or a number that failed while
 * `waitUntilReady` watched it).
 *
 * @example
 * ```ts
 * if (error instanceof NumberNotReadyError) await wasend.numbers.restart(session);
 * ```
 */
export class NumberNotReadyError extends ApiError {
  static {
    nameClass(this, "NumberNotReadyError");
  }

  /** The number's status in the server's own word, `undefined` when it gave none. */
  readonly state: string | undefined;

  constructor(message: string, init: ApiErrorInit & { state?: string | undefined }) {
    super(message, init, "number_not_ready");
    this.state = init.state;
  }

  override toJSON(): Record<string, unknown> {
    return { ...super.toJSON(), state: this.state };
  }
}

/**
 * WhatsApp's error 463: this account may not open new chats for now; running chats mostly go on. It lifts by itself,
 * and every further attempt makes it worse: stop writing to new contacts.
 */
export class ReachoutTimelockError extends ApiError {
  static {
    nameClass(this, "ReachoutTimelockError");
  }
  constructor(message: string, init: ApiErrorInit) {
    super(message, init, "reachout_timelock");
  }
}

/**
 * Whether a value is an answer of the server turned into an error, also across ESM and CommonJS copies of this package.
 *
 * @example
 * ```ts
 * if (isApiError(error) && error.status === 404) return undefined;
 * ```
 */
export function isApiError(value: unknown): value is ApiError {
  return isWasendError(value) && (value as unknown as Record<symbol, unknown>)[BRAND] === true;
}
