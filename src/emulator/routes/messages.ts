import { notFound } from "../answers.js";
import type { BodyOf } from "../fields.js";
import { mediaComplaints } from "../media-check.js";
import { markRead, react, send } from "../message-flow.js";
import type { Content, MessageType, NumberRecord } from "../records.js";
import { oldMessage, sent } from "../replies/messages.js";
import { docsOnly, numberRoute, type Reply, type Route, route, same } from "../route.js";
import type { World } from "../world.js";

interface SendCall {
  world: World;
  number: NumberRecord;
  body: { to: string };
}

function reply({ world, number, body }: SendCall, content: Content): Reply {
  return same(sent(send(world, number, world.address(body.to)!, content)));
}

const chatOf = (world: World, to: string): string => world.address(to)?.chatId ?? to;

const target = { session: "string", to: "to" } as const;
const media = { ...target, url: "url?", data: "base64?", replyTo: "string?" } as const;

const sendBody = {
  ...target,
  text: "text?",
  imageUrl: "url?",
  videoUrl: "url?",
  documentUrl: "url?",
  audioUrl: "url?",
  mimetype: "string?",
  filename: "string?",
  preview: "texts?",
} as const;

/** `/send` says by its field what it carries; the text is then the caption. */
function anyContent(body: BodyOf<typeof sendBody>): Content {
  const kinds: [MessageType, string | undefined][] = [
    ["image", body.imageUrl],
    ["video", body.videoUrl],
    ["document", body.documentUrl],
    ["ptt", body.audioUrl],
  ];
  const [type, url] = kinds.find(([, value]) => value !== undefined) ?? ["text", undefined];
  const words = type === "text" ? { text: body.text } : { caption: body.text };
  return { type, url, ...words, mimeType: body.mimetype, fileName: body.filename, preview: body.preview };
}

const linkBody = { ...target, text: "string", preview: "linkPreview", replyTo: "string?" } as const;
const linkPreview = (call: SendCall & { body: BodyOf<typeof linkBody> }): Reply => {
  const { text, preview, replyTo } = call.body;
  return reply(call, { type: "text", text, preview, replyTo });
};

export const messageRoutes: Route[] = [
  numberRoute({
    row: "9",
    method: "POST",
    path: "/send",
    needs: "ready",
    body: sendBody,
    demands: (body) =>
      body.text || body.imageUrl || body.videoUrl || body.documentUrl || body.audioUrl
        ? []
        : ["text, imageUrl, videoUrl, documentUrl or audioUrl should not be empty"],
    handle: (call) => reply(call, anyContent(call.body)),
  }),
  numberRoute({
    row: "10",
    method: "POST",
    path: "/sendText",
    needs: "ready",
    body: { ...target, text: "string", replyTo: "string?" },
    handle: (call) => reply(call, { type: "text", text: call.body.text, replyTo: call.body.replyTo }),
  }),
  numberRoute({
    row: "11",
    method: "POST",
    path: "/sendImage",
    needs: "ready",
    body: { ...media, caption: "text?" },
    demands: (body) => mediaComplaints("image", body),
    handle(call) {
      const { url, data, caption, replyTo } = call.body;
      return reply(call, { type: "image", url, data, caption, replyTo });
    },
  }),
  numberRoute({
    row: "12",
    method: "POST",
    path: "/sendFile",
    needs: "ready",
    body: { ...media, fileName: "string", mimeType: "string" },
    demands: (body) => mediaComplaints({ mimeType: body.mimeType }, body),
    handle(call) {
      const { url, data, fileName, mimeType, replyTo } = call.body;
      return reply(call, { type: "document", url, data, fileName, mimeType, replyTo });
    },
  }),
  numberRoute({
    row: "13",
    method: "POST",
    path: "/sendVoice",
    needs: "ready",
    body: { ...media, duration: "number?" },
    demands: (body) => mediaComplaints("voice", body),
    handle(call) {
      const { url, data, duration, replyTo } = call.body;
      return reply(call, { type: "ptt", url, data, duration, replyTo });
    },
  }),
  numberRoute({
    row: "14",
    method: "POST",
    path: "/sendVideo",
    needs: "ready",
    body: { ...media, caption: "text?" },
    demands: (body) => mediaComplaints("video", body),
    handle(call) {
      const { url, data, caption, replyTo } = call.body;
      return reply(call, { type: "video", url, data, caption, replyTo });
    },
  }),
  numberRoute({
    row: "15",
    method: "POST",
    path: "/send/link-custom-preview",
    needs: "ready",
    body: linkBody,
    handle: linkPreview,
  }),
  numberRoute({
    row: "15b",
    method: "POST",
    path: "/sendLinkCustomPreview",
    needs: "ready",
    body: linkBody,
    handle: linkPreview,
  }),
  numberRoute({
    row: "16",
    method: "POST",
    path: "/sendSeen",
    needs: "ready",
    body: { ...target, messageId: "string" },
    handle({ world, number, body }) {
      const message = world.message(number.session, body.messageId);
      if (message) markRead(world, message);
      return docsOnly({ success: true });
    },
  }),
  numberRoute({
    row: "17",
    method: "POST",
    path: "/startTyping",
    needs: "ready",
    body: target,
    handle({ world, number, body }) {
      number.typingTo.add(chatOf(world, body.to));
      return docsOnly({ success: true });
    },
  }),
  numberRoute({
    row: "18",
    method: "POST",
    path: "/stopTyping",
    needs: "ready",
    body: target,
    handle({ world, number, body }) {
      number.typingTo.delete(chatOf(world, body.to));
      return docsOnly({ success: true });
    },
  }),
  numberRoute({
    row: "19",
    method: "PUT",
    path: "/reaction",
    needs: "ready",
    body: { session: "string", messageId: "string", reaction: "text" },
    handle({ world, number, body }) {
      const message = world.message(number.session, body.messageId);
      if (message === undefined) throw notFound("Message");
      react(world, message, number.digits, body.reaction);
      return same({ success: true });
    },
  }),
  route({
    row: "20",
    method: "GET",
    path: "/messages/{messageId}",
    handle({ world, params }) {
      const message = world.named(params.messageId);
      if (message === undefined) throw notFound("Message");
      return same(oldMessage(message));
    },
  }),
];
