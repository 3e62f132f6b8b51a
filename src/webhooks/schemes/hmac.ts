import { hmac } from "#crypto";
import { WebhookSignatureError } from "../../errors/webhook-errors.js";
import type { HashName, MacEncoding } from "../../platform/crypto.js";
import type { WebhookDelivery } from "../delivery.js";
import { wireMs } from "../time.js";
import { isAmong, refuseMalformed } from "./mac.js";
import { malformed, requireHeader, requireSecrets, type WebhookScheme } from "./scheme.js";

const DAY_MS = 86_400_000;

/** How a header signs the body. Everything that hosted layers do differently is an option. */
export interface HmacOptions {
  /** The header with the signature. */
  header: string;
  /** The hash. The delivery's own headers never choose it. Default `"sha512"`. */
  hash?: HashName;
  /** How the signature is written: lower-case hex, or base64 with padding. Default `"hex"`. */
  encoding?: MacEncoding;
  /** A text before the signature, such as `"sha256="`. Default none. */
  prefix?: string;
  /** A header that names the hash. When it comes and names another one, the delivery is refused. Default none. */
  algorithmHeader?: string;
  /** A header with a time that is signed too: the signature then covers the time, a dot, and the body. Default none. */
  timestampHeader?: string;
  /**
   * How old, in milliseconds, the signed time may be: the one of `timestampHeader`, else the envelope's `timestamp`.
   * Bodies without a time have no age. `Infinity` switches the check off. Default 24 hours: the engine repeats a
   * delivery with its first time.
   */
  maxAge?: number;
  /** The scheme's name. Default `"hmac"`. */
  name?: string;
}

/** A scheme that signs the body with an HMAC in a header. The secret's UTF-8 bytes are the key. */
export function hmacScheme(options: HmacOptions): WebhookScheme {
  const { hash = "sha512", encoding = "hex", prefix = "", maxAge = DAY_MS, name = "hmac" } = options;
  const { header, algorithmHeader, timestampHeader } = options;
  const mac = (secret: string, raw: string | Uint8Array, time: string | undefined) =>
    time === undefined ? hmac(hash, secret, encoding, raw) : hmac(hash, secret, encoding, `${time}.`, raw);

  return {
    name,

    async verify(delivery, context) {
      const secrets = requireSecrets(context);
      const signatures = readSignatures(requireHeader(delivery, header), prefix);
      if (algorithmHeader !== undefined) refuseOther(delivery.header(algorithmHeader), hash);
      const time = timestampHeader === undefined ? undefined : requireHeader(delivery, timestampHeader);
      let matches = false;
      for (const secret of secrets) {
        const made = mac(secret, delivery.raw, time);
        // Not awaited on Node, where it is a text already: waiting costs a tenth of the HMAC.
        matches = isAmong(typeof made === "string" ? made : await made, signatures) || matches;
      }
      if (!matches) return refuseMalformed(signatures, hash, encoding);
      refuseOld(time === undefined ? envelopeTime(delivery) : signedTime(time), maxAge, context.now);
      return true;
    },

    async sign(body, context) {
      const secret = requireSecrets(context)[0]!;
      const time = timestampHeader === undefined ? undefined : String(context.now);
      const headers = { [header]: prefix + (await mac(secret, body, time)) };
      if (algorithmHeader !== undefined) headers[algorithmHeader] = hash;
      if (timestampHeader !== undefined && time !== undefined) headers[timestampHeader] = time;
      return headers;
    },
  };
}

/** The engine's own scheme: SHA-512 over the exact body, lower-case hex. */
export function hmacSha512(options: Partial<Omit<HmacOptions, "hash">> = {}): WebhookScheme {
  return hmacScheme({
    name: "hmacSha512",
    header: "x-webhook-hmac",
    algorithmHeader: "x-webhook-hmac-algorithm",
    ...options,
    hash: "sha512",
  });
}

/** A header may come several times, and then holds several signatures. */
function readSignatures(value: string, prefix: string): string[] {
  const parts = value.includes(",") ? value.split(",") : [value];
  return parts.map((part) => {
    const text = part.trim();
    if (text.startsWith(prefix)) return text.slice(prefix.length);
    throw malformed(`signature does not begin with "${prefix}"`);
  });
}

function refuseOther(named: string | undefined, hash: HashName): void {
  if (named === undefined || named.trim().toLowerCase() === hash) return;
  throw new WebhookSignatureError(`The delivery is not signed with ${hash}.`, "unsupported_algorithm");
}

function signedTime(time: string): number {
  const ms = wireMs(time);
  if (ms === undefined) throw malformed("signed time is no time");
  return ms;
}

/** A body that is no JSON has no time; the parser refuses it right after. */
function envelopeTime(delivery: WebhookDelivery): number | undefined {
  try {
    return wireMs((delivery.json() as { timestamp?: unknown } | null)?.timestamp);
  } catch {
    return undefined;
  }
}

function refuseOld(ms: number | undefined, maxAge: number, now: number): void {
  if (ms === undefined || now - ms <= maxAge) return;
  throw new WebhookSignatureError(
    `The delivery is genuine, but older than ${maxAge} ms (maxAge): a replay?`,
    "too_old",
  );
}
