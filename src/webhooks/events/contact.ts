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

/** A contact out of an id, another id of the same person, and their name; each may be missing or anything. */
export function contactOf(id: unknown, alternative?: unknown, name?: unknown): Contact | undefined {
  if (typeof id !== "string" || id === "") return undefined;
  const contact: Contact = { chatId: id };
  readId(contact, id);
  if (contact.phone !== undefined) contact.chatId = `${contact.phone.slice(1)}@c.us`;
  else if (contact.lid !== undefined) contact.chatId = contact.lid;
  if (typeof alternative === "string") readId(contact, alternative);
  if (typeof name === "string" && name !== "") contact.name = name;
  return contact;
}

/** Puts what a person's id says into the contact; ids of groups, channels and everything else say nothing. */
function readId(contact: Contact, id: string): void {
  const isLid = id.endsWith("@lid");
  if (!isLid && !id.endsWith("@c.us") && !id.endsWith("@s.whatsapp.net")) return;
  const end = digitsEnd(id);
  // `550…:12@s.whatsapp.net`, a device of a person, is `550…@c.us`, the person.
  if (end < 5 || end > 20 || (id[end] !== "@" && id[end] !== ":")) return;
  if (!isLid) contact.phone ??= `+${id.slice(0, end)}`;
  else contact.lid ??= id[end] === "@" ? id : `${id.slice(0, end)}@lid`;
}

/** Where the digits at the beginning end. */
function digitsEnd(id: string): number {
  for (let i = 0; i < id.length; i++) {
    const code = id.charCodeAt(i);
    if (code < 48 || code > 57) return i;
  }
  return id.length;
}

/** The wire's word for oneself in polls; also who an own message is from while the number is not known. */
export const ME: Contact = Object.freeze({ chatId: "me" });
