import { type ErrorCode, nameClass, WasendError } from "./wasend-error.js";

/** Why a delivery's signature was refused. */
export type WebhookSignatureReason =
  | "missing_secret"
  | "missing_header"
  | "unsupported_algorithm"
  | "malformed"
  | "mismatch"
  | "too_old"
  | "too_new"
  | "scheme_failed"
  | "parsed_body"
  | "too_large";

/** The base of what can go wrong with a webhook delivery. */
export class WebhookError extends WasendError {
  static {
    nameClass(this, "WebhookError");
  }
  constructor(message: string, options: { cause?: unknown } = {}, code: ErrorCode = "webhook_error") {
    super(message, { code, outcome: "not_sent", ...options });
  }
}

/** A delivery is not proven to be genuine; `reason` says why. */
export class WebhookSignatureError extends WebhookError {
  static {
    nameClass(this, "WebhookSignatureError");
  }

  /** Why it was refused. */
  readonly reason: WebhookSignatureReason;

  constructor(message: string, reason: WebhookSignatureReason, options: { cause?: unknown } = {}) {
    super(message, options, "webhook_signature_error");
    this.reason = reason;
  }

  override toJSON(): Record<string, unknown> {
    return { ...super.toJSON(), reason: this.reason };
  }
}

/** A delivery's body is no event: no JSON, or no object with an event name. */
export class WebhookPayloadError extends WebhookError {
  static {
    nameClass(this, "WebhookPayloadError");
  }
  constructor(message: string, options: { cause?: unknown } = {}) {
    super(message, options, "webhook_payload_error");
  }
}
