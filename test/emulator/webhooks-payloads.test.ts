import { isUnknownEvent, parseWebhook } from "@wasend/sdk/webhooks";
import { describe, expect, it } from "vitest";
import { sample } from "../webhooks/samples.js";
import { until } from "./support.js";
import { customer, hooked, named, read } from "./webhook-support.js";

const keys = (value: unknown): string[] => Object.keys(value as object);
const friend = "+447700900123";

async function everything() {
  const made = hooked({}, { acks: "manual" });
  const { emulator, ask, session, send } = made;
  const text = await emulator.receive({ from: customer, name: "Ann", text: "hi" });
  await emulator.receive({ from: customer, type: "ptt", url: "https://example.com/a.oga", duration: 4 });
  await emulator.receive({
    from: customer,
    type: "document",
    fileName: "invoice.pdf",
    mimeType: "application/pdf",
    caption: "Invoice",
    data: "aGk=",
  });
  await emulator.react({ from: customer, messageId: text.id, emoji: "🙏" });
  await emulator.edit(text.id, "hello");
  await emulator.revoke(text.id);
  const sent = await send();
  emulator.setAck(sent, 3);
  const group = await ask("POST", `/${session}/groups`, {
    name: "Work",
    participants: [{ id: customer }, { id: friend }],
  });
  const { jid } = group.body;
  await emulator.receive({ from: customer, group: jid, text: "all" });
  const inGroup = await send("menu", jid);
  emulator.setAck(inGroup, 3);
  await ask("PUT", `/${session}/groups/${jid}/subject`, { subject: "New" });
  await ask("POST", `/${session}/groups/${jid}/admin/promote`, { participants: [friend] });
  await ask("POST", `/${session}/groups/${jid}/leave`);
  await ask("POST", `/sessions/${session}/stop`);
  await until(() => emulator.webhooks.every(({ status }) => status === "delivered"));
  const of = (event: string, index = 0) => read(named(emulator.webhooks, event)[index]!);
  return { ...made, of, text, sent, jid, inGroup };
}

describe("each event", () => {
  it.each([
    ["message", 0, "Fully signed delivery"],
    ["message", 1, "Voice note: mimetype"],
    ["message", 2, "Document with file name"],
    ["message", 3, "Group text that mentions me"],
    ["message.any", 3, "Own text sent through the API"],
    ["message.any", 5, "Own text sent through the API"],
    ["message.reaction", 0, "Reaction added"],
    ["message.edited", 0, "Edit: id is the edit action"],
    ["message.revoked", 0, "Deletion for everyone"],
    ["message.ack", 0, "Voice note played: ack 4"],
    ["message.ack.group", 0, "A participant read my group message"],
    ["session.status", 0, "Ready; no data key before"],
    ["group.v2.join", 0, "I joined a group"],
    ["group.v2.update", 0, "Group renamed"],
    ["group.v2.participants", 0, "Someone became admin"],
    ["group.v2.leave", 0, "I left or was removed"],
  ])("%s has the keys of the facts, in their order (%i)", async (event, index, note) => {
    const { of } = await everything();
    const body = of(event, index);
    const expected = sample(note).body;
    // Three samples are upstream's fixtures, which have no time and another order.
    const order = sample("Fully signed delivery").body;
    expect(keys(body)).toEqual(keys(order));
    expect(keys(body.environment)).toEqual(keys(order.environment));
    expect(keys(body.me)).toEqual(keys(order.me));
    const payload = expected.payload as Record<string, unknown>;
    if (event === "group.v2.join") {
      expect(keys(body.payload.group)).toEqual(keys(payload.group));
    }
    expect(keys(body.payload)).toEqual(keys(payload));
    const data = payload._data as Record<string, Record<string, unknown>> | undefined;
    if (data?.Info) {
      expect(keys(body.payload._data.Info)).toEqual(keys(data.Info));
      expect(keys(body.payload._data)).toEqual(keys(data));
    }
    if (event.startsWith("message.ack")) expect(keys(body.payload._data)).toEqual(keys(data));
    if (payload.media) expect(keys(body.payload.media)).toEqual(keys(payload.media));
  });

  it("is known to the receiver's parser", async () => {
    const { emulator } = await everything();
    for (const { body } of emulator.webhooks) expect(isUnknownEvent(parseWebhook(body))).toBe(false);
  });
});

