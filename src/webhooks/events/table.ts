import type { EventFields, WebhookEventName } from "./event-types.js";
import { readMessage } from "./read-message.js";
import {
  readCall,
  readEdited,
  readGroup,
  readGroupChange,
  readJoinedGroup,
  readPresence,
  readReaction,
  readRevoked,
  readVote,
} from "./read-others.js";
import { readAck, readNumber } from "./read-status.js";
import type { Scope } from "./scope.js";
import type { Wire } from "./wire.js";

/** Reads an event's own fields out of its payload; throws a `Problem` when one that the type promises is missing. */
type Reader<Fields> = (payload: Wire, scope: Scope) => Fields;

const message: Reader<EventFields["message"]> = (payload, scope) => ({
  message: readMessage(payload, scope),
});
const asSent: Reader<{ payload: unknown }> = (_payload, { raw }) => ({ payload: raw.payload });

const READERS: { [Name in WebhookEventName]: Reader<EventFields[Name]> } = {
  message,
  "message.any": message,
  "message.waiting": message,
  "message.ack": readAck,
  "message.ack.group": readAck,
  "message.reaction": readReaction,
  "message.edited": readEdited,
  "message.revoked": readRevoked,
  "session.status": readNumber,
  "group.v2.join": readJoinedGroup,
  "group.v2.leave": readGroup,
  "group.v2.update": readGroup,
  "group.v2.participants": readGroupChange,
  "presence.update": readPresence,
  "poll.vote": readVote,
  "poll.vote.failed": readVote,
  "call.received": readCall,
  "call.accepted": readCall,
  "call.rejected": readCall,
  "group.v2.participants.join-request": asSent,
  "group.join": asSent,
  "group.leave": asSent,
  "chat.archive": asSent,
  "label.upsert": asSent,
  "label.deleted": asSent,
  "label.chat.added": asSent,
  "label.chat.deleted": asSent,
  "event.response": asSent,
  "event.response.failed": asSent,
  "engine.event": asSent,
  "state.change": asSent,
};

/** A `Map`, so that an event named `constructor` is unknown and not a function of every object. */
export const EVENT_READERS: ReadonlyMap<string, Reader<object>> = new Map(Object.entries(READERS));
