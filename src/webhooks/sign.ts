import { type RawBody, rawBody } from "./raw-body.js";
import { type VerifyOptions, VerifySettings } from "./verify.js";

/**
 * The headers that a genuine delivery of this body would have: for your own tests.
 *
 * With `urlToken()` there are none: post to the address that `schemes.urlToken.url(webhookUrl, secret)` makes.
 *
 * @throws {@link WebhookSignatureError} without a secret, or when the body is an object instead of its text.
 *
 * @example
 * ```ts
 * const body = JSON.stringify({ event: "message", session: "sales", payload: { id: "false_1@c.us_A", from: "1@c.us" } });
 * await fetch(url, { method: "POST", body, headers: await signWebhook(body, { secret }) });
 * ```
 */
export async function signWebhook(
  body: RawBody,
  options: Pick<VerifyOptions, "secret" | "scheme" | "clock"> = {},
): Promise<Record<string, string>> {
  const settings = new VerifySettings(options);
  return settings.scheme.sign(rawBody(body), settings.context());
}
