import { type Address, isGroup } from "./addresses.js";
import type { Content, MessageRecord, NumberRecord } from "./records.js";
import type { World } from "./world.js";

const READ = 3;

function add(world: World, message: Omit<MessageRecord, "id" | "at" | "reactions">): MessageRecord {
  const id = world.ids.message(message.chatId, message.fromMe);
  const record: MessageRecord = { ...message, id, at: world.now(), reactions: new Map() };
  world.messages.set(id, record);
  world.emit({ kind: "message", message: record });
  return record;
}

function readersOf(world: World, number: NumberRecord, to: Address): string[] {
  if (to.digits !== undefined) return world.onWhatsApp(to.digits) ? [to.digits] : [];
  const members = world.groups.get(to.chatId)?.participants.keys() ?? [];
  return [...members].filter((digits) => digits !== number.digits);
}

/** The number writes. A phone that is not on WhatsApp never gets it, and its ack stays at 1. */
export function send(world: World, number: NumberRecord, to: Address, content: Content): MessageRecord {
  const readers = readersOf(world, number, to);
  if (to.digits !== undefined) meet(number, to.digits);
  const { chatId } = to;
  const message = add(world, {
    ...content,
    session: number.session,
    chatId,
    fromMe: true,
    author: number.digits,
    readers,
    ack: 0,
  });
  deliver(world, number, message, content);
  if (world.settings.acks === "auto") climb(world, message, to.digits && readers.length === 0 ? 1 : READ);
  return message;
}

/** Where a phone it reached is itself a number of this emulator, that number's chats get it too. */
function deliver(
  world: World,
  from: NumberRecord,
  { readers, chatId }: MessageRecord,
  content: Content,
): void {
  for (const number of world.numbers.values()) {
    if (number === from || !readers.includes(number.digits)) continue;
    const author = { digits: from.digits, chatId: isGroup(chatId) ? chatId : `${from.digits}@c.us` };
    receive(world, number, author, content);
  }
}

function climb(world: World, message: MessageRecord, top: number): void {
  if (message.ack >= top) return;
  world.timers.set(message.id, world.settings.stepMs, () => {
    setAck(world, message, message.ack + 1);
    climb(world, message, top);
  });
}

/** A customer writes to the number, alone or in a group. */
export function receive(
  world: World,
  number: NumberRecord,
  from: { digits: string; chatId: string; name?: string },
  content: Content,
): MessageRecord {
  meet(number, from.digits, from.name);
  const { session } = number;
  return add(world, {
    ...content,
    session,
    chatId: from.chatId,
    fromMe: false,
    author: from.digits,
    readers: [number.digits],
    ack: 2,
  });
}

export function setAck(world: World, message: MessageRecord, ack: number): void {
  world.timers.cancel(message.id);
  message.ack = ack;
  world.emit({ kind: "ack", message });
}

export const isUnread = (message: MessageRecord): boolean => !message.fromMe && message.ack < READ;

export function markRead(world: World, message: MessageRecord): void {
  if (isUnread(message)) setAck(world, message, READ);
}

/** An empty emoji takes the reaction back. */
export function react(world: World, message: MessageRecord, by: string, emoji: string): void {
  if (emoji === "") message.reactions.delete(by);
  else message.reactions.set(by, emoji);
  const own = world.numbers.get(message.session)?.digits === by;
  const id = world.ids.message(message.chatId, own);
  world.emit({ kind: "reaction", id, message, by, emoji });
}

/** Its writer changes the text, or the caption of a file. */
export function edit(world: World, message: MessageRecord, text: string): void {
  if (message.type === "text") message.text = text;
  else message.caption = text;
  world.emit({ kind: "edit", id: world.ids.message(message.chatId, message.fromMe), message });
}

const CONTENT = [
  "text",
  "caption",
  "url",
  "data",
  "fileName",
  "mimeType",
  "preview",
  "duration",
  "replyTo",
] as const satisfies (keyof Content)[];

/** Its writer deletes it for everyone: its place stays, its content goes. */
export function revoke(world: World, message: MessageRecord): void {
  for (const key of CONTENT) delete message[key];
  message.type = "text";
  world.emit({ kind: "revocation", id: world.ids.message(message.chatId, message.fromMe), message });
}

function meet(number: NumberRecord, digits: string, pushName?: string): void {
  const known = number.contacts.get(digits);
  number.contacts.set(digits, { pushName: pushName ?? known?.pushName });
}

export interface ChatRecord {
  id: string;
  name?: string;
  isGroup: boolean;
  at: number;
  unread: number;
}

/** Chats are what the messages and the groups of a number say: nothing else is stored about them. */
export function chatsOf(world: World, number: NumberRecord): ChatRecord[] {
  const chats = new Map<string, ChatRecord>();
  const open = (id: string, at: number): ChatRecord => {
    const name = isGroup(id)
      ? world.groups.get(id)?.name
      : number.contacts.get(id.split("@")[0] ?? "")?.pushName;
    const chat = chats.get(id) ?? { id, name, isGroup: isGroup(id), at, unread: 0 };
    chats.set(id, chat);
    chat.at = Math.max(chat.at, at);
    return chat;
  };
  for (const group of world.groupsOf(number)) open(group.jid, group.createdAt);
  for (const message of world.messagesOf(number.session)) {
    const chat = open(message.chatId, message.at);
    if (isUnread(message)) chat.unread += 1;
  }
  return [...chats.values()];
}
