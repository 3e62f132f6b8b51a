import type { ApiErrorInit } from "./api-errors.js";
import { nameClass, WasendError } from "./wasend-error.js";

/**
 * A complete 2xx came whose body cannot be what was asked for: no JSON, another shape, or a send's answer without a
 * message id. The outcome is `accepted`: the server said yes.
 *
 * @example
 * ```ts
 * if (error instanceof ResponseFormatError) console.log(error.status, error.requestId);
 * ```
 */
export class ResponseFormatError extends WasendError {
  static {
    nameClass(this, "ResponseFormatError");
  }

  /** The HTTP status, a 2xx. */
  readonly status: number;
  /** The server's id for the request, if it gave one. */
  readonly requestId: string | undefined;
  /** How many requests this call made. */
  readonly attempts: number;
  /** The answer's body: parsed JSON, else the first 2 kB of the text. Not enumerable. */
  declare readonly body: unknown;

  constructor(message: string, init: Omit<ApiErrorInit, "rateLimit">) {
    super(message, { code: "response_format_error", outcome: init.outcome, cause: init.cause });
    this.status = init.status;
    this.requestId = init.requestId;
    this.attempts = init.attempts;
    Object.defineProperty(this, "body", { value: init.body, enumerable: false });
  }

  override toJSON(): Record<string, unknown> {
    const { status, requestId, attempts } = this;
    return { ...super.toJSON(), status, requestId, attempts };
  }
}
