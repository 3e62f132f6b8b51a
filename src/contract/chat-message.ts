import { defined, entity, flag, isRecord, type Json, number, pick, text, unixSeconds } from "./read.js";

/** How far a message has come, in the words of the ticks on the phone. */
export type MessageStatus = "failed" | "pending" | "sent" | "delivered" | "read" | "played" | "unknown";

/** A file that belongs to a message. */
export interface ChatMedia {
  /** Where it can be fetched, for as long as the server keeps it. */
  url?: string;
  mimetype?: string;
  filename?: string;
}

/**
 * A message in a chat. Fields that the SDK does not know are kept beside these.
 *
 * Source: `ChatWAMessage` of the vendor's client, which marks it as a placeholder.
 */
export interface ChatMessage {
  id: string;
  chatId: string;
  from: string;
  to?: string;
  /** Its text. */
  body?: string;
  /** The text below a file. */
  caption?: string;
  /** `chat`, `image`, `ptt` …; `unknown` when the server did not say. */
  type: string;
  /** Unix seconds; 0 when the server did not say. */
  timestamp: number;
  fromMe: boolean;
  /** The receipt's number on the wire. */
  ack?: number;
  /** The receipt as a word. */
  status: MessageStatus;
  hasMedia?: boolean;
  media?: ChatMedia;
}

/** 5 stands only in a comment of the vendor's client, so it stays unknown. */
const STATUS_BY_ACK: Readonly<Record<number, MessageStatus>> = {
  [-1]: "failed",
  0: "pending",
  1: "sent",
  2: "delivered",
  3: "read",
  4: "played",
};

/** Reads a message of a chat. */
export function readChatMessage(json: unknown): ChatMessage | undefined {
  const message = entity(json, "message");
  const id = text(message?.id);
  if (message === undefined || id === undefined) return undefined;
  const from = text(message.from) ?? "";
  const ack = number(message.ack);
  return defined({
    ...message,
    id,
    // `false_<chat>_<id>`: chat ids hold no underscore.
    chatId: text(message.chatId) ?? /^(?:true|false)_([^_]+)_/.exec(id)?.[1] ?? from,
    from,
    to: text(message.to),
    body: text(message.body),
    caption: text(message.caption),
    type: text(message.type) ?? "unknown",
    timestamp: unixSeconds(message.timestamp) ?? 0,
    fromMe: flag(message.fromMe) ?? false,
    ack,
    status: (ack === undefined ? undefined : STATUS_BY_ACK[ack]) ?? "unknown",
    hasMedia: flag(message.hasMedia),
    media: readMedia(message),
  });
}

/** The vendor's client has three fields for it, the engine an object. */
function readMedia(message: Json): ChatMedia | undefined {
  const media = isRecord(message.media) ? message.media : {};
  const read = defined({
    ...media,
    url: text(pick(media, "url") ?? message.mediaUrl),
    mimetype: text(pick(media, "mimetype") ?? message.mimetype),
    filename: text(pick(media, "filename") ?? message.filename),
  });
  return Object.keys(read).length > 0 ? read : undefined;
}
