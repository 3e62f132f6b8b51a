import type { GroupRecord, MessageRecord, NumberRecord } from "./records.js";

/** Something that happened in the emulated WhatsApp. Everything that tells the outside listens here. */
export type EmulatorEvent =
  | { kind: "state"; number: NumberRecord }
  | { kind: "message"; message: MessageRecord }
  | { kind: "ack"; message: MessageRecord }
  /** `id` is the reaction's, the edit's or the deletion's own. */
  | { kind: "reaction"; id: string; message: MessageRecord; by: string; emoji: string }
  | { kind: "edit"; id: string; message: MessageRecord }
  | { kind: "revocation"; id: string; message: MessageRecord }
  | GroupEvent;

/** `by` and `members` are digits; `members` are those the change concerns. */
export interface GroupEvent {
  kind: "group";
  group: GroupRecord;
  change: GroupChange;
  by: string;
  members: string[];
}

export type GroupChange =
  | "create"
  | "join"
  | "leave"
  | "add"
  | "remove"
  | "promote"
  | "demote"
  | "subject"
  | "description"
  | "picture"
  | "invite"
  | "infoAdminOnly"
  | "messagesAdminOnly";
