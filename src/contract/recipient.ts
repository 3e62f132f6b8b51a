/** A chat partner out of a webhook event; a reply goes to its `chatId`. */
export interface RecipientContact {
  /** The chat's id, for instance `14155550123@c.us` or a hidden `…@lid`. */
  chatId: string;
  /** The number, when WhatsApp gave it away. */
  phone?: string | undefined;
  /** The hidden id, when there is one. */
  lid?: string | undefined;
}

/**
 * Whom to write to: `+` and 7 to 15 digits (spaces, dots, dashes and brackets are removed), a JID such as
 * `120363025246125486@g.us`, or a contact out of an event. Digits without `+` are refused: a country is never guessed.
 */
export type Recipient = string | RecipientContact;

/** A value, or what would be right. */
export type Checked = { value: string } | { wrong: string };

/** A number before its `@c.us`, with the `+` that people leave there. */
const PLUS_USER = /^\+(?=\d[\d.:]*@(?:c\.us|s\.whatsapp\.net)$)/;
const JID = /^[\w.:-]+@(?:c\.us|g\.us|lid|s\.whatsapp\.net|newsletter)$/;
const E164 = /^\+[1-9]\d{6,14}$/;
/** Spaces of any kind, dots, dashes of any kind, brackets, and the direction marks that come along when copying. */
const PUNCTUATION = /[\s.\-()[\]\u2010-\u2015\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

/** A phone number in its international form. */
export function checkPhone(value: unknown): Checked {
  if (typeof value !== "string") return { wrong: 'must be a phone number as text, such as "+14155550123"' };
  if (/\(\s*0\s*\)/.test(value))
    return { wrong: 'must not have "(0)" in it: leave out the zero that is dialled only at home' };
  if (/[\r\n\u2028\u2029]/.test(value.trim()))
    return { wrong: "must be one number, without a line break in it" };
  const phone = value.replace(PUNCTUATION, "");
  if (E164.test(phone)) return { value: phone };
  if (/^\d+$/.test(phone)) {
    return {
      wrong: 'needs a leading "+" and the country code, such as "+14155550123": a country is never guessed',
    };
  }
  if (/^\+0/.test(phone))
    return { wrong: 'must have a country code after the "+"; no country code starts with 0' };
  return { wrong: 'must be "+" and 7 to 15 digits, such as "+14155550123"' };
}

/** A phone number or a JID, as the wire takes it. */
export function checkRecipient(value: unknown): Checked {
  if (typeof value === "object" && value !== null) {
    const { chatId } = value as Partial<RecipientContact>;
    return typeof chatId === "string" ? checkRecipient(chatId) : { wrong: "must be a contact with a chatId" };
  }
  if (typeof value !== "string")
    return { wrong: "must be a phone number with +, a JID, or a contact out of an event" };
  if (!value.includes("@")) return checkPhone(value);
  const jid = value.trim().replace(PLUS_USER, "");
  return JID.test(jid)
    ? { value: jid }
    : { wrong: "must be a JID that ends in @c.us, @g.us, @lid, @s.whatsapp.net or @newsletter" };
}

/** A chat's id: a JID, or a phone number, which becomes its `@c.us`. */
export function checkChatId(value: unknown): Checked {
  const checked = checkRecipient(value);
  return "value" in checked && checked.value.startsWith("+")
    ? { value: `${checked.value.slice(1)}@c.us` }
    : checked;
}

/** A group's JID. */
export function checkGroupId(value: unknown): Checked {
  const jid = typeof value === "string" ? value.trim() : "";
  return /^[\w-]+@g\.us$/.test(jid)
    ? { value: jid }
    : { wrong: "must be a group's JID, which ends in @g.us" };
}
