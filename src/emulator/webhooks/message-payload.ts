import { isGroup } from "../addresses.js";
import type { Json } from "../json.js";
import { bareId } from "../message-id.js";
import type { MessageRecord } from "../records.js";
import { ackName } from "./ack-names.js";
import { engineData } from "./engine-data.js";
import { extensionOf, mimetypeOf } from "./files.js";
import { wireId } from "./naming.js";
import type { Scene } from "./scene.js";

/** Only documents have a file name; the key is absent on all others. */
function media({ world }: Scene, message: MessageRecord): Json {
  if (message.type === "text") return null;
  const path = `${message.session}/${bareId(message.id)}.${extensionOf(message)}`;
  return {
    url: world.settings.media.urlOf(message) ?? `https://waha.example.com/api/files/${path}`,
    filename: message.type === "document" ? message.fileName : undefined,
    mimetype: mimetypeOf(message),
  };
}

function replyTo({ world, naming }: Scene, { session, replyTo: id }: MessageRecord): Json {
  if (id === undefined) return null;
  const found = world.find(id);
  const quoted = found?.session === session ? found : undefined;
  return {
    id: bareId(id),
    participant: quoted ? naming.person(quoted.author) : null,
    body: quoted ? (quoted.text ?? quoted.caption ?? null) : null,
    _data: null,
  };
}

/** The fields that messages and reactions have in common. `from` is the chat; who wrote in a group is in the others. */
export function heading({ naming, quirks }: Scene, message: MessageRecord, writer = message.author) {
  const author = message.fromMe ? `${writer}@c.us` : naming.person(writer);
  const sender = isGroup(message.chatId) ? author : null;
  return {
    id: wireId(naming, { ...message, author: writer }),
    timestamp: Math.floor(message.at / 1000),
    from: naming.chat(message.chatId),
    fromMe: message.fromMe,
    source: quirks.bodies2024 ? undefined : message.fromMe ? "api" : "app",
    sender,
  };
}

/** `message` and `message.any`. An own one is told as SERVER, whatever became of it since. */
export function messagePayload(scene: Scene, message: MessageRecord): Record<string, unknown> {
  const { sender, ...head } = heading(scene, message);
  const ack = message.fromMe ? 1 : 2;
  return {
    ...head,
    body: message.text ?? message.caption ?? null,
    to: sender,
    participant: sender,
    hasMedia: message.type !== "text",
    media: media(scene, message),
    ack,
    location: null,
    vCards: null,
    ackName: ackName(ack),
    replyTo: replyTo(scene, message),
    _data: engineData(scene, message),
  };
}
