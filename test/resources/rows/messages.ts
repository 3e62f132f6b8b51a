import type { Wasend } from "@wasend/sdk";
import { type FieldKind, G, MESSAGE, PHONE, type Reply, type Row, S, VOID } from "../row.js";

const sent = {
  id: MESSAGE,
  to: "14155550123@c.us",
  content: "Hello",
  type: "text",
  timestamp: "2025-06-10T10:00:00.000Z",
  status: "SENT_V2",
  sender: "14155550100@c.us",
  recipient: "14155550123@c.us",
  fromMe: true,
  addedLater: [1],
};

const sentReplies: Reply[] = [
  { name: "bare, in both sources", json: sent, gives: sent },
  { name: "200 instead of 201", status: 200, json: sent, gives: sent },
  { name: "enveloped", json: { success: true, data: sent, error: null }, gives: sent },
  {
    name: "numbers for the time and the id, a text for the flag",
    json: { ...sent, id: 42, timestamp: 1749549600, fromMe: "true" },
    gives: { ...sent, id: "42", timestamp: "1749549600", fromMe: true },
  },
  {
    name: "nothing but an id",
    json: { id: MESSAGE },
    gives: { id: MESSAGE, to: "", type: "", status: "", timestamp: "" },
  },
  {
    name: "a 202",
    status: 202,
    json: { id: MESSAGE, to: null, content: null, sender: {} },
    gives: { id: MESSAGE, to: "", type: "", status: "", timestamp: "" },
  },
];

const sentFields: Record<string, FieldKind> = {
  id: "text",
  to: "text",
  type: "text",
  status: "text",
  timestamp: "text",
  content: "text?",
  fromMe: "flag?",
  sender: "text?",
  recipient: "text?",
};

function send(
  name: string,
  path: string,
  call: (messages: Wasend["messages"]) => PromiseLike<unknown>,
  body: object,
): Row {
  return {
    id: `messages.${name}`,
    call: (wasend) => call(wasend.messages),
    method: "POST",
    path,
    body: { session: S, ...body },
    retry: "U",
    source: "both",
    replies: sentReplies,
    fields: sentFields,
  };
}

const url = "https://example.com/a";
const contact = { chatId: "999@lid", phone: PHONE, name: "Ann" };

export const messageRows: Row[] = [
  send(
    "send",
    "/send",
    (messages) =>
      messages.send({
        to: PHONE,
        documentUrl: url,
        text: "Your invoice",
        mimetype: "application/pdf",
        filename: "i.pdf",
        preview: { title: "T" },
      }),
    {
      to: PHONE,
      documentUrl: url,
      text: "Your invoice",
      mimetype: "application/pdf",
      filename: "i.pdf",
      preview: { title: "T" },
    },
  ),
  send(
    "sendText",
    "/sendText",
    (messages) => messages.sendText({ to: contact, text: " Hi ", replyTo: MESSAGE }),
    { to: "999@lid", text: " Hi ", replyTo: MESSAGE },
  ),
  send(
    "sendImage",
    "/sendImage",
    (messages) =>
      messages.sendImage({ to: G, data: "data:image/png;base64,aGk=", caption: "", replyTo: MESSAGE }),
    { to: G, data: "aGk=", caption: "", replyTo: MESSAGE },
  ),
  send(
    "sendVideo",
    "/sendVideo",
    (messages) => messages.sendVideo({ to: "4477009001234@s.whatsapp.net", url, caption: "c" }),
    { to: "4477009001234@s.whatsapp.net", url, caption: "c" },
  ),
  send(
    "sendFile",
    "/sendFile",
    (messages) =>
      messages.sendFile({
        to: PHONE,
        data: new Uint8Array([104, 105]),
        fileName: "a.txt",
        mimeType: "text/plain",
      }),
    { to: PHONE, data: "aGk=", fileName: "a.txt", mimeType: "text/plain" },
  ),
  send(
    "sendVoice",
    "/sendVoice",
    (messages) => messages.sendVoice({ to: PHONE, data: new Uint8Array([104, 105]).buffer, duration: 2.5 }),
    { to: PHONE, data: "aGk=", duration: 2.5 },
  ),
  send(
    "sendLinkPreview",
    "/send/link-custom-preview",
    (messages) =>
      messages.sendLinkPreview({
        to: "120363000000000000@newsletter",
        text: `see ${url}`,
        preview: { title: "T", description: "D", thumbnailUrl: url },
        replyTo: MESSAGE,
      }),
    {
      to: "120363000000000000@newsletter",
      text: `see ${url}`,
      preview: { title: "T", description: "D", thumbnailUrl: url },
      replyTo: MESSAGE,
    },
  ),
  {
    id: "messages.markSeen",
    call: (wasend) => wasend.messages.markSeen({ to: PHONE, messageId: MESSAGE }),
    method: "POST",
    path: "/sendSeen",
    body: { session: S, to: PHONE, messageId: MESSAGE },
    retry: "U",
    source: "both",
    ...VOID,
  },
  {
    id: "messages.startTyping",
    call: (wasend) => wasend.messages.startTyping({ to: PHONE }),
    method: "POST",
    path: "/startTyping",
    body: { session: S, to: PHONE },
    retry: "U",
    source: "both",
    ...VOID,
  },
  {
    id: "messages.stopTyping",
    call: (wasend) => wasend.messages.stopTyping({ to: G, session: "sess_2" }),
    method: "POST",
    path: "/stopTyping",
    body: { session: "sess_2", to: G },
    retry: "A",
    source: "both",
    ...VOID,
  },
  {
    id: "messages.react",
    call: (wasend) => wasend.messages.react({ messageId: MESSAGE, reaction: "" }),
    method: "PUT",
    path: "/reaction",
    body: { session: S, messageId: MESSAGE, reaction: "" },
    retry: "U",
    source: "sdk",
    ...VOID,
  },
  {
    id: "messages.get",
    call: (wasend) => wasend.messages.get("a/b?c#d@e é"),
    method: "GET",
    path: "/messages/a/b?c#d@e é",
    rawPath: "/messages/a%2Fb%3Fc%23d@e%20%C3%A9",
    retry: "A",
    source: "unproven",
    replies: [
      {
        name: "the old type",
        json: { id: "m1", to: PHONE, content: "Hi", sentAt: "2025-06-10", status: "sent" },
        gives: { id: "m1", to: PHONE, content: "Hi", sentAt: "2025-06-10", status: "sent" },
      },
      { name: "enveloped", json: { success: true, data: { id: "m1", x: 1 } }, gives: { id: "m1", x: 1 } },
    ],
    fields: { id: "text", to: "text?", content: "text?", type: "text?", status: "text?", sentAt: "text?" },
  },
];