describe("an envelope", () => {
  it("is compact, named, timed and without engine", async () => {
    const { emulator, session } = await everything();
    const [{ body, id }] = emulator.webhooks as [(typeof emulator.webhooks)[0]];
    const envelope = read({ body });
    expect(body).toBe(JSON.stringify(envelope));
    expect(id).toBe(envelope.id);
    expect(id).toMatch(/^evt_[0-9a-hjkmnp-tv-z]{26}$/);
    expect(envelope.timestamp).toBeGreaterThan(1e12);
    expect(envelope.session).toBe(session);
    const ids = emulator.webhooks.map((one) => one.id);
    expect(new Set(ids).size).toBe(ids.length);
    // The time of a ULID is in its first ten letters, so that ids sort by it.
    const times = ids.map((one) => one.slice(4, 14));
    expect(times).toEqual(times.toSorted());
  });
});

describe("payloads", () => {
  it("say what happened", async () => {
    const { emulator, of, text, sent, jid, inGroup, session } = await everything();
    expect(of("message").payload).toMatchObject({
      id: text.id,
      from: "14155550123@c.us",
      body: "hi",
      ack: 2,
    });
    expect(of("message", 3).payload).toMatchObject({
      id: expect.stringMatching(new RegExp(`^false_${jid}_\\w+_14155550123@c.us$`)),
      from: jid,
      to: "14155550123@c.us",
      participant: "14155550123@c.us",
    });
    expect(of("message", 2).payload.media).toEqual({
      url: expect.stringMatching(new RegExp(`/api/files/${session}/\\w+\\.pdf$`)),
      filename: "invoice.pdf",
      mimetype: "application/pdf",
    });
    expect(of("message.any", 3).payload).toMatchObject({
      id: sent,
      source: "api",
      ack: 1,
      ackName: "SERVER",
    });
    expect(of("message.ack").payload).toMatchObject({ id: sent, fromMe: true, ack: 3, ackName: "READ" });
    expect(of("message.ack.group").payload).toMatchObject({
      id: `${inGroup}_14155550100@c.us`,
      participant: "14155550123@c.us",
    });
    expect(of("message.ack.group", 1).payload.participant).toBe("447700900123@c.us");
    expect(of("message.edited").payload).toMatchObject({
      body: "hello",
      editedMessageId: text.id.split("_")[2],
    });
    const kept = emulator.messages.find(({ id }) => id === text.id);
    expect([kept?.type, kept?.text]).toEqual(["text", undefined]);
    expect(of("message.revoked").payload.revokedMessageId).toBe(text.id.split("_")[2]);
    expect(of("message.reaction").payload.reaction).toEqual({ text: "🙏", messageId: text.id });
    expect(of("session.status").payload).toMatchObject({ name: session, status: "STOPPED" });
    expect(of("group.v2.update").payload.group).toEqual({ id: jid, subject: "New" });
    expect(of("group.v2.participants").payload.participants).toEqual([
      { id: "447700900123@c.us", role: "admin" },
    ]);
  });
});

describe("acks", () => {
  it("climb by DEVICE and READ, and never by SERVER", async () => {
    const { emulator, send } = hooked({ events: ["message.ack"] });
    await send();
    await until(() => emulator.webhooks.length === 2);
    expect(emulator.webhooks.map((one) => read(one).payload.ackName)).toEqual(["DEVICE", "READ"]);
    const { id } = emulator.messages[0]!;
    for (const ack of [0, 1, 4, -1]) emulator.setAck(id, ack);
    expect(emulator.webhooks.slice(2).map((one) => read(one).payload.ackName)).toEqual(["PLAYED", "ERROR"]);
  });

  it("of a phone that is not on WhatsApp never come", async () => {
    const { emulator, send } = hooked({ events: ["message.ack"] });
    emulator.notOnWhatsApp.add(customer);
    await send();
    await until(() => emulator.messages[0]?.ack === 1);
    expect(emulator.webhooks).toEqual([]);
  });
});

