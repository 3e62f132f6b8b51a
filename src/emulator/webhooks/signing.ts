import type { SigningScheme } from "./options.js";

/** What a signature is made of. */
export interface ToSign {
  /** The delivery's own id, the same for each attempt. */
  id: string;
  body: string;
  /** Milliseconds; the moment of the attempt. */
  now: number;
}

type Hash = "SHA-256" | "SHA-512";

async function hmac(hash: Hash, key: Uint8Array, text: string): Promise<Uint8Array> {
  const { subtle } = globalThis.crypto;
  const imported = await subtle.importKey("raw", key as BufferSource, { name: "HMAC", hash }, false, [
    "sign",
  ]);
  return new Uint8Array(await subtle.sign("HMAC", imported, new TextEncoder().encode(text)));
}

const hex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
const base64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes));

function decoded(secret: string): Uint8Array {
  return Uint8Array.from(atob(secret.replace(/^whsec_/, "")), (char) => char.charCodeAt(0));
}

/** The engine's: SHA-512 over the body alone, keyed with the secret's text as it is. */
export async function hmacSha512(secret: string, { body }: Pick<ToSign, "body">) {
  return {
    "x-webhook-hmac": hex(await hmac("SHA-512", new TextEncoder().encode(secret), body)),
    "x-webhook-hmac-algorithm": "sha512",
  };
}

/** Standard Webhooks 1.0.0, symmetric: SHA-256 over id, seconds and body, keyed with the decoded secret. */
export async function standardWebhooks(secret: string, { id, body, now }: ToSign) {
  const time = String(Math.floor(now / 1000));
  return {
    "webhook-id": id,
    "webhook-timestamp": time,
    "webhook-signature": `v1,${base64(await hmac("SHA-256", decoded(secret), `${id}.${time}.${body}`))}`,
  };
}

export async function signatureOf(
  scheme: SigningScheme,
  secret: string,
  what: ToSign,
): Promise<Record<string, string>> {
  if (typeof scheme === "function") return scheme(what.body);
  if (scheme === "hmacSha512") return hmacSha512(secret, what);
  if (scheme === "standardWebhooks") return standardWebhooks(secret, what);
  return {};
}

/** Refuses, when the emulator is made, a secret that could not sign. */
export function assertSecret(scheme: SigningScheme, secret: string): void {
  if (scheme === "hmacSha512" && secret === "")
    throw new TypeError('An empty webhook secret: use scheme "none"');
  if (scheme !== "standardWebhooks") return;
  const key = secret.replace(/^whsec_/, "");
  if (key === "" || !/^[A-Za-z0-9+/]+={0,2}$/.test(key) || key.replace(/=+$/, "").length % 4 === 1) {
    throw new TypeError('A Standard Webhooks secret is base64, usually with "whsec_" in front');
  }
}
