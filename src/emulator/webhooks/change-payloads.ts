import { bareId } from "../message-id.js";
import type { MessageRecord } from "../records.js";
import { engineData } from "./engine-data.js";
import { heading, messagePayload } from "./message-payload.js";
import { wireId } from "./naming.js";
import type { Scene } from "./scene.js";

/** What somebody did to a message: an id and a moment of its own, in the message's chat. */
interface Action {
  id: string;
  message: MessageRecord;
}

const at = (scene: Scene, { id, message }: Action): MessageRecord => ({
  ...message,
  id,
  at: scene.world.now(),
});

/** `message.reaction`; an empty text takes it back. */
export function reactionPayload(scene: Scene, action: Action & { by: string; emoji: string }) {
  const fromMe = action.by === scene.number.digits;
  const { sender, ...head } = heading(scene, { ...at(scene, action), fromMe }, action.by);
  const messageId = wireId(scene.naming, action.message);
  return { ...head, to: sender, participant: sender, reaction: { text: action.emoji, messageId } };
}

const key = ({ naming }: Scene, { id, chatId, fromMe }: MessageRecord) => ({
  remoteJID: naming.rawChat(chatId),
  fromMe,
  ID: bareId(id),
});

/** `message.edited`: the message with its new text, under the edit's id. */
export function editPayload(scene: Scene, action: Action): Record<string, unknown> {
  const edit = at(scene, action);
  const { message } = action;
  const editedMessage = { conversation: message.text ?? message.caption };
  const Message = {
    protocolMessage: { key: key(scene, message), type: 14, editedMessage, timestampMS: edit.at },
  };
  return {
    ...messagePayload(scene, edit),
    _data: engineData(scene, edit, { Message, Edit: "1" }),
    editedMessageId: bareId(message.id),
  };
}

/** `message.revoked`: what was there before is not told. */
export function revocationPayload(scene: Scene, action: Action): Record<string, unknown> {
  const revocation = at(scene, action);
  const Message = { protocolMessage: { key: key(scene, action.message), type: 0 } };
  const _data = engineData(scene, revocation, { Message, Edit: "7" });
  const after = { ...messagePayload(scene, revocation), body: null, _data };
  return { after, before: null, revokedMessageId: bareId(action.message.id), _data };
}
