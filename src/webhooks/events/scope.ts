import type { Contact } from "./contact.js";

/** What the readers of payloads know of the envelope around. */
export interface Scope {
  /** The event's time, for payloads without one. */
  readonly at: Date;
  /** This number. */
  readonly me: Contact | undefined;
  /** The engine. */
  readonly engine: string | undefined;
}
