/** The hashes that signatures here are made with. */
export type HashName = "sha256" | "sha512";

/** How a signature is written. */
export type MacEncoding = "hex" | "base64";

/**
 * The HMAC of the parts, one after the other, as text (lower-case hex, or base64 with padding).
 * Strings, the key included, count as their UTF-8 bytes. Node has it at once, the web later: a promise costs what a tenth of
 * the HMAC costs, so it is left out where there is nothing to wait for.
 */
export type Hmac = (
  hash: HashName,
  key: string | Uint8Array,
  encoding: MacEncoding,
  ...parts: readonly (string | Uint8Array)[]
) => string | Promise<string>;

/** Whether two texts are equal, in a time that depends on their lengths only. */
export type SameText = (a: string, b: string) => boolean;
