import { describe, expect, it } from "vitest";
import { isUnknownEvent, parseWebhook, type WebhookEvent } from "../../src/webhooks.js";
import { sample, samples } from "./samples.js";

const clock = () => 1_771_200_000_000;
const parse = (note: string) => parseWebhook(JSON.stringify(sample(note).body), { clock });

/** The field that proves the type, by event. */
const PROOF: Record<string, string> = {
  message: "message",
  "message.any": "message",
  "message.waiting": "message",
  "message.ack": "ack",
  "message.ack.group": "ack",
  "message.reaction": "reaction",
  "message.edited": "editedMessageId",
  "message.revoked": "revokedMessageId",
  "session.status": "number",
  "group.v2.join": "group",
  "group.v2.leave": "group",
  "group.v2.update": "group",
  "group.v2.participants": "participants",
  "presence.update": "presence",
  "poll.vote": "vote",
  "poll.vote.failed": "vote",
  "call.received": "call",
  "call.accepted": "call",
  "call.rejected": "call",
};

describe("the 69 sample deliveries", () => {
  it("are 69", () => expect(samples).toHaveLength(69));

  it.each(samples.map((each, index) => [index, each] as const))("%i parses to its type", (_index, each) => {
    const event = parseWebhook(JSON.stringify(each.body), { clock });
    expect(event.event).toBe(each.event);
    expect(event.raw).toEqual(each.body);
    expect(event.at.getTime()).not.toBeNaN();
    expect(event.engine).toBe(each.engine);
    if (each.body.payload === undefined) {
      expect(event).toMatchObject({ problem: "payload.id is missing or no text" });
      expect(isUnknownEvent(event)).toBe(true);
    } else {
      expect(isUnknownEvent(event)).toBe(false);
      expect((event as unknown as Record<string, unknown>)[PROOF[each.event] ?? "payload"]).toBeDefined();
    }
  });

  it("cover every event that has a type", () => {
    expect(new Set(samples.map((each) => each.event)).size).toBe(31);
  });
});

describe("messages", () => {
  const message = (note: string) => (parse(note) as Extract<WebhookEvent, { event: "message" }>).message;

  it("gives a hidden id its phone number out of the engine's data, and the name", () => {
    expect(message("Direct text message whose sender is a LID")).toMatchObject({
      chat: "20000000000002@lid",
      from: {
        chatId: "20000000000002@lid",
        lid: "20000000000002@lid",
        phone: expect.stringMatching(/^\+\d+$/),
        name: "Al✨",
      },
      kind: "text",
      text: "Hi okay",
      at: new Date(1_768_580_591_000),
    });
  });

  it("names the participant, not the group, as a group message's sender", () => {
    const { chat, from } = message("Group text; from = group");
    expect(chat).toBe("120363000000000001@g.us");
    expect(from.lid).toBe("30000000000003@lid");
  });

  it("does not take a bare hidden id for a phone number", () => {
    const bare = parseWebhook({
      event: "message",
      session: "s",
      payload: { id: "false_20000000000002@lid_A", from: "20000000000002@lid", body: "x" },
    });
    expect(bare).toMatchObject({
      message: { from: { chatId: "20000000000002@lid", lid: "20000000000002@lid" } },
    });
    expect((bare as { message: { from: object } }).message.from).not.toHaveProperty("phone");
  });

  it("takes this number itself for the sender of an own message", () => {
    expect(message("Own text sent through the API")).toMatchObject({
      fromMe: true,
      source: "api",
      chat: "550000000002@c.us",
      from: { phone: "+550000000001", name: "Example Shop" },
    });
  });

  it.each([
    ["Document with file name", "document"],
    ["Voice note: mimetype", "voice"],
    ["Audio file (not a voice note)", "audio"],
    ["Video with caption", "video"],
    ["derived from WAHA 2026.2.1 source] Sticker", "sticker"],
    ["Image kept in S3", "image"],
    ["hasMedia true with media null", "image"],
    ["Location: coordinates", "location"],
    ["Live location", "location"],
    ["One contact card", "contact"],
    ["Poll created by the contact", "poll"],
    ["nothing but messageContextInfo", "unknown"],
    ["really a call placeholder", "unknown"],
  ])("%s is of kind %s", (note, kind) => expect(message(note).kind).toBe(kind));

  it("reads files, places and cards", () => {
    expect(message("Document with file name").media).toMatchObject({
      filename: "invoice 2026-02.pdf",
      mimetype: "application/pdf",
    });
    expect(message("hasMedia true with media null").media).toEqual({});
    expect(message("Image kept in S3").media?.s3?.Bucket).toBe("bucket-name");
    expect(message("Location: coordinates").location).toMatchObject({ latitude: -6.4000001, live: false });
    expect(message("One contact card").contacts).toMatchObject([
      { name: "Carla Example", phone: "+550000000004", chatId: "550000000004@c.us" },
    ]);
  });
});

describe("other events", () => {
  it("reads acks by number", () => {
    expect(parse("Contact read my message. WAHA")).toMatchObject({ ack: { status: "read", fromMe: true } });
    expect(parse("fromMe false: one of MY other devices")).toMatchObject({ ack: { fromMe: false } });
    expect(parse("Voice note played")).toMatchObject({ ack: { status: "played" } });
  });

  it("reads numbers' statuses, their history and the restriction on new chats", () => {
    expect(parse("WORKING sent again because")).toMatchObject({
      number: {
        status: "WORKING",
        state: "ready",
        timelock: { isActive: true, endsAt: new Date(1_784_477_333_000) },
      },
    });
    const old = parse("Old session.status");
    expect(old).toMatchObject({ number: { state: "scan_qr", history: [] }, at: new Date(clock()) });
    expect(old.id).toBeUndefined();
  });

  it("reads reactions given and taken back", () => {
    expect(parse("Reaction added")).toMatchObject({ reaction: { emoji: "🙏", chat: "20000000000002@lid" } });
    expect(parse("Reaction removed")).toMatchObject({ reaction: { emoji: null } });
  });

  it("reads times in milliseconds and seconds alike", () => {
    expect(parse("Vote on my poll")).toMatchObject({
      vote: { at: new Date(1_771_200_500_123) },
      poll: { fromMe: true },
    });
    expect(parse("Failed vote")).toMatchObject({
      vote: { at: new Date(1_692_956_972_000), selectedOptions: [] },
    });
    expect(parse("Contact went offline")).toMatchObject({
      presence: { presences: [{ lastKnownPresence: "offline", lastSeen: new Date(1_771_200_000_000) }] },
    });
  });

  it("reads groups, and leaves out what the engine tells the wrong way round", () => {
    const joined = parse("I joined a group") as Extract<WebhookEvent, { event: "group.v2.join" }>;
    expect(joined.group).toMatchObject({
      subject: "Work Group",
      participants: [{ phone: "+550000000001" }, { role: "superadmin" }],
    });
    expect(joined.group).not.toHaveProperty("membersCanSendMessages");
    expect(parse("Someone became admin")).toMatchObject({
      change: "promote",
      participants: [{ role: "admin" }],
    });
  });

  it("reads edits and deletions by the message's own id", () => {
    expect(parse("Edit: id is the edit action")).toMatchObject({
      editedMessageId: "3A00000000000000012F",
      message: { text: "New body" },
    });
    expect(parse("Deletion for everyone")).toMatchObject({
      revokedMessageId: "3A000000000000000101",
      chat: "20000000000002@lid",
    });
  });
});
