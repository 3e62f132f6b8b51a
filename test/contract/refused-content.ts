import { G, PHONE as to } from "../resources/row.js";
import { type Cases, raw } from "./refused.js";

const url = "https://example.com/a";

/** Messages and groups that are refused before any network. */
export const contentCases: Cases = {
  content: [
    [
      "no content",
      ({ messages }) => messages.send({ to }),
      "text",
      /or one of imageUrl, videoUrl, documentUrl, audioUrl/,
    ],
    [
      "two media",
      ({ messages }) => messages.send({ to, imageUrl: url, audioUrl: url }),
      "audioUrl",
      /must not stand beside imageUrl/,
    ],
    [
      "not a web address",
      ({ messages }) => messages.send({ to, videoUrl: "ftp://e.com/a" }),
      "videoUrl",
      /http\(s\)/,
    ],
    [
      "a relative address",
      ({ messages }) => messages.sendImage({ to, url: "/a.png" }),
      "url",
      /absolute http\(s\)/,
    ],
    [
      "a script",
      ({ messages }) => messages.sendImage({ to, url: "javascript:alert(1)" }),
      "url",
      /http\(s\)/,
    ],
    [
      "an address with a break",
      ({ messages }) => messages.sendImage({ to, url: `${url}\n` }),
      "url",
      /line breaks/,
    ],
    ["neither", raw(({ messages }) => messages?.sendImage?.({ to })), "url", /or data is required/],
    ["both", raw(({ messages }) => messages?.sendVideo?.({ to, url, data: "aGk=" })), "data", /beside url/],
    ["no base64", ({ messages }) => messages.sendImage({ to, data: "hällo" }), "data", /must be base64/],
    [
      "no base64, of a length it could have",
      ({ messages }) => messages.sendImage({ to, data: "no.!" }),
      "data",
      /must be base64/,
    ],
    ["base64 cut short", ({ messages }) => messages.sendImage({ to, data: "aGk" }), "data", /must be base64/],
    [
      "a data address that is no base64",
      ({ messages }) => messages.sendImage({ to, data: "data:text/plain,a" }),
      "data",
      /base64/,
    ],
    ["an empty text", ({ messages }) => messages.sendImage({ to, data: "" }), "data", /must not be empty/],
    [
      "an empty data address",
      ({ messages }) => messages.sendImage({ to, data: "data:image/png;base64," }),
      "data",
      /empty/,
    ],
    [
      "no bytes",
      ({ messages }) => messages.sendImage({ to, data: new Uint8Array() }),
      "data",
      /must not be empty/,
    ],
    [
      "an empty buffer",
      ({ messages }) => messages.sendImage({ to, data: new ArrayBuffer(0) }),
      "data",
      /empty/,
    ],
    [
      "numbers",
      raw(({ messages }) => messages?.sendImage?.({ to, data: [1, 2] })),
      "data",
      /must be base64 text/,
    ],
    [
      "no file name",
      raw(({ messages }) => messages?.sendFile?.({ to, url, mimeType: "a/b" })),
      "fileName",
      /is required/,
    ],
    [
      "no type",
      raw(({ messages }) => messages?.sendFile?.({ to, url, fileName: "a" })),
      "mimeType",
      /is required/,
    ],
    [
      "a duration below 0",
      ({ messages }) => messages.sendVoice({ to, url, duration: -1 }),
      "duration",
      /0 or more/,
    ],
    [
      "an endless duration",
      ({ messages }) => messages.sendVoice({ to, url, duration: Infinity }),
      "duration",
      /seconds/,
    ],
    [
      "no preview",
      raw(({ messages }) => messages?.sendLinkPreview?.({ to, text: url })),
      "preview",
      /is required/,
    ],
    [
      "a preview without title",
      raw(({ messages }) => messages?.sendLinkPreview?.({ to, text: url, preview: {} })),
      "preview.title",
      /is required/,
    ],
    [
      "a preview's picture",
      ({ messages }) =>
        messages.sendLinkPreview({ to, text: url, preview: { title: "T", thumbnailUrl: "x" } }),
      "preview.thumbnailUrl",
      /http\(s\)/,
    ],
    [
      "a preview of numbers",
      raw(({ messages }) => messages?.send?.({ to, text: "x", preview: { a: 1 } })),
      "preview.a",
      /a text/,
    ],
    [
      "a preview that is a list",
      raw(({ messages }) => messages?.send?.({ to, text: "x", preview: [] })),
      "preview",
      /an object/,
    ],
  ],
  groups: [
    [
      "nobody",
      ({ groups }) => groups.create({ name: "a", participants: [] }),
      "participants",
      /at least one entry/,
    ],
    [
      "nobody to add",
      ({ groups }) => groups.addParticipants(G, { participants: [] }),
      "participants",
      /at least one/,
    ],
    [
      "no list",
      raw(({ groups }) => groups?.create?.({ name: "a", participants: to })),
      "participants",
      /must be a list/,
    ],
    [
      "one that is wrong",
      ({ groups }) => groups.addParticipants(G, { participants: [to, "5"] }),
      "participants[1]",
      /"\+"/,
    ],
    [
      "a member without id",
      raw(({ groups }) => groups?.create?.({ name: "a", participants: [{}] })),
      "participants[0]",
      /contact with a chatId/,
    ],
    [
      "a member with more",
      raw(({ groups }) => groups?.create?.({ name: "a", participants: [{ id: to, admin: true }] })),
      "participants[0]",
      /id and isAdmin only, not "admin"/,
    ],
    [
      "a member's flag",
      raw(({ groups }) => groups?.create?.({ name: "a", participants: [{ id: to, isAdmin: 1 }] })),
      "participants[0]",
      /true or false as isAdmin/,
    ],
    [
      "a switch",
      raw(({ groups }) => groups?.setInfoAdminOnly?.(G, { enabled: "on" })),
      "enabled",
      /true or false/,
    ],
    [
      "half the settings",
      raw(({ groups }) => groups?.setSettings?.(G, { infoAdminOnly: true })),
      "messagesAdminOnly",
      /required/,
    ],
    ["no code", ({ groups }) => groups.join({ code: "" }), "code", /not empty/],
    ["tags as a text", raw(({ groups }) => groups?.list?.({ tags: "vip" })), "tags", /must be a list/],
  ],
  "unknown fields": [
    [
      "another case",
      raw(({ messages }) => messages?.sendFile?.({ to, url, fileName: "a", mimeType: "b", filename: "c" })),
      "filename",
      /did you mean "fileName"/,
    ],
    [
      "with an underscore",
      raw(({ messages }) => messages?.send?.({ to, text: "x", image_url: url })),
      "image_url",
      /did you mean "imageUrl"/,
    ],
    [
      "of another call",
      raw(({ messages }) => messages?.sendText?.({ to, text: "x", caption: "y" })),
      "caption",
      /there are session, to, text, replyTo/,
    ],
    [
      "in a filter",
      raw(({ chats }) => chats?.listMessages?.(to, { filter: { acks: 1 } })),
      "filter.acks",
      /not a field here/,
    ],
    [
      "in a preview",
      raw(({ messages }) =>
        messages?.sendLinkPreview?.({ to, text: url, preview: { title: "T", image: url } }),
      ),
      "preview.image",
      /not a field/,
    ],
    [
      "a number for a name",
      raw(({ chats }) => chats?.list?.({ "+14155550123": 1 })),
      "…",
      /not a field here/,
    ],
    [
      "a session where none acts",
      raw(({ messages }) => messages?.get?.("m", { maxRetries: "x" })),
      "maxRetries",
      /whole number/,
    ],
  ],
};
