import { WebhookSignatureError } from "../../errors/webhook-errors.js";
import type { WebhookDelivery } from "../delivery.js";

/** What a scheme works with beside the delivery. */
export interface WebhookSchemeContext {
  /** The secrets, newest first; any of them may have signed. */
  readonly secrets: readonly string[];
  /** The first secret; the one to sign with. */
  readonly secret: string | undefined;
  /** The time, in milliseconds since 1970. */
  readonly now: number;
}

/**
 * How deliveries prove that they are genuine. Write your own if none of {@link schemes} fits.
 *
 * @example
 * ```ts
 * const gateway: WebhookScheme = {
 *   name: "gateway",
 *   verify: (delivery, { secrets }) => secrets.includes(delivery.header("x-gateway-token") ?? ""),
 *   sign: (_body, { secret }) => ({ "x-gateway-token": secret! }),
 * };
 * ```
 */
export interface WebhookScheme {
  /** Its name, for messages and logs. */
  readonly name: string;
  /**
   * Only `true` accepts the delivery. Anything else, also an exception, refuses it; throw a `WebhookSignatureError` to
   * say why.
   */
  verify(delivery: WebhookDelivery, context: WebhookSchemeContext): boolean | Promise<boolean>;
  /** The headers that a sender would add. */
  sign(
    body: string | Uint8Array,
    context: WebhookSchemeContext,
  ): Record<string, string> | Promise<Record<string, string>>;
}

/** The secrets of a scheme that cannot do without; an empty one among them would let anybody sign. */
export function requireSecrets({ secrets }: WebhookSchemeContext): readonly string[] {
  if (secrets.length === 0 || secrets.some((secret) => typeof secret !== "string" || secret.trim() === "")) {
    throw new WebhookSignatureError(
      "There is no webhook secret, or an empty one (an unset environment variable?): set the secret option.",
      "missing_secret",
    );
  }
  return secrets;
}

/** A required header. */
export function requireHeader(delivery: WebhookDelivery, name: string): string {
  const value = delivery.header(name);
  if (value !== undefined) return value;
  throw new WebhookSignatureError(`The delivery has no ${name} header.`, "missing_header");
}

/** The refusal of a signature that cannot be one. */
export function malformed(what: string): WebhookSignatureError {
  return new WebhookSignatureError(`The delivery's ${what}.`, "malformed");
}
