import { sameText } from "#crypto";
import type { HashName, MacEncoding } from "../../platform/crypto.js";

/**
 * What a signature looks like: the one canonical spelling, so that no changed bit goes through. The last character of a
 * base64 text has bits that mean nothing, so a signature is compared as text, never decoded.
 */
export const WELL_FORMED: Record<HashName, Record<MacEncoding, RegExp>> = {
  sha256: { hex: /^[0-9a-f]{64}$/, base64: /^[A-Za-z0-9+/]{43}=$/ },
  sha512: { hex: /^[0-9a-f]{128}$/, base64: /^[A-Za-z0-9+/]{86}==$/ },
};

/** Whether any of the secrets made any of the signatures. Does not stop at the first match. */
export async function matchesAny<Secret>(
  secrets: readonly Secret[],
  candidates: readonly string[],
  compute: (secret: Secret) => Promise<string>,
): Promise<boolean> {
  let matches = false;
  for (const secret of secrets) {
    const expected = await compute(secret);
    for (const candidate of candidates) matches = sameText(expected, candidate) || matches;
  }
  return matches;
}
