import type { Checked } from "./recipient.js";

const BASE64_CODES = new Uint8Array(128);
for (const char of "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
  BASE64_CODES[char.charCodeAt(0)] = 1;

/** For tens of millions of characters, on which a regular expression takes several times as long. */
function isBase64(text: string): boolean {
  const end = text.length - (text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0);
  for (let at = 0; at < end; at += 1) if (BASE64_CODES[text.charCodeAt(at)] !== 1) return false;
  return end > 0;
}

/** Said of what is no data at all. */
export const NO_DATA = "must be base64 text, bytes, a Blob or a stream factory";

/** Said of a file without content. */
export const EMPTY = "must not be empty; WhatsApp takes no files without content";

/** Base64 with or without a `data:` prefix, as the bare thing. */
export function checkBase64(text: string): Checked {
  const bare = text.replace(/^data:[^,]*;base64,/, "");
  if (isBase64(bare)) return whole(bare);
  // Most has no line breaks, and looking for them in a large text takes longer than sending it.
  const base64 = bare.replace(/\s+/g, "");
  if (base64 === "") return { wrong: EMPTY };
  return base64 !== bare && isBase64(base64) ? whole(base64) : NOT_BASE64;
}

const NOT_BASE64: Checked = { wrong: "must be base64; pass other content as a Uint8Array" };

function whole(base64: string): Checked {
  return base64.length % 4 === 0 ? { value: base64 } : NOT_BASE64;
}
