import { hmac } from "#crypto";
import { WebhookSignatureError } from "../../errors/webhook-errors.js";
import { fromBase64 } from "../base64.js";
import { isAmong, refuseMalformed } from "./mac.js";
import { malformed, requireHeader, requireSecrets, type WebhookScheme } from "./scheme.js";

/** Options of the Standard Webhooks scheme. */
export interface StandardWebhooksOptions {
  /** How far, in milliseconds, the signed time may be from now, either way. Default 300 000: five minutes. */
  tolerance?: number;
  /** What the three headers begin with. Default `"webhook-"`. */
  headerPrefix?: string;
}

/** Standard Webhooks 1.0.0, symmetric (`v1`). Secrets are base64, with or without `whsec_` in front. */
export function standardWebhooks(options: StandardWebhooksOptions = {}): WebhookScheme {
  const { tolerance = 300_000, headerPrefix = "webhook-" } = options;
  const compute = (key: Uint8Array, id: string, time: string, body: string | Uint8Array) =>
    hmac("sha256", key, "base64", `${id}.${time}.`, body);

  return {
    name: "standardWebhooks",

    async verify(delivery, context) {
      const keys = requireSecrets(context).map(decodeSecret);
      const id = requireHeader(delivery, `${headerPrefix}id`);
      const time = requireHeader(delivery, `${headerPrefix}timestamp`);
      // With a dot in the id, two deliveries could have the same signed text.
      if (id === "" || id.includes(".")) throw malformed("id is no id");
      if (!/^\d{1,12}$/.test(time)) throw malformed("time is not in seconds");
      const signatures = readV1(requireHeader(delivery, `${headerPrefix}signature`));
      let matches = false;
      for (const key of keys) {
        matches = isAmong(await compute(key, id, time, delivery.raw), signatures) || matches;
      }
      if (!matches) return refuseMalformed(signatures, "sha256", "base64");
      refuseOutside(Number(time) * 1000 - context.now, tolerance);
      return true;
    },

    async sign(body, context) {
      const key = decodeSecret(requireSecrets(context)[0]!);
      const time = String(Math.floor(context.now / 1000));
      const id = `msg_${(await hmac("sha256", "message id", "hex", time, body)).slice(0, 32)}`;
      return {
        [`${headerPrefix}id`]: id,
        [`${headerPrefix}timestamp`]: time,
        [`${headerPrefix}signature`]: `v1,${await compute(key, id, time, body)}`,
      };
    },
  };
}

function decodeSecret(secret: string): Uint8Array {
  const key = fromBase64(secret.startsWith("whsec_") ? secret.slice("whsec_".length) : secret);
  if (key !== undefined && key.length > 0) return key;
  throw new WebhookSignatureError(
    'The webhook secret is no base64 (with or without "whsec_" in front).',
    "missing_secret",
  );
}

/** The `v1` entries of a list separated by spaces (by commas too, where a runtime joined several headers). */
function readV1(value: string): string[] {
  const entries = value.split(/,? /).filter((entry) => entry !== "");
  const known = entries.filter((entry) => entry.startsWith("v1,")).map((entry) => entry.slice("v1,".length));
  if (entries.length > 0 && known.length === 0) {
    throw new WebhookSignatureError("The delivery has no v1 signature.", "unsupported_algorithm");
  }
  return known.length > 0 ? known : [value];
}

function refuseOutside(ahead: number, tolerance: number): void {
  if (Math.abs(ahead) <= tolerance) return;
  const [how, reason] = ahead < 0 ? (["behind", "too_old"] as const) : (["ahead of", "too_new"] as const);
  throw new WebhookSignatureError(
    `The delivery is genuine, but over ${tolerance} ms (tolerance) ${how} this machine's clock.`,
    reason,
  );
}
