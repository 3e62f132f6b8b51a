import { client } from "../resources/mock-server.js";
import { G, PHONE as to } from "../resources/row.js";
import { type Call, type Cases, raw } from "./refused.js";

const url = "https://example.com/a";

/** Ids, texts and figures that are refused before any network. */
export const valueCases: Cases = {
  session: [
    ["missing", () => client({ session: undefined }).chats.list(), "session", /WASEND_SESSION/],
    ["empty", ({ chats }) => chats.list({ session: "" }), "session", /the id of a WhatsApp number/],
    ["blank", ({ chats }) => chats.list({ session: "  " }), "session", /the id of a WhatsApp number/],
    ["no text", raw(({ chats }) => chats?.list?.({ session: 7 })), "session", /the id of a WhatsApp number/],
    ["control characters", ({ chats }) => chats.list({ session: "a\nb" }), "session", /control characters/],
    ["a dot segment", ({ chats }) => chats.list({ session: ".." }), "session", /dot segment/],
    ["half a pair", ({ chats }) => chats.list({ session: "a\ud800" }), "session", /surrogate/],
    ...[
      "sessions",
      "Contacts",
      "MESSAGES",
      "account",
      "send",
      "sendText",
      "sendimage",
      "SendFile",
      "sendVoice",
    ]
      .concat([
        "sendVideo",
        "sendLinkCustomPreview",
        "sendSeen",
        "startTyping",
        "STOPTYPING",
        "reaction",
        " sessions ",
      ])
      .map((word): [string, Call, string, RegExp] => [
        `the root word "${word}"`,
        ({ messages }) => messages.sendText({ to, text: "x", session: word }),
        "session",
        /a word that is a path of the API itself/,
      ]),
    ["missing as id", raw(({ numbers }) => numbers?.delete?.()), "sessionId", /is required/],
    ["a root word as id", ({ numbers }) => numbers.get("Sessions"), "sessionId", /a path of the API/],
  ],
  ids: [
    ["empty", ({ messages }) => messages.get(""), "messageId", /not empty/],
    ["a dot", ({ messages }) => messages.get("."), "messageId", /dot segment/],
    ["two dots", ({ chats }) => chats.getMessage(to, ".."), "messageId", /dot segment/],
    [
      "a line break",
      ({ messages }) => messages.react({ messageId: "a\r\nb", reaction: "x" }),
      "messageId",
      /control/,
    ],
    ["replyTo", ({ messages }) => messages.sendText({ to, text: "x", replyTo: " " }), "replyTo", /not empty/],
  ],
  texts: [
    ["missing", raw(({ messages }) => messages?.sendText?.({ to })), "text", /is required/],
    ["blank", ({ messages }) => messages.sendText({ to, text: " \n" }), "text", /a text, not empty/],
    ["a number", raw(({ messages }) => messages?.sendText?.({ to, text: 5 })), "text", /a text, not empty/],
    [
      "a reaction that is none",
      raw(({ messages }) => messages?.react?.({ messageId: "m" })),
      "reaction",
      /required/,
    ],
    ["subject", ({ groups }) => groups.setSubject(G, { subject: "x".repeat(26) }), "subject", /at most 25/],
    ["name", ({ groups }) => groups.setName(G, { name: "👩".repeat(26) }), "name", /at most 25/],
    [
      "an order",
      raw(({ chats }) => chats?.list?.({ sortOrder: "DESC" })),
      "sortOrder",
      /one of "asc", "desc"/,
    ],
    [
      "a format",
      raw(({ groups }) => groups?.setPicture?.(G, { url, format: "gif" })),
      "format",
      /"jpeg", "png", "webp"/,
    ],
  ],
  numbers: [
    [
      "a webhook without address",
      ({ numbers }) => numbers.create({ sessionName: "a", phoneNumber: to, enableWebhook: true }),
      "webhookUrl",
      /required when enableWebhook/,
    ],
    [
      "an address that nobody turns on",
      ({ numbers }) => numbers.create({ sessionName: "a", phoneNumber: to, webhookUrl: url }),
      "enableWebhook",
      /must be true/,
    ],
    [
      "a flag as text",
      raw(({ numbers }) =>
        numbers?.create?.({ sessionName: "a", phoneNumber: to, enableMessageLogging: "yes" }),
      ),
      "enableMessageLogging",
      /must be true or false/,
    ],
    ["a limit below 0", ({ chats }) => chats.list({ limit: -1 }), "limit", /whole number, 0 or more/],
    ["half an offset", ({ chats }) => chats.list({ offset: 1.5 }), "offset", /whole number/],
    ["a limit as text", raw(({ chats }) => chats?.list?.({ limit: "5" })), "limit", /whole number/],
    [
      "a time with milliseconds",
      ({ chats }) => chats.listMessages(to, { filter: { timestampGte: 1.5 } }),
      "filter.timestampGte",
      /whole/,
    ],
    [
      "an ack as text",
      raw(({ chats }) => chats?.listMessages?.(to, { filter: { ack: "2" } })),
      "filter.ack",
      /receipt number/,
    ],
    [
      "acks with a gap",
      raw(({ chats }) => chats?.listMessages?.(to, { filter: { ack: [1, null] } })),
      "filter.ack",
      /receipt/,
    ],
  ],
};
