import { digitsOf } from "./addresses.js";
import { typeOfBase64 } from "./media-sniff.js";
import type { Content, MessageType } from "./records.js";

/** A file that a customer sends. */
export interface IncomingMedia {
  /** Its content; a text is base64. */
  data: string | Uint8Array | ArrayBuffer;
  /** Default: what its first bytes show. */
  mimeType?: string;
  /** Given, it is sent as a document, whatever it is. */
  fileName?: string;
}

/**
 * A customer's message to a number. `type` follows from the rest: `"text"` unless said otherwise.
 * @example await emulator.receive({ from: "+14155550123", name: "Ann", text: "hi" });
 */
export interface Incoming extends Partial<Content> {
  /** Phone of the customer, with `+`. */
  from: string;
  /** Name that the customer shows. */
  name?: string;
  /** Group to write in; left out, it is a private message. */
  group?: string;
  /** The number that gets it. Default `emulator.session`. */
  session?: string;
  /** A file; `text` is then its caption. */
  media?: IncomingMedia;
}

/**
 * A customer's reaction to a message.
 * @example await emulator.react({ from: "+14155550123", messageId: sent.id, emoji: "👍" });
 */
export interface IncomingReaction {
  /** Phone of the customer, with `+`. */
  from: string;
  /** Id of the message, own or received, in any of its forms. */
  messageId: string;
  /** Empty: the customer takes the reaction back. */
  emoji: string;
}

/** What a customer's message says, and who says it. */
export function readIncoming(incoming: Incoming) {
  const { from, name, group, session: _, type = "text", media, ...content } = incoming;
  const digits = digitsOf(from);
  const author = { digits, name, chatId: group ?? `${digits}@c.us` };
  return { author, content: { ...content, type, ...(media && fileContent(media, content, incoming.type)) } };
}

function fileContent(media: IncomingMedia, { text, caption }: Partial<Content>, asked?: MessageType) {
  const data = typeof media.data === "string" ? media.data : base64Of(media.data);
  const found = typeOfBase64(data);
  const mimeType = media.mimeType ?? (found === "audio/ogg" ? "audio/ogg; codecs=opus" : found);
  const { fileName } = media;
  const type = asked ?? (fileName === undefined ? typeOf(mimeType) : "document");
  return { type, data, mimeType, fileName, text: undefined, caption: caption ?? text };
}

function typeOf(mimeType = ""): MessageType {
  const family = mimeType.split("/")[0];
  if (family === "audio") return "ptt";
  return family === "image" || family === "video" ? family : "document";
}

function base64Of(data: Uint8Array | ArrayBuffer): string {
  const bytes = data instanceof Uint8Array ? data : new Uint8Array(data);
  let text = "";
  for (let at = 0; at < bytes.length; at += 24_576)
    text += btoa(String.fromCharCode(...bytes.subarray(at, at + 24_576)));
  return text;
}
