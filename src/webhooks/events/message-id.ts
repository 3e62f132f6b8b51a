/** What a message id consists of; only `bareId` when it is a bare one. */
export interface MessageIdParts {
  /** The chat it is in. */
  chat?: string;
  /** The part that stays the same in every spelling of the id. */
  bareId: string;
  /** Whether this number wrote it. */
  fromMe?: boolean;
  /** Who wrote it, in groups. */
  sender?: string;
}

/** Takes `true_550…@c.us_3EB0…` apart: flag, chat, bare id and, in groups, the sender. Chat ids hold no `_`. */
export function splitMessageId(id: string): MessageIdParts {
  const fromMe = id.startsWith("true_") ? true : id.startsWith("false_") ? false : undefined;
  if (fromMe === undefined) return { bareId: id };
  const chatAt = fromMe ? 5 : 6;
  const bareAt = id.indexOf("_", chatAt) + 1;
  if (bareAt === 0) return { bareId: id };
  const end = id.indexOf("_", bareAt);
  const chat = id.slice(chatAt, bareAt - 1);
  if (end === -1) return { chat, bareId: id.slice(bareAt), fromMe };
  return { chat, bareId: id.slice(bareAt, end), fromMe, sender: id.slice(end + 1) };
}

/** The part of a message id that is the same in every spelling: acks and sends may spell one message's id in two ways. */
export function bareMessageId(id: string): string {
  return splitMessageId(id).bareId;
}
