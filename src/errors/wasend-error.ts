/**
 * What is known about the effect of a call that failed.
 *
 * - `not_sent`: nothing left this process, or no connection was ever made.
 * - `rejected`: the server answered completely and refused.
 * - `unknown`: it may have taken effect; nobody can tell from here.
 * - `accepted`: the server said yes (2xx), but its answer was lost or had no message id.
 */
export type Outcome = "not_sent" | "rejected" | "unknown" | "accepted";

/** The machine-readable kind of an error; stable across releases, minifiers and module formats. */
export type ErrorCode =
  | "configuration_error"
  | "validation_error"
  | "aborted"
  | "connection_error"
  | "timeout"
  | "response_read_error"
  | "api_error"
  | "bad_request"
  | "authentication_error"
  | "permission_error"
  | "not_found"
  | "conflict"
  | "payload_too_large"
  | "unprocessable"
  | "rate_limited"
  | "server_error"
  | "number_not_ready"
  | "reachout_timelock"
  | "response_format_error"
  | "webhook_error"
  | "webhook_signature_error"
  | "webhook_payload_error";

/** Shared by every copy of this package in one process: ESM and CommonJS have two sets of classes. */
const BRAND: unique symbol = Symbol.for("wasend.error") as never;

/** What every error of this SDK is made of. */
export interface WasendErrorInit {
  /** The machine-readable kind. */
  code: ErrorCode;
  /** What is known about the effect of the call. */
  outcome: Outcome;
  /** What led to it, as it was caught. */
  cause?: unknown;
}

/**
 * The base of every error this SDK throws.
 *
 * Holds no API key, no message text and no whole phone number: it may be logged as it is.
 *
 * @example
 * ```ts
 * try {
 *   await wasend.messages.sendText({ to, text });
 * } catch (error) {
 *   if (isWasendError(error) && error.safeToResend) queue.retryLater();
 *   else throw error;
 * }
 * ```
 */
export class WasendError extends Error {
  static {
    nameClass(this, "WasendError");
  }

  /** The machine-readable kind, for `switch`. */
  readonly code: ErrorCode;
  /** Did it go out? See {@link Outcome}. */
  readonly outcome: Outcome;
  /** Whether the same call can be made again without any risk of doing it twice. */
  readonly safeToResend: boolean;

  constructor(message: string, init: WasendErrorInit) {
    super(message, "cause" in init && init.cause !== undefined ? { cause: init.cause } : undefined);
    this.code = init.code;
    this.outcome = init.outcome;
    this.safeToResend = init.outcome === "not_sent" || init.outcome === "rejected";
  }

  /** A plain object for logs: kind, message and outcome, never a secret. */
  toJSON(): Record<string, unknown> {
    return {
      name: this.name,
      code: this.code,
      message: this.message,
      outcome: this.outcome,
      safeToResend: this.safeToResend,
    };
  }

  /** @internal */
  get [BRAND](): true {
    return true;
  }
}

/** A literal on the prototype survives minifiers, and keeps `name` out of the enumerable fields. */
export function nameClass(target: { prototype: Error }, name: string): void {
  Object.defineProperty(target.prototype, "name", { value: name, configurable: true, writable: true });
}

/**
 * Whether a value is an error of this SDK, also across ESM and CommonJS copies of it.
 *
 * @example
 * ```ts
 * if (isWasendError(error)) console.log(error.code, error.outcome);
 * ```
 */
export function isWasendError(value: unknown): value is WasendError {
  return typeof value === "object" && value !== null && (value as Record<symbol, unknown>)[BRAND] === true;
}
