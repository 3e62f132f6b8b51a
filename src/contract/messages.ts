import { type Fields, operation, type Rule } from "./operation.js";
import { defined, entity, flag, nothing, text } from "./read.js";

/**
 * What every send answers with. Fields that the SDK does not know are kept beside these.
 *
 * Source: `WAMessage` of the vendor's client; `/docs/messages/send`.
 */
export interface Sent {
  /** The message's id. Keep it: reactions, replies and receipts refer to it. */
  id: string;
  /** The chat it went to, as the server writes it. */
  to: string;
  /** `text`, `image`, `document`, `ptt` …; empty when the server did not say. */
  type: string;
  /** The server's own word; no list of them is published. */
  status: string;
  /** As the server sends it; empty when it did not. */
  timestamp: string;
  content?: string;
  fromMe?: boolean;
  sender?: string;
  recipient?: string;
}

/** A message as `messages.get` answers with it; the endpoint is unproven, so only the id is certain. */
export interface StoredMessage {
  id: string;
  to?: string;
  content?: string;
  type?: string;
  status?: string;
  timestamp?: string;
  sentAt?: string;
}

/** A send's answer. Without an id it is no proof of a message, whatever its status line says. */
function readSent(json: unknown): Sent | undefined {
  const sent = entity(json, "message");
  const id = text(sent?.id);
  if (sent === undefined || id === undefined || id === "") return undefined;
  return defined({
    ...sent,
    id,
    to: text(sent.to) ?? "",
    type: text(sent.type) ?? "",
    status: text(sent.status) ?? "",
    timestamp: text(sent.timestamp) ?? "",
    content: text(sent.content),
    fromMe: flag(sent.fromMe),
    sender: text(sent.sender),
    recipient: text(sent.recipient),
  });
}

function readStored(json: unknown): StoredMessage | undefined {
  const stored = entity(json, "message");
  const id = text(stored?.id);
  if (stored === undefined || id === undefined) return undefined;
  return defined({
    ...stored,
    id,
    to: text(stored.to),
    content: text(stored.content),
    type: text(stored.type),
    status: text(stored.status),
    timestamp: text(stored.timestamp),
    sentAt: text(stored.sentAt),
  });
}

const address: Fields = (fields) => ({ session: fields.session(), to: fields.recipient() });
const reply: Fields = (fields) => ({ replyTo: fields.optional(fields.id()) });
const media: Fields = (fields) => ({
  url: fields.optional(fields.url()),
  data: fields.optional(fields.data()),
});
const caption: Fields = (fields) => ({ caption: fields.optional(fields.anyText()) });

const CONTENT = ["text", "imageUrl", "videoUrl", "documentUrl", "audioUrl"] as const;
const MEDIA = CONTENT.slice(1);

const hasContent: Rule = (values) => {
  if (CONTENT.every((name) => values[name] === undefined)) {
    return { path: "text", message: `or one of ${MEDIA.join(", ")} is required: a message needs content` };
  }
  const [first, second] = MEDIA.filter((name) => values[name] !== undefined);
  return second === undefined
    ? undefined
    : { path: second, message: `must not stand beside ${first}: one message, one file` };
};

const oneSource: Rule = ({ url, data }) => {
  if (url === undefined && data === undefined)
    return { path: "url", message: "or data is required: the file to send" };
  return url !== undefined && data !== undefined
    ? { path: "data", message: "must not stand beside url: pass one of them" }
    : undefined;
};

/** What the sends have in common: a person sees them, and they answer with a message. */
const send = {
  method: "POST",
  retry: "unsent-only",
  expects: "a message with an id",
  reply: readSent,
} as const;

export const sendMessage = operation({
  ...send,
  id: "messages.send",
  path: "/send",
  source: "both",
  page: "/docs/messages/send",
  body: (fields) => ({
    ...address(fields),
    text: fields.optional(fields.text()),
    imageUrl: fields.optional(fields.url()),
    videoUrl: fields.optional(fields.url()),
    documentUrl: fields.optional(fields.url()),
    audioUrl: fields.optional(fields.url()),
    mimetype: fields.optional(fields.text()),
    filename: fields.optional(fields.text()),
    preview: fields.optional(fields.texts()),
  }),
  rules: [hasContent],
});

export const sendText = operation({
  ...send,
  id: "messages.sendText",
  path: "/sendText",
  source: "both",
  page: "/docs/messages/send-text",
  body: (fields) => ({ ...address(fields), text: fields.text(), ...reply(fields) }),
});

export const sendImage = operation({
  ...send,
  id: "messages.sendImage",
  path: "/sendImage",
  source: "both",
  page: "/docs/messages/send-image",
  body: (fields) => ({ ...address(fields), ...media(fields), ...caption(fields), ...reply(fields) }),
  rules: [oneSource],
});

export const sendVideo = operation({
  ...send,
  id: "messages.sendVideo",
  path: "/sendVideo",
  source: "both",
  page: "/docs/messages/send-video",
  body: (fields) => ({ ...address(fields), ...media(fields), ...caption(fields), ...reply(fields) }),
  rules: [oneSource],
});

export const sendFile = operation({
  ...send,
  id: "messages.sendFile",
  path: "/sendFile",
  source: "both",
  page: "/docs/messages/send-file",
  body: (fields) => ({
    ...address(fields),
    ...media(fields),
    fileName: fields.text(),
    mimeType: fields.text(),
    ...reply(fields),
  }),
  rules: [oneSource],
});

export const sendVoice = operation({
  ...send,
  id: "messages.sendVoice",
  path: "/sendVoice",
  source: "both",
  page: "/docs/messages/send-voice",
  body: (fields) => ({
    ...address(fields),
    ...media(fields),
    duration: fields.optional(fields.duration()),
    ...reply(fields),
  }),
  rules: [oneSource],
});

export const sendLinkPreview = operation({
  ...send,
  id: "messages.sendLinkPreview",
  path: "/send/link-custom-preview",
  // The page spells the path `/sendLinkCustomPreview`; the engine agrees with the client.
  source: "both",
  page: "/docs/messages/send-link-preview",
  body: (fields) => ({
    ...address(fields),
    text: fields.text(),
    preview: fields.object({
      title: fields.text(),
      description: fields.optional(fields.anyText()),
      thumbnailUrl: fields.optional(fields.url()),
    }),
    ...reply(fields),
  }),
});

/** What the steps around a message have in common: their answer says nothing beyond its status. */
const step = {
  method: "POST",
  retry: "unsent-only",
  source: "both",
  expects: "nothing",
  reply: nothing,
} as const;

export const markSeen = operation({
  ...step,
  id: "messages.markSeen",
  path: "/sendSeen",
  page: "/docs/messages/send-seen",
  body: (fields) => ({ ...address(fields), messageId: fields.id() }),
});

export const startTyping = operation({
  ...step,
  id: "messages.startTyping",
  path: "/startTyping",
  page: "/docs/messages/start-typing",
  body: address,
});

export const stopTyping = operation({
  ...step,
  id: "messages.stopTyping",
  path: "/stopTyping",
  // Turning off what is off already does nothing.
  retry: "always",
  page: "/docs/messages/stop-typing",
  body: address,
});

export const react = operation({
  ...step,
  id: "messages.react",
  method: "PUT",
  path: "/reaction",
  source: "sdk",
  body: (fields) => ({ session: fields.session(), messageId: fields.id(), reaction: fields.anyText() }),
});

export const getMessage = operation({
  id: "messages.get",
  method: "GET",
  path: "/messages/{messageId}",
  retry: "always",
  source: "unproven",
  expects: "a message",
  reply: readStored,
});
