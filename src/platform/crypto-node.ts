import { createHmac, createSecretKey, type KeyObject, timingSafeEqual } from "node:crypto";
import type { Hmac, SameText } from "./crypto.js";

/** More secrets than this one process does not have; beyond it the cache starts anew. */
const MOST_KEYS = 32;

/** Making a key out of a text takes a twentieth of the time of the HMAC of a usual body. */
const keys = new Map<string, KeyObject>();

export const hmac: Hmac = (hash, key, encoding, ...parts) => {
  const mac = createHmac(hash, typeof key === "string" ? keyOf(key) : key);
  for (const part of parts) mac.update(part);
  return mac.digest(encoding);
};

export const sameText: SameText = (a, b) => {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
};

function keyOf(secret: string): KeyObject {
  let key = keys.get(secret);
  if (key === undefined) {
    if (keys.size >= MOST_KEYS) keys.clear();
    key = createSecretKey(secret, "utf8");
    keys.set(secret, key);
  }
  return key;
}
