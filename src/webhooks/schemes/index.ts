import { hmacScheme, hmacSha512 } from "./hmac.js";
import type { WebhookScheme } from "./scheme.js";
import { standardWebhooks } from "./standard-webhooks.js";
import { type UrlTokenOptions, urlToken } from "./url-token.js";

/** Options of {@link schemes.auto}. */
export interface AutoOptions extends UrlTokenOptions {
  /** The signature's scheme. Default `schemes.hmacSha512()`. */
  signature?: WebhookScheme;
  /** The header whose presence makes the signature count. Default `"x-webhook-hmac"`. */
  signatureHeader?: string;
}

/** A signed delivery must have a right signature, whatever its address; only an unsigned one may rely on its address. */
function auto(options: AutoOptions = {}): WebhookScheme {
  const { signature = hmacSha512(), signatureHeader = "x-webhook-hmac" } = options;
  const token = urlToken(options);
  return {
    name: "auto",
    verify(delivery, context) {
      const scheme = delivery.header(signatureHeader) === undefined ? token : signature;
      return scheme.verify(delivery, context);
    },
    sign(body, context) {
      return signature.sign(body, context);
    },
  };
}

/** Accepts everything, from anybody. */
function none(): WebhookScheme {
  return { name: "none", verify: () => true, sign: () => ({}) };
}

/**
 * The ways to prove a delivery genuine.
 *
 * - `auto()`, the default: an `x-webhook-hmac` header must verify; without one the address's token must; else refused.
 * - `hmacSha512()`: the engine's signature. `hmac({ header, … })`: the same with other header, hash or encoding.
 * - `standardWebhooks()`: `webhook-id`, `webhook-timestamp`, `webhook-signature`.
 * - `urlToken()`: a token in the address, made by `urlToken.url(webhookUrl, secret)`.
 * - `none()`: no check at all; only behind something that has checked.
 *
 * @example
 * ```ts
 * const receiver = new WebhookReceiver({ secret, scheme: schemes.hmacSha512({ maxAge: 3_600_000 }) });
 * ```
 */
export const schemes = {
  /** An HMAC header must verify; without one the address's token must. The default. */
  auto,
  /** The engine's signature. */
  hmacSha512,
  /** A signature in another header, with another hash or encoding. */
  hmac: hmacScheme,
  /** Standard Webhooks 1.0.0. */
  standardWebhooks,
  /** A token in the address. */
  urlToken,
  /** No check at all. */
  none,
};
