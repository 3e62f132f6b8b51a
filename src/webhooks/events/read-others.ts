import { wireDate } from "../time.js";
import { contactOf, ME } from "./contact.js";
import type { Call, EventFields, GroupInfo, GroupMember, PollVote, Reaction } from "./event-types.js";
import { splitMessageId } from "./message-id.js";
import { needText } from "./problem.js";
import { readMessage, readSender } from "./read-message.js";
import { meOf, type Scope } from "./scope.js";
import { flag, isWire, text, textList, type Wire, wire, wireList } from "./wire.js";

/** A reaction given or taken back. */
export function readReaction(payload: Wire, scope: Scope): { reaction: Reaction } {
  const inner = wire(payload.reaction);
  const messageId = needText(inner.messageId, "reaction.messageId");
  const id = text(payload.id);
  return {
    reaction: {
      messageId,
      emoji: text(inner.text) ?? null,
      from: readSender(payload, wire(payload._data), scope),
      fromMe: payload.fromMe === true,
      chat:
        (id && splitMessageId(id).chat) || splitMessageId(messageId).chat || needText(payload.from, "from"),
      at: wireDate(payload.timestamp) ?? scope.at,
    },
  };
}

/** An edit. */
export function readEdited(payload: Wire, scope: Scope): EventFields["message.edited"] {
  return {
    message: readMessage(payload, scope),
    editedMessageId: needText(payload.editedMessageId, "editedMessageId"),
  };
}

/** A deletion for everyone. Older bodies name the message only inside `before`. */
export function readRevoked(payload: Wire, scope: Scope): EventFields["message.revoked"] {
  const after = isWire(payload.after) ? readMessage(payload.after, scope, "after.") : undefined;
  const before = isWire(payload.before) ? readMessage(payload.before, scope, "before.") : undefined;
  const named = text(payload.revokedMessageId) ?? (before && splitMessageId(before.id).bareId);
  return {
    revokedMessageId: needText(named, "revokedMessageId"),
    chat: needText((after ?? before)?.chat, "after.from"),
    ...(after && { after }),
    ...(before && { before }),
  };
}

const GROUP_TEXTS = ["subject", "description", "invite"] as const;
const GROUP_FLAGS = [
  "membersCanAddNewMember",
  "membersCanSendMessages",
  "newMembersApprovalRequired",
] as const;

/** A group, as far as it is told. */
export function readGroup(payload: Wire): { group: GroupInfo } {
  const told = wire(payload.group);
  const group: GroupInfo = { id: needText(told.id, "group.id") };
  for (const field of GROUP_TEXTS) if (typeof told[field] === "string") group[field] = told[field];
  for (const field of GROUP_FLAGS) if (flag(told[field]) !== undefined) group[field] = told[field] as boolean;
  if (Array.isArray(told.participants)) group.participants = readMembers(told.participants);
  return { group };
}

/** GOWS copies the group's announce flag, which means the opposite, into one field of a join. */
export function readJoinedGroup(payload: Wire, scope: Scope): { group: GroupInfo } {
  const { group } = readGroup(payload);
  if (scope.engine === "GOWS") delete group.membersCanSendMessages;
  return { group };
}

/** People who came, went, or got another role. */
export function readGroupChange(payload: Wire): EventFields["group.v2.participants"] {
  return {
    ...readGroup(payload),
    change: needText(payload.type, "type"),
    participants: readMembers(payload.participants),
  };
}

function readMembers(value: unknown): GroupMember[] {
  return wireList(value).flatMap((entry) => {
    const contact = contactOf(entry.id, entry.pn);
    return contact === undefined ? [] : [{ ...contact, role: text(entry.role) ?? "participant" }];
  });
}

/** What people are doing. */
export function readPresence(payload: Wire): EventFields["presence.update"] {
  const presences = wireList(payload.presences).flatMap((entry) => {
    const participant = contactOf(entry.participant);
    const lastKnownPresence = text(entry.lastKnownPresence);
    if (participant === undefined || lastKnownPresence === undefined) return [];
    const lastSeen = wireDate(entry.lastSeen);
    return [{ participant, lastKnownPresence, ...(lastSeen && { lastSeen }) }];
  });
  return { presence: { chat: needText(payload.id, "id"), presences } };
}

/** A vote. */
export function readVote(payload: Wire, scope: Scope): EventFields["poll.vote"] {
  const told = wire(payload.vote);
  const poll = wire(payload.poll);
  const fromMe = told.fromMe === true || told.from === "me";
  const voter = contactOf(text(told.participant) ?? told.from);
  const vote: PollVote = {
    id: needText(told.id, "vote.id"),
    from: (fromMe ? meOf(scope) : voter) ?? voter ?? ME,
    fromMe,
    selectedOptions: textList(told.selectedOptions),
    at: wireDate(told.timestamp) ?? scope.at,
  };
  return {
    poll: { id: needText(poll.id, "poll.id"), fromMe: poll.fromMe === true || poll.from === "me" },
    vote,
  };
}

/** A call. */
export function readCall(payload: Wire, scope: Scope): { call: Call } {
  const call: Call = {
    id: needText(payload.id, "id"),
    at: wireDate(payload.timestamp) ?? scope.at,
    isVideo: payload.isVideo === true,
    isGroup: payload.isGroup === true,
  };
  const from = contactOf(payload.from);
  if (from !== undefined) call.from = from;
  return { call };
}
