import { createHmac, timingSafeEqual } from "node:crypto";
import type { Hmac, SameText } from "./crypto.js";

export const hmac: Hmac = (hash, key, encoding, ...parts) => {
  const mac = createHmac(hash, key);
  for (const part of parts) mac.update(part);
  return mac.digest(encoding);
};

export const sameText: SameText = (a, b) => {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
};
