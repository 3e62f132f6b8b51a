import { phoneOrChat } from "../addresses.js";
import type { Json } from "../json.js";
import type { EmulatedMedia } from "../media.js";
import type { MessageRecord } from "../records.js";

const ACK_WORDS: Record<string, string> = {
  "-1": "ERROR",
  0: "PENDING",
  1: "SENT",
  2: "RECEIVED",
  3: "READ",
  4: "PLAYED",
};

export const ackWord = (ack: number): string => ACK_WORDS[ack] ?? "UNKNOWN";

const content = (message: MessageRecord): string => message.text ?? message.caption ?? "";

/** `WAMessage`, the nine fields of every send reply. */
export const sent = (message: MessageRecord): Json => ({
  id: message.id,
  to: phoneOrChat(message.chatId),
  content: content(message),
  type: message.type,
  timestamp: new Date(message.at).toISOString(),
  fromMe: message.fromMe,
  status: ackWord(message.ack),
  sender: `${message.author}@c.us`,
  recipient: message.chatId,
});

/** The first scaffold's `Message`, all that is known about `GET /messages/{id}`. */
export const oldMessage = (message: MessageRecord): Json => ({
  id: message.id,
  to: phoneOrChat(message.chatId),
  content: content(message),
  sentAt: new Date(message.at).toISOString(),
  status: ackWord(message.ack),
});

/** `ChatWAMessage`, with its media only when it was asked for. */
export function chatMessage(
  message: MessageRecord,
  ownChatId: string,
  media: EmulatedMedia | undefined,
): Json {
  const hasMedia = message.type !== "text";
  return {
    id: message.id,
    chatId: message.chatId,
    from: message.fromMe ? ownChatId : message.chatId,
    to: message.fromMe ? message.chatId : ownChatId,
    body: content(message),
    caption: message.caption,
    type: hasMedia ? message.type : "chat",
    timestamp: Math.floor(message.at / 1000),
    fromMe: message.fromMe,
    ack: message.ack,
    hasMedia,
    mediaUrl: hasMedia ? media?.urlOf(message) : undefined,
    mimetype: message.mimeType,
    filename: message.fileName,
    quotedMsgId: message.replyTo,
  };
}
