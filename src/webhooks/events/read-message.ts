import { wireDate } from "../time.js";
import { type Contact, contactOf, ME } from "./contact.js";
import { splitMessageId } from "./message-id.js";
import type { Message } from "./message-types.js";
import { needText } from "./problem.js";
import { readCards, readLocation, readMedia, readQuoted } from "./read-content.js";
import { readKind } from "./read-kind.js";
import { meOf, type Scope } from "./scope.js";
import { text, type Wire, wire } from "./wire.js";

/** A message out of a payload; `field` names the payload's place for a problem's text. */
export function readMessage(payload: Wire, scope: Scope, field = ""): Message {
  const id = needText(payload.id, `${field}id`);
  const data = wire(payload._data);
  const fromMe = payload.fromMe === true;
  const message: Message = {
    id,
    chat: splitMessageId(id).chat || needText(payload.from, `${field}from`),
    from: readSender(payload, data, scope),
    fromMe,
    kind: readKind(payload, data),
    at: wireDate(payload.timestamp) ?? scope.at,
  };
  if (typeof payload.body === "string" && payload.body !== "") message.text = payload.body;
  const media = readMedia(payload);
  if (media !== undefined) message.media = media;
  const location = readLocation(payload.location);
  if (location !== undefined) message.location = location;
  const contacts = readCards(payload.vCards);
  if (contacts !== undefined) message.contacts = contacts;
  const replyTo = readQuoted(payload.replyTo);
  if (replyTo !== undefined) message.replyTo = replyTo;
  if (payload.source === "api" || payload.source === "app") message.source = payload.source;
  return message;
}

/**
 * Who wrote it. `from` is the chat on most engines, also for own messages and in groups, so it is the last to be asked.
 */
export function readSender(payload: Wire, data: Wire, scope: Scope): Contact {
  const sender = text(payload.participant) ?? text(payload.author);
  if (payload.fromMe === true) return meOf(scope) ?? contactOf(sender) ?? ME;
  const info = wire(data.Info);
  const key = wire(data.key);
  const alternative = text(info.SenderAlt) ?? text(key.participantAlt) ?? text(key.remoteJidAlt);
  const name = text(info.PushName) ?? text(data.pushName) ?? text(data.notifyName);
  return contactOf(sender ?? payload.from, alternative, name) ?? contactOf(splitSender(payload.id)) ?? ME;
}

function splitSender(id: unknown): string | undefined {
  if (typeof id !== "string") return undefined;
  const { sender, chat } = splitMessageId(id);
  return sender || chat;
}
