import type { WebhookQuirks } from "@wasend/sdk/emulator";
import { parseWebhook } from "@wasend/sdk/webhooks";
import { describe, expect, it } from "vitest";
import { sample } from "../webhooks/samples.js";
import { until } from "./support.js";
import { customer, hooked, named, read } from "./webhook-support.js";

const with_ = (quirks: WebhookQuirks, events: string[] | "*" = "*") => hooked({ quirks, events });
const hi = { from: customer, text: "hi" };

describe("quirks", () => {
  it("sharedIds: message and message.any of one message, and nothing else, share id and time", async () => {
    const { emulator } = with_({ sharedIds: true });
    await emulator.receive(hi);
    await emulator.receive(hi);
    const [first, any, second] = emulator.webhooks.map(read);
    expect([any.id, any.timestamp]).toEqual([first.id, first.timestamp]);
    expect([first.event, any.event]).toEqual(["message", "message.any"]);
    expect(second.id).not.toBe(first.id);
    const plain = hooked();
    await plain.emulator.receive(hi);
    expect(new Set(plain.emulator.webhooks.map(({ id }) => id)).size).toBe(2);
  });

  it("sharedIds: not the receipts of a group's members", async () => {
    const { emulator, ask, session, send } = with_({ sharedIds: true }, ["message.ack.group"]);
    const participants = [{ id: customer }, { id: "+447700900123" }];
    const { body } = await ask("POST", `/${session}/groups`, { name: "W", participants });
    await send("hi", body.jid);
    await until(() => emulator.webhooks.length === 4);
    expect(new Set(emulator.webhooks.map(({ id }) => id)).size).toBe(4);
  });

  it("engine: stands before the environment", async () => {
    const { emulator } = with_({ engine: true });
    await emulator.receive(hi);
    const keys = Object.keys(read(emulator.webhooks[0]!));
    expect(keys.slice(-3)).toEqual(["payload", "engine", "environment"]);
  });

  it("bodies2024: neither id nor timestamp, no history, no source", async () => {
    const { emulator, session } = with_({ bodies2024: true });
    emulator.setState(session, "failed");
    await emulator.receive(hi);
    const [status, message] = emulator.webhooks.map(read);
    expect(Object.keys(status)).toEqual(["event", "session", "metadata", "me", "payload", "environment"]);
    expect(Object.keys(status.environment)).toEqual(
      Object.keys(sample("Old session.status").body.environment as object),
    );
    expect(status.payload).toEqual({ name: session, status: "FAILED" });
    expect(message.payload).not.toHaveProperty("source");
    expect(emulator.webhooks[0]?.id).toMatch(/^evt_/);
  });

  it("acksOutOfOrder: READ is delivered before DEVICE", async () => {
    const { got, send } = with_({ acksOutOfOrder: true }, ["message.ack"]);
    await send();
    await until(() => got.length === 2);
    expect(got.map((one) => read(one).payload.ackName)).toEqual(["READ", "DEVICE"]);
  });

  it("acksBeforeAnswer: the ack is answered before the send call is", async () => {
    let answered = false;
    const seen: [string, boolean][] = [];
    const { send, emulator } = hooked(
      { quirks: { acksBeforeAnswer: true }, events: ["message.ack"] },
      {},
      async ({ body }) => {
        await new Promise((resolve) => setTimeout(resolve, 5));
        seen.push([read({ body }).payload.ackName, answered]);
        return new Response(null);
      },
    );
    const id = await send();
    answered = true;
    expect(seen).toEqual([["DEVICE", false]]);
    expect(read(emulator.webhooks[0]!).payload.id).toBe(id);
    await until(() => seen.length === 2);
    expect(seen[1]).toEqual(["READ", true]);
  });

  it("acksBeforeAnswer: a handler may call the API meanwhile", async () => {
    const made = hooked(
      { quirks: { acksBeforeAnswer: true }, events: ["message.ack"] },
      { acks: "manual" },
      async () => {
        const { status } = await made.ask("GET", `/${made.session}/chats`);
        return new Response(null, { status });
      },
    );
    await made.send();
    expect(made.emulator.webhooks[0]?.status).toBe("delivered");
  });

  it("foreignAcks: what another device of the number has read", async () => {
    const { emulator, ask, session } = with_({ foreignAcks: true }, ["message.ack"]);
    const { id } = await emulator.receive(hi);
    await ask("POST", "/sendSeen", { session, to: customer, messageId: id });
    expect(read(emulator.webhooks[0]!).payload).toMatchObject({ id, fromMe: false, ackName: "READ" });
    expect(Object.keys(read(emulator.webhooks[0]!).payload)).toEqual(
      Object.keys(sample("fromMe false: one of MY other devices").body.payload as object),
    );
    delete emulator.quirks.foreignAcks;
    emulator.setAck(id, 3);
    expect(emulator.webhooks).toHaveLength(1);
  });

  it("bareIds: acks name the bare id", async () => {
    const { emulator, send } = with_({ bareIds: true }, ["message.ack"]);
    const id = await send();
    await until(() => emulator.webhooks.length === 2);
    expect(read(emulator.webhooks[0]!).payload.id).toBe(id.split("_")[2]);
  });

  it.each([true, "withoutPhone"] as const)("lids: %s", async (lids) => {
    const { emulator, ask, session } = with_({ lids }, ["message"]);
    await emulator.receive({ ...hi, name: "Ann" });
    const { body } = emulator.webhooks[0]!;
    expect(read({ body }).payload).toMatchObject({
      id: expect.stringMatching(/^false_141555501230@lid_/),
      from: "141555501230@lid",
      _data: { Info: { SenderAlt: lids === true ? "14155550123@s.whatsapp.net" : "" } },
    });
    expect(parseWebhook(body)).toMatchObject({
      message: { from: { lid: "141555501230@lid", name: "Ann", ...(lids === true && { phone: customer }) } },
    });
    // What came by a hidden id can be answered, reacted to and looked up by it.
    const { id, from } = read({ body }).payload;
    await ask("POST", "/sendText", { session, to: from, text: "Hello" });
    expect(emulator.inbox(customer).map(({ text }) => text)).toEqual(["Hello"]);
    expect((await ask("PUT", "/reaction", { session, messageId: id, reaction: "👍" })).status).toBe(200);
    expect((await ask("GET", `/${session}/chats/${from}/messages/${id}`)).status).toBe(200);
    expect(emulator.problems).toEqual([]);
  });

  it("lids: members of a group have their phone beside", async () => {
    const { emulator, ask, session } = with_({ lids: true }, ["group.v2.*"]);
    await ask("POST", `/${session}/groups`, { name: "W", participants: [{ id: customer }] });
    expect(read(emulator.webhooks[0]!).payload.group.participants).toEqual([
      { id: "141555501000@lid", pn: "14155550100@c.us", role: "superadmin" },
      { id: "141555501230@lid", pn: "14155550123@c.us", role: "participant" },
    ]);
  });

  it.each(["concurrent", "afterwards"] as const)("duplicates: %s, byte for byte", async (duplicates) => {
    let open = 0;
    let most = 0;
    const { emulator, got } = hooked({ quirks: { duplicates }, events: ["message"] }, {}, async () => {
      open += 1;
      most = Math.max(most, open);
      await new Promise((resolve) => setTimeout(resolve, 5));
      open -= 1;
      return new Response(null);
    });
    await emulator.receive(hi);
    expect(got).toHaveLength(2);
    expect(got[0]).toEqual(got[1]);
    expect(most).toBe(duplicates === "concurrent" ? 2 : 1);
    expect(emulator.webhooks).toHaveLength(1);
    expect(emulator.webhooks[0]?.attempts.map(({ status }) => status)).toEqual([200, 200]);
  });

  it("of one delivery", async () => {
    const { emulator, got } = hooked();
    await emulator.deliver("message", {}, { quirks: { duplicates: "concurrent", engine: true } });
    await emulator.deliver("message", {});
    expect(got).toHaveLength(3);
    expect(got.map((one) => read(one).engine)).toEqual(["GOWS", "GOWS", undefined]);
  });

  it("leave ids in the forms that deliveries have good for every call", async () => {
    const { emulator, ask, session, send } = with_({});
    const { body } = await ask("POST", `/${session}/groups`, { name: "W", participants: [{ id: customer }] });
    await emulator.receive({ ...hi, group: body.jid });
    const { id } = read(named(emulator.webhooks, "message")[0]!).payload;
    expect(id.split("_")).toHaveLength(4);
    expect((await ask("PUT", "/reaction", { session, messageId: id, reaction: "👍" })).status).toBe(200);
    expect((await ask("GET", `/messages/${id}`)).status).toBe(200);
    const sent = await send();
    expect((await emulator.react({ from: customer, messageId: sent.split("_")[2]!, emoji: "x" })).id).toBe(
      sent,
    );
    expect((await ask("GET", `/messages/${sent.split("_")[2]}`)).status).toBe(404);
    expect((await ask("GET", `/messages/false_${sent.split("_").slice(1).join("_")}`)).status).toBe(404);
  });
});
