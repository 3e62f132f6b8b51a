import type { KeyObject } from "node:crypto";
import type { Hmac, SameText } from "./crypto.js";

let loaded: typeof import("node:crypto") | undefined;

/** With the first signature: loading it takes a quarter of what all of the client takes, and most programs verify nothing. */
function nodeCrypto(): typeof import("node:crypto") {
  loaded ??= process.getBuiltinModule("node:crypto");
  return loaded;
}

/** More secrets than this one process does not have; beyond it the cache starts anew. */
const MOST_KEYS = 32;

/** Making a key out of a text takes a twentieth of the time of the HMAC of a usual body. */
const keys = new Map<string, KeyObject>();

export const hmac: Hmac = (hash, key, encoding, ...parts) => {
  const mac = nodeCrypto().createHmac(hash, typeof key === "string" ? keyOf(key) : key);
  for (const part of parts) mac.update(part);
  return mac.digest(encoding);
};

export const sameText: SameText = (a, b) => {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && nodeCrypto().timingSafeEqual(left, right);
};

function keyOf(secret: string): KeyObject {
  let key = keys.get(secret);
  if (key === undefined) {
    if (keys.size >= MOST_KEYS) keys.clear();
    key = nodeCrypto().createSecretKey(secret, "utf8");
    keys.set(secret, key);
  }
  return key;
}
