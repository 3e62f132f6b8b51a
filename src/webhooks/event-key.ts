import { hmac } from "#crypto";
import type { WebhookEvent } from "./events/event-types.js";

/** Longer names and ids are digested: a store need not take keys of any length. */
const LONGEST_KEY = 200;

/**
 * What makes two deliveries one event: the name with the id, since the engine gives `message` and `message.any` of one
 * message the same id; for bodies of before 2025, which have none, the name with a digest of the body.
 */
export async function eventKey(event: WebhookEvent, body: string | Uint8Array): Promise<string> {
  const key = event.id === undefined ? undefined : `${event.event}:${event.id}`;
  if (key !== undefined && key.length <= LONGEST_KEY) return key;
  return `digest:${await hmac("sha256", "wasend webhook digest", "hex", key ?? body)}`;
}
