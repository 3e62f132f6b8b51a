import { contactOf } from "./contact.js";
import { splitMessageId } from "./message-id.js";
import type { MessageLocation, MessageMedia, QuotedMessage, SharedContact } from "./message-types.js";
import { isWire, text, textList, type Wire, wire } from "./wire.js";

/** The file; `{}` for one that the server did not download. */
export function readMedia(payload: Wire): MessageMedia | undefined {
  if (!isWire(payload.media)) return payload.hasMedia === true ? {} : undefined;
  const { url, mimetype, filename, s3, error } = payload.media;
  const media: MessageMedia = {};
  if (text(url)) media.url = url as string;
  if (text(mimetype)) media.mimetype = mimetype as string;
  if (text(filename)) media.filename = filename as string;
  if (isWire(s3)) {
    const { Bucket, Key } = s3;
    media.s3 = { Bucket: text(Bucket), Key: text(Key) };
  }
  if (error !== undefined && error !== null) media.error = error;
  return media;
}

/** The place; coordinates are texts on the wire. */
export function readLocation(value: unknown): MessageLocation | undefined {
  if (!isWire(value)) return undefined;
  const latitude = degrees(value.latitude);
  const longitude = degrees(value.longitude);
  if (latitude === undefined || longitude === undefined) return undefined;
  const location: MessageLocation = { latitude, longitude, live: value.live === true };
  for (const field of ["name", "address", "url", "description", "thumbnail"] as const) {
    const known = text(value[field]);
    if (known !== undefined) location[field] = known;
  }
  return location;
}

function degrees(value: unknown): number | undefined {
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? number : undefined;
}

/** The cards, if any. */
export function readCards(value: unknown): SharedContact[] | undefined {
  const cards = textList(value);
  return cards.length === 0 ? undefined : cards.map(readCard);
}

function readCard(vcard: string): SharedContact {
  const card: SharedContact = { vcard };
  for (const line of vcard.split("\n")) {
    if (line.startsWith("FN")) card.name ??= text(line.slice(line.indexOf(":") + 1).trim());
    const digits = /[;:]waid=(\d{5,20})/.exec(line.slice(0, 200))?.[1];
    if (digits === undefined || card.phone !== undefined) continue;
    card.phone = `+${digits}`;
    card.chatId = `${digits}@c.us`;
  }
  return card;
}

/** The quoted message. */
export function readQuoted(value: unknown): QuotedMessage | undefined {
  const { id, participant, body } = wire(value);
  const known = text(id);
  if (known === undefined) return undefined;
  const quoted: QuotedMessage = { id: splitMessageId(known).bareId };
  const from = contactOf(participant);
  if (from !== undefined) quoted.from = from;
  if (text(body)) quoted.text = body as string;
  return quoted;
}
