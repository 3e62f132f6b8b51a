import type { ChatId, Contact } from "./contact.js";
import type { Message } from "./message-types.js";

/** How far a message has come. */
export type AckStatus = "pending" | "sent" | "delivered" | "read" | "played" | "failed" | "unknown";

/** A receipt. */
export interface MessageAck {
  /** The message's id; in groups it may end otherwise than the one that the send returned: compare with `bareMessageId`. */
  messageId: string;
  /** The chat it is in. */
  chat: ChatId;
  /** How far it has come. */
  status: AckStatus;
  /** `false`: another device of this number has read the message. No receipt of an own message. */
  fromMe: boolean;
  /** In groups: whose receipt it is. */
  participant?: Contact;
}

/** What a number can be in, in the SDK's words. */
export type NumberState = "created" | "starting" | "scan_qr" | "ready" | "stopped" | "failed" | "unknown";

/** WhatsApp keeps the number from writing to new contacts. Running chats go on; it lifts by itself. */
export interface ReachoutTimelock {
  /** Whether it is on. */
  isActive: boolean;
  /** When it ends. */
  endsAt?: Date;
  /** WhatsApp's word for its kind. */
  enforcementType?: string;
}

/** A connected number's status. */
export interface NumberStatus {
  /** The server's word. */
  status: string;
  /** The same in the SDK's words. */
  state: NumberState;
  /** The last statuses, three at most, oldest first. */
  history: { status: string; state: NumberState; at?: Date }[];
  /** The number's name on the server. */
  name?: string;
  /** The restriction on new chats, when the event tells of one. */
  timelock?: ReachoutTimelock;
  /** What belongs to the status (a passkey request, say), as sent. */
  data?: unknown;
}

/** A reaction to a message. */
export interface Reaction {
  /** The message reacted to, full id. */
  messageId: string;
  /** The emoji; `null`: the reaction was taken back. */
  emoji: string | null;
  /** Who reacted. */
  from: Contact;
  /** Whether this number did. */
  fromMe: boolean;
  /** The chat. */
  chat: ChatId;
  /** When. */
  at: Date;
}

/** Somebody in a group. */
export interface GroupMember extends Contact {
  /** `left`, `participant`, `admin`, `superadmin`, or a newer word. */
  role: string;
}

/** A group, as far as the event tells: after `group.v2.update` only what changed. */
export interface GroupInfo {
  /** Its chat id, `…@g.us`. */
  id: ChatId;
  /** Its name. */
  subject?: string;
  /** Its description. */
  description?: string;
  /** The invite link or code. */
  invite?: string;
  /** Whether members may add others. */
  membersCanAddNewMember?: boolean;
  /** Whether members may write. Left out where the engine is known to tell it the wrong way round (join on GOWS). */
  membersCanSendMessages?: boolean;
  /** Whether admins must let new members in. */
  newMembersApprovalRequired?: boolean;
  /** Who is in it. */
  participants?: GroupMember[];
}

/** What one chat's people are doing. */
export interface Presence {
  /** The chat. */
  chat: ChatId;
  /** One per person. `lastKnownPresence`: offline, online, typing, recording, paused, or a newer word. */
  presences: { participant: Contact; lastKnownPresence: string; lastSeen?: Date }[];
}

/** A poll, as a vote names it. */
export interface PollRef {
  /** The poll message's id. */
  id: string;
  /** Whether this number made it. */
  fromMe: boolean;
}

/** A vote: the voter's whole new choice. Votes may come late: keep the newest `at` per voter. */
export interface PollVote {
  /** The vote message's id. */
  id: string;
  /** The voter. */
  from: Contact;
  /** Whether this number voted. */
  fromMe: boolean;
  /** The chosen options; empty: all taken back, or, in `poll.vote.failed`, not readable. */
  selectedOptions: string[];
  /** When. */
  at: Date;
}

/** A call. */
export interface Call {
  /** Its id. */
  id: string;
  /** Who calls. */
  from?: Contact;
  /** When. */
  at: Date;
  /** With video. */
  isVideo: boolean;
  /** In a group. */
  isGroup: boolean;
}

/** What every event has. */
export interface EventBase {
  /** The delivery's id; the same for `message` and `message.any` of one message. Absent before 2025. */
  id?: string;
  /** The number the event happened to, in the server's word; empty when the envelope names none. */
  session: string;
  /** When it happened; for envelopes without a time, when it was read. */
  at: Date;
  /** The engine: `GOWS`, `NOWEB`, `WEBJS`, `WPP`, or a newer one. */
  engine?: string;
  /** The envelope as sent. Engine data in it may change at any time. */
  raw: Readonly<Record<string, unknown>>;
}

/** The fields that each event adds, by its name on the wire. */
export interface EventFields {
  message: { message: Message };
  "message.any": { message: Message };
  "message.waiting": { message: Message };
  "message.ack": { ack: MessageAck };
  "message.ack.group": { ack: MessageAck };
  "message.reaction": { reaction: Reaction };
  /** `message.text` is the new text; `message.id` belongs to the edit. */
  "message.edited": { message: Message; editedMessageId: string };
  /** `revokedMessageId` is a bare id. */
  "message.revoked": { revokedMessageId: string; chat: ChatId; after?: Message; before?: Message };
  "session.status": { number: NumberStatus };
  "group.v2.join": { group: GroupInfo };
  "group.v2.leave": { group: GroupInfo };
  "group.v2.update": { group: GroupInfo };
  /** `change`: join, leave, promote, demote, or a newer word. */
  "group.v2.participants": { group: GroupInfo; change: string; participants: GroupMember[] };
  "presence.update": { presence: Presence };
  "poll.vote": { poll: PollRef; vote: PollVote };
  "poll.vote.failed": { poll: PollRef; vote: PollVote };
  "call.received": { call: Call };
  "call.accepted": { call: Call };
  "call.rejected": { call: Call };
  "group.v2.participants.join-request": { payload: unknown };
  "group.join": { payload: unknown };
  "group.leave": { payload: unknown };
  "chat.archive": { payload: unknown };
  "label.upsert": { payload: unknown };
  "label.deleted": { payload: unknown };
  "label.chat.added": { payload: unknown };
  "label.chat.deleted": { payload: unknown };
  "event.response": { payload: unknown };
  "event.response.failed": { payload: unknown };
  "engine.event": { payload: unknown };
  "state.change": { payload: unknown };
}

/** The names of the events that have a type. */
export type WebhookEventName = keyof EventFields;

/** The event of a name. */
export type WebhookEventOf<Name extends WebhookEventName> = {
  [Each in Name]: EventBase & { event: Each } & EventFields[Each];
}[Name];

/**
 * An event whose name has no type here yet, or whose payload lacks what its type promises (`problem` says what).
 */
export interface UnknownEvent extends EventBase {
  /** The name on the wire. */
  event: string;
  /** Tells it from all others. */
  isUnknown: true;
  /** The payload as sent. */
  payload: unknown;
  /** Why an event of a known name is here: the field that is missing. */
  problem?: string;
}

/**
 * How the compiler sees a name that is none of the known ones. No type says "any other string"; of a pattern that no
 * known name fits, the compiler knows that `event.event === "message"` rules it out.
 */
export type OtherName = `${string}?`;

/**
 * Every event there can be; `event` tells them apart.
 *
 * @example
 * ```ts
 * if (event.event === "message") console.log(event.message.kind);
 * ```
 */
export type WebhookEvent = WebhookEventOf<WebhookEventName> | (UnknownEvent & { event: OtherName });
