import type { MessageKind } from "./message-types.js";
import { isWire, type Wire, wire } from "./wire.js";

/** GOWS and NOWEB: the key inside the engine's message. WEBJS: its `type`. One table for both. */
const KINDS = new Map<string, MessageKind>([
  ["conversation", "text"],
  ["extendedTextMessage", "text"],
  ["imageMessage", "image"],
  ["videoMessage", "video"],
  ["ptvMessage", "video"],
  ["audioMessage", "audio"],
  ["documentMessage", "document"],
  ["stickerMessage", "sticker"],
  ["lottieStickerMessage", "sticker"],
  ["locationMessage", "location"],
  ["liveLocationMessage", "location"],
  ["contactMessage", "contact"],
  ["contactsArrayMessage", "contact"],
  ["pollCreationMessage", "poll"],
  ["pollCreationMessageV2", "poll"],
  ["pollCreationMessageV3", "poll"],
  ["pollCreationMessageV5", "poll"],
  ["chat", "text"],
  ["image", "image"],
  ["video", "video"],
  ["audio", "audio"],
  ["ptt", "voice"],
  ["document", "document"],
  ["sticker", "sticker"],
  ["location", "location"],
  ["vcard", "contact"],
  ["multi_vcard", "contact"],
  ["poll_creation", "poll"],
]);

/** Disappearing, view-once and captioned messages are a message inside a message; deeper than this nobody nests. */
const DEEPEST_WRAPPER = 4;

/** What a message is: by the engine's own data first, else by what is in it. */
export function readKind(payload: Wire, data: Wire): MessageKind {
  return kindInside(data.Message ?? data.message) ?? kindNamed(data.type) ?? kindOfContent(payload);
}

function kindNamed(type: unknown): MessageKind | undefined {
  return typeof type === "string" ? KINDS.get(type) : undefined;
}

function kindInside(content: unknown): MessageKind | undefined {
  let message = content;
  for (let depth = 0; depth < DEEPEST_WRAPPER && isWire(message); depth++) {
    let inner: unknown;
    for (const key in message) {
      const kind = KINDS.get(key);
      const value = message[key];
      if (kind === "audio" && isPushToTalk(value)) return "voice";
      if (kind !== undefined && value !== null) return kind;
      if (isWire(value) && isWire(value.message)) inner = value.message;
    }
    message = inner;
  }
  return undefined;
}

function isPushToTalk(audio: unknown): boolean {
  const { PTT, ptt } = wire(audio);
  return PTT === true || ptt === true;
}

function kindOfContent(payload: Wire): MessageKind {
  if (isWire(payload.location)) return "location";
  if (Array.isArray(payload.vCards) && payload.vCards.length > 0) return "contact";
  if (payload.hasMedia === true || isWire(payload.media)) return kindOfMimetype(wire(payload.media).mimetype);
  return typeof payload.body === "string" && payload.body !== "" ? "text" : "unknown";
}

function kindOfMimetype(mimetype: unknown): MessageKind {
  if (typeof mimetype !== "string") return "unknown";
  // WhatsApp sends photographs as JPEG and stickers as WebP; voice notes are Opus in Ogg.
  if (mimetype.startsWith("image/webp")) return "sticker";
  if (mimetype.startsWith("image/")) return "image";
  if (mimetype.startsWith("video/")) return "video";
  if (mimetype.startsWith("audio/")) return mimetype.includes("opus") ? "voice" : "audio";
  return "document";
}
