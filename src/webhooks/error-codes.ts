import { type ErrorCode, isWasendError } from "../errors/wasend-error.js";
import type { WebhookSignatureError, WebhookSignatureReason } from "../errors/webhook-errors.js";

/** The code of an error of this package, also of its other module format, whose classes are not these. */
export function codeOf(error: unknown): ErrorCode | undefined {
  return isWasendError(error) ? error.code : undefined;
}

/** Why a signature was refused. */
export function reasonOf(error: unknown): WebhookSignatureReason | undefined {
  return codeOf(error) === "webhook_signature_error" ? (error as WebhookSignatureError).reason : undefined;
}