describe("session.status", () => {
  const statuses = (deliveries: Parameters<typeof named>[0]) =>
    named(deliveries, "session.status").map((one) => read(one).payload.status);

  it("tells each state with the last three, the QR code at each renewal, a repeated one not at all", async () => {
    const { emulator, ask } = hooked({ url: undefined }, { numbers: "manual" });
    const { body } = await ask("POST", "/sessions", {
      sessionName: "Shop",
      phoneNumber: "+14155550101",
      enableWebhook: true,
      webhookUrl: "https://shop.example/other",
    });
    const id = body.uniqueSessionId;
    await ask("POST", `/sessions/${id}/start`);
    await until(() => emulator.numbers[1]?.state === "scan_qr");
    emulator.renewQr(id);
    emulator.scanQr(id);
    emulator.setState(id, "ready");
    expect(statuses(emulator.webhooks)).toEqual(["STARTING", "SCAN_QR_CODE", "SCAN_QR_CODE", "WORKING"]);
    const last = emulator.webhooks.at(-1)!;
    expect(last).toMatchObject({ session: id, url: "https://shop.example/other" });
    expect(read(last).payload.statuses.map((one: { status: string }) => one.status)).toEqual([
      "SCAN_QR_CODE",
      "SCAN_QR_CODE",
      "WORKING",
    ]);
    expect(emulator.webhooks.map((one) => read(one).me?.id ?? null)).toEqual([
      null,
      null,
      null,
      "14155550101@c.us",
    ]);
  });

  it("uses the README's words when asked to", () => {
    const { emulator, session } = hooked({}, { statusWords: "readme" });
    emulator.setState(session, "ready");
    emulator.setState(session, "failed");
    emulator.setState(session, "ready");
    expect(statuses(emulator.webhooks)).toEqual(["ERROR", "CONNECTED"]);
  });
});

describe("groups", () => {
  it("tell every number that is in them", async () => {
    const { emulator, ask, session } = hooked({ events: ["group.v2.*"] });
    const other = await ask("POST", "/sessions", {
      sessionName: "Other",
      phoneNumber: "+14155550101",
      enableWebhook: true,
      webhookUrl: "https://shop.example/other",
    });
    const second = other.body.uniqueSessionId;
    await until(() => emulator.numbers[1]?.state === "ready");
    const told = () =>
      emulator.webhooks.map((one) => [
        one.session === session ? "first" : "second",
        one.event,
        read(one).payload.type,
      ]);
    const { body } = await ask("POST", `/${session}/groups`, { name: "W", participants: [{ id: customer }] });
    const base = `/${session}/groups/${body.jid}`;
    await ask("POST", `${base}/participants/add`, { participants: ["+14155550101"] });
    await ask("PUT", `${base}/settings/security/messages-admin-only`, { enabled: true });
    await ask("POST", `${base}/invite-code/revoke`);
    await ask("PUT", `${base}/picture`, { url: "https://example.com/a.jpg" });
    await ask("POST", `${base}/participants/remove`, { participants: ["+14155550101"] });
    await ask("POST", `${base}/participants/remove`, { participants: ["+14155550199"] });
    expect(told()).toEqual([
      ["first", "group.v2.join", undefined],
      ["first", "group.v2.participants", "join"],
      ["second", "group.v2.join", undefined],
      ["first", "group.v2.update", undefined],
      ["second", "group.v2.update", undefined],
      ["first", "group.v2.update", undefined],
      ["second", "group.v2.update", undefined],
      ["first", "group.v2.participants", "leave"],
      ["second", "group.v2.leave", undefined],
    ]);
    const updates = named(emulator.webhooks, "group.v2.update").map((one) => read(one).payload.group);
    expect(updates[0]).toEqual({ id: body.jid, membersCanSendMessages: false });
    expect(updates[2]).toEqual({
      id: body.jid,
      invite: expect.stringMatching(/^https:\/\/chat.whatsapp.com\//),
    });
    expect(read(named(emulator.webhooks, "group.v2.participants")[1]!).payload.participants).toEqual([
      { id: "14155550101@c.us", role: "left" },
    ]);
    expect(second).not.toBe(session);
  });
});
