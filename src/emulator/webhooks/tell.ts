import { isGroup } from "../addresses.js";
import type { EmulatorEvent } from "../events.js";
import type { MessageRecord, NumberRecord } from "../records.js";
import type { World } from "../world.js";
import { ackPayload, isTold } from "./ack-payload.js";
import { editPayload, reactionPayload, revocationPayload } from "./change-payloads.js";
import { groupTold } from "./group-payloads.js";
import { messagePayload } from "./message-payload.js";
import { namingOf } from "./naming.js";
import type { WebhookQuirks } from "./options.js";
import type { Scene } from "./scene.js";

/** Something to deliver to one number's webhook. */
export interface Told {
  number: NumberRecord;
  event: string;
  payload: unknown;
  /** The same engine object as the one before it, so that both may carry one id. */
  twin?: boolean;
}

function acks(scene: Scene, message: MessageRecord): Omit<Told, "number">[] {
  if (!isTold(message.ack) || !(message.fromMe || scene.quirks.foreignAcks)) return [];
  const readers = message.fromMe && message.ack > 0 ? message.readers : [scene.number.digits];
  if (!isGroup(message.chatId)) {
    return [{ event: "message.ack", payload: ackPayload(scene, message) }];
  }
  return readers.map((reader) => ({
    event: "message.ack.group",
    payload: ackPayload(scene, message, reader),
  }));
}

function ofMessage(scene: Scene, event: Exclude<EmulatorEvent, { kind: "state" | "group" }>) {
  switch (event.kind) {
    case "message": {
      const payload = messagePayload(scene, event.message);
      const any = { event: "message.any", payload, twin: !event.message.fromMe };
      return event.message.fromMe ? [any] : [{ event: "message", payload }, any];
    }
    case "ack":
      return acks(scene, event.message);
    case "reaction":
      return [{ event: "message.reaction", payload: reactionPayload(scene, event) }];
    case "edit":
      return [{ event: "message.edited", payload: editPayload(scene, event) }];
    case "revocation":
      return [{ event: "message.revoked", payload: revocationPayload(scene, event) }];
  }
}

/** All that the engine would tell of a message's event or a group's, for each number it reaches. */
export function tell(
  world: World,
  event: Exclude<EmulatorEvent, { kind: "state" }>,
  quirks: WebhookQuirks,
): Told[] {
  const scene = (number: NumberRecord): Scene => ({ world, number, quirks, naming: namingOf(quirks) });
  if (event.kind !== "group") {
    const number = world.numbers.get(event.message.session);
    if (number === undefined) return [];
    return ofMessage(scene(number), event).map((one) => ({ ...one, number }));
  }
  return [...world.numbers.values()]
    .filter(({ digits }) => event.group.participants.has(digits) || event.members.includes(digits))
    .flatMap((number) => groupTold(scene(number), event).map((one) => ({ ...one, number })));
}
