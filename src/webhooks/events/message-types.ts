import type { ChatId, Contact } from "./contact.js";

/** What a message is, derived from its content. `unknown` also for content that the engine could not read. */
export type MessageKind =
  | "text"
  | "image"
  | "video"
  | "audio"
  | "voice"
  | "document"
  | "sticker"
  | "location"
  | "contact"
  | "poll"
  | "unknown";

/** The file of a message. Fields carry the wire's names. */
export interface MessageMedia {
  /** Where to load it; absent when the server did not download it or failed to. Expires. */
  url?: string;
  /** Its type, perhaps with parameters: `audio/ogg; codecs=opus`. */
  mimetype?: string;
  /** The file name; documents only. */
  filename?: string;
  /** Where it is in the server's bucket. */
  s3?: { Bucket?: string; Key?: string };
  /** Why it could not be downloaded, as the engine says it. */
  error?: unknown;
}

/** A place. */
export interface MessageLocation {
  /** Degrees. */
  latitude: number;
  /** Degrees. */
  longitude: number;
  /** Whether the sender shares how they move. */
  live: boolean;
  /** The place's name. */
  name?: string;
  /** Its postal address. */
  address?: string;
  /** A link. */
  url?: string;
  /** A text of the sender. */
  description?: string;
  /** A small JPEG in base64. */
  thumbnail?: string;
}

/** A card that somebody sent. `phone` and `chatId` only if it names a WhatsApp number. */
export interface SharedContact {
  /** The name on the card. */
  name?: string;
  /** `+` and digits. */
  phone?: string;
  /** The chat to write to. */
  chatId?: ChatId;
  /** The card as sent. */
  vcard: string;
}

/** The message that a message answers. */
export interface QuotedMessage {
  /** Its bare id. */
  id: string;
  /** Who wrote it. */
  from?: Contact;
  /** Its text. */
  text?: string;
}

/** A message. */
export interface Message {
  /** The full id: `false_…@c.us_3A…`. */
  id: string;
  /** The chat it is in. */
  chat: ChatId;
  /** Who wrote it. */
  from: Contact;
  /** Whether this number wrote it. */
  fromMe: boolean;
  /** What it is. */
  kind: MessageKind;
  /** The text, or the caption of a file. */
  text?: string;
  /** The file; also there, without `url`, when the server did not download it. */
  media?: MessageMedia;
  /** The place. */
  location?: MessageLocation;
  /** The cards. */
  contacts?: SharedContact[];
  /** What it answers. */
  replyTo?: QuotedMessage;
  /** Own messages: sent through the API or typed in the app. Wrong at times. */
  source?: "api" | "app";
  /** When it was written. */
  at: Date;
}
