import { sameText } from "#crypto";
import type { HashName, MacEncoding } from "../../platform/crypto.js";
import { malformed } from "./scheme.js";

/** What a signature looks like: the one canonical spelling. */
const WELL_FORMED: Record<MacEncoding, Record<HashName, RegExp>> = {
  hex: { sha256: /^[0-9a-f]{64}$/, sha512: /^[0-9a-f]{128}$/ },
  base64: { sha256: /^[A-Za-z0-9+/]{43}=$/, sha512: /^[A-Za-z0-9+/]{86}==$/ },
};

/**
 * Whether the signature is among those of the delivery. Compared as text, never decoded: the last character of a base64
 * text has bits that mean nothing. Does not stop at the first match.
 */
export function isAmong(expected: string, signatures: readonly string[]): boolean {
  let found = false;
  for (const signature of signatures) found = sameText(expected, signature) || found;
  return found;
}

/**
 * Tells what cannot be a signature at all from what is a wrong one; `false` for the latter.
 * @throws {@link WebhookSignatureError} `malformed`.
 */
export function refuseMalformed(signatures: readonly string[], hash: HashName, encoding: MacEncoding): false {
  if (signatures.every((signature) => WELL_FORMED[encoding][hash].test(signature))) return false;
  throw malformed("signature has not the expected length and alphabet");
}
