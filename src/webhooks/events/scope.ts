import { type Contact, contactOf } from "./contact.js";
import { type Wire, wire } from "./wire.js";

/** What the readers of payloads know of the envelope around. */
export interface Scope {
  /** The event's time, for payloads without one. */
  readonly at: Date;
  /** The engine. */
  readonly engine?: string | undefined;
  /** The envelope. */
  readonly raw: Wire;
}

/** This number itself, once it is linked. */
export function meOf({ raw }: Scope): Contact | undefined {
  const me = wire(raw.me);
  return contactOf(me.id, me.lid, me.pushName);
}
