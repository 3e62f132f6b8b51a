import type { GroupRecord, MessageRecord, NumberRecord } from "./records.js";

/** Something that happened in the emulated WhatsApp. Everything that tells the outside listens here. */
export type EmulatorEvent =
  | { kind: "state"; number: NumberRecord }
  | { kind: "message"; message: MessageRecord }
  | { kind: "ack"; message: MessageRecord }
  | { kind: "reaction"; message: MessageRecord; by: string; emoji: string }
  | { kind: "group"; session: string; group: GroupRecord; change: string };
