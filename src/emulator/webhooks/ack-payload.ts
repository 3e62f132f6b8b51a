import { isGroup } from "../addresses.js";
import { bareId } from "../message-id.js";
import type { MessageRecord } from "../records.js";
import { ackName } from "./ack-names.js";
import { wireId } from "./naming.js";
import type { Scene } from "./scene.js";

const TYPES: Record<string, string> = { "-1": "server-error", 2: "", 3: "read", 4: "played" };

/** The acks that the engine tells: it never says that a message has reached the server. */
export const isTold = (ack: number): boolean => String(ack) in TYPES;

/**
 * `message.ack`, or `message.ack.group` with the member whose receipt it is. An ack that is not `fromMe` says that
 * another device of the number has read what a customer wrote.
 */
export function ackPayload(scene: Scene, message: MessageRecord, reader?: string) {
  const { naming, number, quirks } = scene;
  const { id, chatId, fromMe, ack, author } = message;
  const member = reader === undefined ? null : naming.person(reader);
  const receiver = fromMe ? reader : number.digits;
  return {
    id: quirks.bareIds ? bareId(id) : wireId(naming, message),
    from: naming.chat(chatId),
    to: member,
    participant: member,
    fromMe,
    ack,
    ackName: ackName(ack),
    _data: {
      Chat: naming.rawChat(chatId),
      Sender: receiver === undefined ? naming.rawChat(chatId) : senderOf(scene, receiver),
      IsFromMe: !fromMe,
      IsGroup: isGroup(chatId),
      AddressingMode: "",
      SenderAlt: "",
      RecipientAlt: "",
      BroadcastListOwner: "",
      BroadcastRecipients: null,
      MessageIDs: [bareId(id)],
      Type: TYPES[ack],
      MessageSender: fromMe ? "" : naming.rawPerson(author),
    },
  };
}

const senderOf = ({ naming, number }: Scene, digits: string): string =>
  digits === number.digits ? `${digits}@s.whatsapp.net` : naming.rawPerson(digits);
