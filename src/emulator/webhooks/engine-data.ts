import { isGroup } from "../addresses.js";
import { bareId } from "../message-id.js";
import type { MessageRecord } from "../records.js";
import { mimetypeOf } from "./files.js";
import type { Scene } from "./scene.js";

const MEDIA_TYPES = { text: "", image: "image", video: "video", document: "document", ptt: "ptt" };

/** The engine's `Info`: the sender's phone and name are nowhere else. */
function info({ number, naming }: Scene, message: MessageRecord) {
  const { author, fromMe, chatId } = message;
  return {
    Chat: naming.rawChat(chatId),
    Sender: fromMe ? `${author}:12@s.whatsapp.net` : naming.rawPerson(author),
    IsFromMe: fromMe,
    IsGroup: isGroup(chatId),
    AddressingMode: "",
    SenderAlt: fromMe ? "" : naming.alternative(author),
    RecipientAlt: "",
    BroadcastListOwner: "",
    BroadcastRecipients: null,
    ID: bareId(message.id),
    ServerID: 0,
    Type: message.type === "text" ? "text" : "media",
    PushName: fromMe ? number.sessionName : (number.contacts.get(author)?.pushName ?? ""),
    Timestamp: new Date(message.at).toISOString().replace(/\.\d+Z$/, "Z"),
    Category: "",
    Multicast: false,
    MediaType: MEDIA_TYPES[message.type],
    Edit: "",
  };
}

/** WhatsApp's own message: its one key is what tells the kind. */
function content(message: MessageRecord) {
  const { text, caption, fileName, duration, replyTo } = message;
  const contextInfo = replyTo === undefined ? undefined : { stanzaID: bareId(replyTo) };
  const file = { mimetype: mimetypeOf(message), caption, contextInfo };
  switch (message.type) {
    case "text":
      return contextInfo ? { extendedTextMessage: { text, contextInfo } } : { conversation: text };
    case "image":
      return { imageMessage: file };
    case "video":
      return { videoMessage: file };
    case "document":
      return { documentMessage: { ...file, fileName, title: fileName } };
    case "ptt":
      return { audioMessage: { ...file, seconds: duration, PTT: true } };
  }
}

/** `_data` of a message. Whoever changes the message says so with `Message` and `Edit` of their own. */
export function engineData(
  scene: Scene,
  message: MessageRecord,
  action?: { Message: unknown; Edit: string },
) {
  const Info = info(scene, message);
  return {
    Info: action ? { ...Info, Edit: action.Edit } : Info,
    Message: action ? action.Message : content(message),
    Status: message.fromMe ? 2 : 3,
  };
}
