import { text } from "./wire.js";

/** The id of a chat: `…@c.us` or `…@lid` a person, `…@g.us` a group, `…@newsletter` a channel, `status@broadcast` stories. */
export type ChatId = string;

/**
 * Somebody on WhatsApp, as an event knows them. A bare `lid` is a hidden id, not a phone number: `phone` is there only
 * if the event carries it. Can be passed as `to` of a send as it is.
 */
export interface Contact {
  /** The phone number: `+` and digits. */
  phone?: string;
  /** The hidden id, `…@lid`. */
  lid?: string;
  /** The id by which this event knows the person. Write to it to answer. */
  chatId: ChatId;
  /** The name that the person gave themselves. */
  name?: string;
}

/** `550…:12@s.whatsapp.net`, a device of a person, is `550…@c.us`, the person. */
const PHONE_JID = /^(\d{5,20})(?::\d+)?@(?:c\.us|s\.whatsapp\.net)$/;
const LID_JID = /^(\d+)(?::\d+)?@lid$/;

/** A contact out of an id, another id of the same person, and their name; each may be missing or anything. */
export function contactOf(id: unknown, alternative?: unknown, name?: unknown): Contact | undefined {
  const given = text(id);
  if (given === undefined) return undefined;
  const contact: Contact = { chatId: given };
  const isPhone = readId(contact, given, true);
  if (text(alternative) !== undefined) readId(contact, alternative as string, false);
  if (isPhone) contact.chatId = `${contact.phone!.slice(1)}@c.us`;
  else if (contact.lid !== undefined && given.endsWith("@lid")) contact.chatId = contact.lid;
  const known = text(name);
  if (known !== undefined) contact.name = known;
  return contact;
}

/** Puts what the id says into the contact, unless a better id has said it. Whether it was a phone's. */
function readId(contact: Contact, id: string, first: boolean): boolean {
  if (id.endsWith("@lid")) {
    const lid = LID_JID.exec(id)?.[1];
    if (lid !== undefined) contact.lid ??= `${lid}@lid`;
    return false;
  }
  const phone = PHONE_JID.exec(id)?.[1];
  if (phone === undefined) return false;
  contact.phone ??= `+${phone}`;
  return first;
}

/** The wire's word for oneself in polls; also who an own message is from while the number is not known. */
export const ME: Contact = Object.freeze({ chatId: "me" });
