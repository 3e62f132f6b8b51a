import { identityKey } from "../candidates.js";

const encoder = new TextEncoder();

/** What remains of somebody who was forgotten: SHA-256 of the log's salt and the person's key, in hexadecimal digits. */
export async function hashOf(address: string, salt: string): Promise<string> {
  const bytes = encoder.encode(`${salt}:${identityKey(address)}`);
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
