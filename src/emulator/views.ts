import { parseAddress, phoneOrChat } from "./addresses.js";
import type {
  Content,
  GroupRecord,
  GroupStatus,
  MessageRecord,
  NumberRecord,
  NumberState,
} from "./records.js";

/** A message as the emulator shows it. It is a copy: later acks do not change it. */
export interface EmulatedMessage extends Content {
  id: string;
  /** Phone of who wrote it, with `+`. */
  from: string;
  /** Phone with `+`, or the chat id of a group. */
  to: string;
  /** The number in whose chats it is. */
  session: string;
  chatId: string;
  fromMe: boolean;
  /** -1 error, 0 pending, 1 sent, 2 received, 3 read, 4 played. */
  ack: number;
  at: Date;
  /** Emoji by the phone that reacted. */
  reactions: Record<string, string>;
}

/** A connected number. */
export interface EmulatedNumber {
  session: string;
  sessionName: string;
  phoneNumber: string;
  state: NumberState;
  enableWebhook: boolean;
  webhookUrl?: string;
  /** Chat ids it is typing to at this moment. */
  typingTo: string[];
}

/** A WhatsApp group. */
export interface EmulatedGroup {
  jid: string;
  name: string;
  description: string;
  inviteCode: string;
  tags: string[];
  status: GroupStatus;
  participants: { phone: string; isAdmin: boolean; isSuperAdmin: boolean }[];
}

/** Somebody in the address book of a number. */
export interface EmulatedContact {
  session: string;
  phone: string;
  name?: string;
}

export function messageView(message: MessageRecord, ownDigits: string): EmulatedMessage {
  const { author, readers: _, reactions, at, ...rest } = message;
  const chat = phoneOrChat(message.chatId);
  const alone = parseAddress(message.chatId)?.digits !== undefined;
  return {
    ...rest,
    from: `+${author}`,
    to: message.fromMe || !alone ? chat : `+${ownDigits}`,
    at: new Date(at),
    reactions: Object.fromEntries([...reactions].map(([digits, emoji]) => [`+${digits}`, emoji])),
  };
}

export const numberView = (number: NumberRecord): EmulatedNumber => ({
  session: number.session,
  sessionName: number.sessionName,
  phoneNumber: `+${number.digits}`,
  state: number.state,
  enableWebhook: number.enableWebhook,
  webhookUrl: number.webhookUrl,
  typingTo: [...number.typingTo],
});

export const groupView = (group: GroupRecord): EmulatedGroup => ({
  jid: group.jid,
  name: group.name,
  description: group.description,
  inviteCode: group.inviteCode,
  tags: [...group.tags],
  status: group.status,
  participants: [...group.participants.values()].map(({ digits, isAdmin, isSuperAdmin }) => ({
    phone: `+${digits}`,
    isAdmin,
    isSuperAdmin,
  })),
});

export const contactViews = ({ session, contacts }: NumberRecord): EmulatedContact[] =>
  [...contacts].map(([digits, { pushName }]) => ({ session, phone: `+${digits}`, name: pushName }));
