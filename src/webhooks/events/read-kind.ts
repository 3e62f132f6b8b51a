import type { MessageKind } from "./message-types.js";
import { isWire, type Wire, wire } from "./wire.js";

/**
 * GOWS and NOWEB: the key inside the engine's message, less what it ends in. WEBJS: its `type`. What they share is written
 * once; everything that is named like its kind is in the list.
 */
const SAME = ["image", "video", "audio", "document", "sticker", "location", "contact"] as const;
const KINDS = new Map<string, MessageKind>([
  ...SAME.map((kind) => [kind, kind] as const),
  ["conversation", "text"],
  ["extendedText", "text"],
  ["chat", "text"],
  ["ptv", "video"],
  ["ptt", "voice"],
  ["lottieSticker", "sticker"],
  ["liveLocation", "location"],
  ["contactsArray", "contact"],
  ["vcard", "contact"],
  ["multi_vcard", "contact"],
  ["pollCreation", "poll"],
  ["poll_creation", "poll"],
]);

/** `imageMessage`, `pollCreationMessageV3`. */
const ENDING = "Message";

/** Disappearing, view-once and captioned messages are a message inside a message; deeper than this nobody nests. */
const DEEPEST_WRAPPER = 4;

/** What a message is: by the engine's own data first, else by what is in it. */
export function readKind(payload: Wire, data: Wire): MessageKind {
  return kindInside(data.Message ?? data.message) ?? kindNamed(data.type) ?? kindOfContent(payload);
}

function kindNamed(type: unknown): MessageKind | undefined {
  if (typeof type !== "string") return undefined;
  const end = type.indexOf(ENDING);
  return KINDS.get(end === -1 ? type : type.slice(0, end));
}

function kindInside(content: unknown): MessageKind | undefined {
  let message = content;
  for (let depth = 0; depth < DEEPEST_WRAPPER && isWire(message); depth++) {
    let inner: unknown;
    for (const key in message) {
      const kind = kindNamed(key);
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
