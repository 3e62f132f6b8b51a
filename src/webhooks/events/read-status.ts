import { wireDate } from "../time.js";
import { contactOf } from "./contact.js";
import type { AckStatus, MessageAck, NumberState, NumberStatus, ReachoutTimelock } from "./event-types.js";
import { splitMessageId } from "./message-id.js";
import { needText } from "./problem.js";
import type { Scope } from "./scope.js";
import { isWire, text, type Wire, wire, wireList } from "./wire.js";

const ACKS: readonly AckStatus[] = ["failed", "pending", "sent", "delivered", "read", "played"];
const ACK_NAMES = new Map<unknown, AckStatus>([
  ["ERROR", "failed"],
  ["PENDING", "pending"],
  ["SERVER", "sent"],
  ["DEVICE", "delivered"],
  ["READ", "read"],
  ["PLAYED", "played"],
]);

/** The word for an ack's number, else for its name. */
export function ackStatus(ack: unknown, ackName?: unknown): AckStatus {
  const byNumber = typeof ack === "number" ? ACKS[ack + 1] : undefined;
  return byNumber ?? ACK_NAMES.get(ackName) ?? "unknown";
}

/** A receipt. */
export function readAck(payload: Wire): { ack: MessageAck } {
  const messageId = needText(payload.id, "id");
  const parts = splitMessageId(messageId);
  const ack: MessageAck = {
    messageId,
    chat: parts.chat || needText(payload.from, "from"),
    status: ackStatus(payload.ack, payload.ackName),
    fromMe: typeof payload.fromMe === "boolean" ? payload.fromMe : parts.fromMe === true,
  };
  const participant = contactOf(payload.participant);
  if (participant !== undefined) ack.participant = participant;
  return { ack };
}

/** The engine's words and, since the API's own documents have others, those too. */
const STATES = new Map<string, NumberState>([
  ["CREATED", "created"],
  ["STARTING", "starting"],
  ["SCAN_QR_CODE", "scan_qr"],
  ["WORKING", "ready"],
  ["CONNECTED", "ready"],
  ["STOPPED", "stopped"],
  ["FAILED", "failed"],
  ["ERROR", "failed"],
]);

const stateOf = (status: string): NumberState => STATES.get(status.toUpperCase()) ?? "unknown";

/** A number's status. */
export function readNumber(payload: Wire, { raw }: Scope): { number: NumberStatus } {
  const status = needText(payload.status, "status");
  const number: NumberStatus = { status, state: stateOf(status), history: readHistory(payload.statuses) };
  const name = text(payload.name);
  if (name !== undefined) number.name = name;
  if (payload.data !== undefined && payload.data !== null) number.data = payload.data;
  const timelock = readTimelock(wire(payload.data).reachoutTimelock ?? wire(raw.me).reachoutTimelock);
  if (timelock !== undefined) number.timelock = timelock;
  return { number };
}

function readHistory(value: unknown): NumberStatus["history"] {
  return wireList(value).flatMap((entry) => {
    const status = text(entry.status);
    if (status === undefined) return [];
    const at = wireDate(entry.timestamp);
    return [at === undefined ? { status, state: stateOf(status) } : { status, state: stateOf(status), at }];
  });
}

function readTimelock(value: unknown): ReachoutTimelock | undefined {
  if (!isWire(value)) return undefined;
  const timelock: ReachoutTimelock = { isActive: value.isActive === true };
  const endsAt = wireDate(value.timeEnforcementEnds);
  if (endsAt !== undefined) timelock.endsAt = endsAt;
  const type = text(value.enforcementType);
  if (type !== undefined) timelock.enforcementType = type;
  return timelock;
}
