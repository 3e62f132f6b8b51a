import { type ErrorCode, nameClass, type Outcome, WasendError } from "./wasend-error.js";

/** What errors without a usable answer know about their call. */
export interface ConnectionErrorInit {
  /** What is known about the effect of the call. */
  outcome: Outcome;
  /** How many requests this call tried to make. */
  attempts: number;
  /** What led to it, as it was caught. */
  cause?: unknown;
}

/**
 * The caller's `AbortSignal` ended the call. `cause` is the signal's reason, `outcome` says how far the call had come.
 *
 * @example
 * ```ts
 * const controller = new AbortController();
 * const sending = wasend.messages.sendText({ to, text }, { signal: controller.signal });
 * controller.abort();
 * await sending.catch((error) => isWasendError(error) && error.outcome); // "not_sent" before it left, "unknown" after
 * ```
 */
export class AbortedError extends WasendError {
  static {
    nameClass(this, "AbortedError");
  }

  /** How many requests this call had tried to make. */
  readonly attempts: number;

  constructor(message: string, init: ConnectionErrorInit) {
    super(message, { code: "aborted", outcome: init.outcome, cause: init.cause });
    this.attempts = init.attempts;
  }

  override toJSON(): Record<string, unknown> {
    return { ...super.toJSON(), attempts: this.attempts };
  }
}

/**
 * No usable answer came. `outcome` is `not_sent` only if no connection was made.
 *
 * @example
 * ```ts
 * if (error instanceof ConnectionError && error.outcome === "not_sent") await retryLater();
 * ```
 */
export class ConnectionError extends WasendError {
  static {
    nameClass(this, "ConnectionError");
  }

  /** How many requests this call tried to make. */
  readonly attempts: number;

  constructor(message: string, init: ConnectionErrorInit, code: ErrorCode = "connection_error") {
    super(message, { code, outcome: init.outcome, cause: init.cause });
    this.attempts = init.attempts;
  }

  override toJSON(): Record<string, unknown> {
    return { ...super.toJSON(), attempts: this.attempts };
  }
}

/**
 * The time given to one attempt (`timeout`) or to the whole call (`deadline`) ran out.
 *
 * @example
 * ```ts
 * if (error instanceof TimeoutError) console.log(error.scope, error.ms, error.outcome);
 * ```
 */
export class TimeoutError extends ConnectionError {
  static {
    nameClass(this, "TimeoutError");
  }

  /** Which of the two limits ran out. */
  readonly scope: "attempt" | "deadline";
  /** That limit, in milliseconds. */
  readonly ms: number;

  constructor(message: string, init: ConnectionErrorInit & { scope: "attempt" | "deadline"; ms: number }) {
    super(message, init, "timeout");
    this.scope = init.scope;
    this.ms = init.ms;
  }

  override toJSON(): Record<string, unknown> {
    return { ...super.toJSON(), scope: this.scope, ms: this.ms };
  }
}

/**
 * A status line came, but the rest of the answer was lost on the way. With a 2xx the outcome is `accepted`.
 *
 * @example
 * ```ts
 * if (error instanceof ResponseReadError) console.log(error.status, error.outcome);
 * ```
 */
export class ResponseReadError extends ConnectionError {
  static {
    nameClass(this, "ResponseReadError");
  }

  /** The HTTP status that had arrived. */
  readonly status: number;

  constructor(message: string, init: ConnectionErrorInit & { status: number }) {
    super(message, init, "response_read_error");
    this.status = init.status;
  }

  override toJSON(): Record<string, unknown> {
    return { ...super.toJSON(), status: this.status };
  }
}
