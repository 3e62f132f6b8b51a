import type { HashName, Hmac, MacEncoding, SameText } from "./crypto.js";

const WEB_NAME: Record<HashName, string> = { sha256: "SHA-256", sha512: "SHA-512" };
const encoder = new TextEncoder();

export const hmac: Hmac = async (hash, key, encoding, ...parts) => {
  const algorithm = { name: "HMAC", hash: WEB_NAME[hash] };
  const imported = await crypto.subtle.importKey("raw", bytesOf(key), algorithm, false, ["sign"]);
  const mac = await crypto.subtle.sign("HMAC", imported, joined(parts.map(bytesOf)));
  return encode(new Uint8Array(mac), encoding);
};

export const sameText: SameText = (a, b) => {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let i = 0; i < a.length; i++) difference |= a.charCodeAt(i) ^ b.charCodeAt(i);
  return difference === 0;
};

/** WebCrypto takes no bytes over a SharedArrayBuffer, hence the narrower type. */
type Bytes = Uint8Array<ArrayBuffer>;

function bytesOf(part: string | Uint8Array): Bytes {
  return typeof part === "string" ? encoder.encode(part) : (part as Bytes);
}

function joined(parts: readonly Bytes[]): Bytes {
  if (parts.length === 1) return parts[0]!;
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    all.set(part, offset);
    offset += part.length;
  }
  return all;
}

function encode(bytes: Uint8Array, encoding: MacEncoding): string {
  if (encoding === "base64") return btoa(String.fromCharCode(...bytes));
  let hex = "";
  for (const byte of bytes) hex += byte.toString(16).padStart(2, "0");
  return hex;
}
