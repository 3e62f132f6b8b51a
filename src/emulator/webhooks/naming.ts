import { digitsOfLid, isGroup, lidOf, parseAddress } from "../addresses.js";
import { bareId } from "../message-id.js";
import type { MessageRecord } from "../records.js";
import type { WebhookQuirks } from "./options.js";

/** How persons and chats are called in a body: by phone, or by hidden id. */
export interface Naming {
  person(digits: string): string;
  /** The same in the engine's own data. */
  rawPerson(digits: string): string;
  /** The phone beside a hidden id; empty when the person is called by phone. */
  alternative(digits: string): string;
  chat(chatId: string): string;
  rawChat(chatId: string): string;
}

const raw = (jid: string): string => jid.replace(/@c\.us$/, "@s.whatsapp.net");

export function namingOf({ lids }: WebhookQuirks): Naming {
  const person = (digits: string) => (lids ? lidOf(digits) : `${digits}@c.us`);
  const chat = (chatId: string) => {
    const digits = parseAddress(chatId)?.digits ?? digitsOfLid(chatId);
    return isGroup(chatId) || digits === undefined || !lids ? chatId : person(digits);
  };
  return {
    person,
    rawPerson: (digits) => raw(person(digits)),
    alternative: (digits) => (lids === true ? `${digits}@s.whatsapp.net` : ""),
    chat,
    rawChat: (chatId) => raw(chat(chatId)),
  };
}

/** A message's id as deliveries have it: in groups it ends in its writer, which the send call's reply leaves out. */
export function wireId(
  naming: Naming,
  { id, chatId, fromMe, author }: Pick<MessageRecord, "id" | "chatId" | "fromMe" | "author">,
): string {
  const writer = fromMe ? `${author}@c.us` : naming.person(author);
  const parts = [fromMe, naming.chat(chatId), bareId(id), ...(isGroup(chatId) ? [writer] : [])];
  return parts.join("_");
}
