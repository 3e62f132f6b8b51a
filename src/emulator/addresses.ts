/** Where a message can go: a chat id, and the digits of the phone when the chat is a person's. */
export interface Address {
  chatId: string;
  digits?: string;
  /** Digits without `+`: understood, but no source attests it outside check-exists. */
  bare?: boolean;
}

export function parseAddress(value: string): Address | undefined {
  const phone = /^(\+?)([1-9]\d{1,14})$/.exec(value);
  if (phone?.[2]) return { chatId: `${phone[2]}@c.us`, digits: phone[2], bare: phone[1] === "" };
  const person = /^(\d{2,15})@(?:c\.us|s\.whatsapp\.net)$/.exec(value);
  if (person?.[1]) return { chatId: `${person[1]}@c.us`, digits: person[1] };
  return /^[\d-]+@(?:g\.us|lid|newsletter)$/.test(value) ? { chatId: value } : undefined;
}

/** Digits of a phone or of a person's JID; anything else is a mistake of the test that calls. */
export function digitsOf(value: string): string {
  const digits = parseAddress(value)?.digits;
  if (digits === undefined) throw new TypeError(`"${value}" is not a phone number: write it as +14155550123`);
  return digits;
}

export const isGroup = (chatId: string): boolean => chatId.endsWith("@g.us");

/** The phone as people write it, or the chat id when it is not a person's. */
export const phoneOrChat = (chatId: string): string =>
  chatId.endsWith("@c.us") ? `+${chatId.slice(0, -"@c.us".length)}` : chatId;

/** The hidden id that WhatsApp may show instead of a phone. */
export const lidOf = (digits: string): string => `${digits}0@lid`;

/** Digits behind a hidden id made by {@link lidOf}. */
export const digitsOfLid = (chatId: string): string | undefined => /^(\d{7,15})0@lid$/.exec(chatId)?.[1];
