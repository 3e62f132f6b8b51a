import { ConfigurationError, type Confirmation, type IncomingMessage, memorySuppressions } from "@wasend/sdk";
import { schemes, signWebhook, WebhookReceiver } from "@wasend/sdk/webhooks";
import { describe, expect, it } from "vitest";
import { plain } from "../../src/bulk/suppressions/words.js";

const phone = "+14155550101";
const chatId = "14155550101@c.us";
const lid = "123456789012345@lid";

function receiver() {
  const listeners = new Set<(event: IncomingMessage) => unknown>();
  return {
    scheme: { name: "auto" },
    on: (_name: "message", listener: (event: IncomingMessage) => unknown) => void listeners.add(listener),
    off: (_name: "message", listener: (event: IncomingMessage) => unknown) => void listeners.delete(listener),
    async say(text: string | undefined, message: Partial<IncomingMessage["message"]> = {}) {
      const event = {
        session: "s1",
        message: { chat: chatId, from: { chatId, phone }, fromMe: false, text, ...message },
      };
      for (const listener of listeners) await listener(event as IncomingMessage);
    },
  };
}

describe("whoever answers STOP", () => {
  it.each([
    "STOP",
    " stop. ",
    "Stop!",
    "“Stop”",
    "stop 🙏",
    "StopAll",
    "Unsubscribe",
    "BAJA",
    "sair",
    "Parar",
    "ARRÊT",
    "arret",
    "Désabonner",
    "Abmelden",
    "stopp",
    "Basta!",
    "बंद करो",
    "No  más   mensajes",
    "ＳＴＯＰ",
    "s\u200btop",
    "إيقاف",
  ])("as %j is suppressed", async (text) => {
    const [list, inbox] = [memorySuppressions(), receiver()];
    list.listen(inbox);
    await inbox.say(text);
    expect(await list.has(phone)).toBe(true);
    expect(await list.list()).toMatchObject([{ to: phone, reason: "replied STOP" }]);
  });

  it.each([
    ["STOP 12345"],
    ["please stop"],
    ["nonstop"],
    ["don't stop"],
    ["🙏"],
    ["..."],
    [""],
    [undefined],
    ["stop".repeat(40)],
  ])("but not %j", async (text) => {
    const [list, inbox] = [memorySuppressions(), receiver()];
    list.listen(inbox);
    await inbox.say(text);
    expect(await list.has(phone)).toBe(false);
  });

  it("only in direct chats, and never by ourselves", async () => {
    const [list, inbox] = [memorySuppressions(), receiver()];
    list.listen(inbox);
    await inbox.say("STOP", { fromMe: true });
    for (const chat of ["120363025246125486@g.us", "1@newsletter", "status@broadcast", "me"])
      await inbox.say("STOP", { chat });
    expect(await list.list()).toEqual([]);
  });

  it("is told once, may come back, and is told again", async () => {
    const [list, inbox, sent] = [memorySuppressions(), receiver(), [] as Confirmation[]];
    list.listen(inbox, { confirm: (message) => sent.push(message) });
    await inbox.say("start");
    await Promise.all([inbox.say("STOP"), inbox.say("STOP"), inbox.say("Stop")]);
    expect(sent).toEqual([
      { to: chatId, session: "s1", text: "You are unsubscribed. Reply START to subscribe again." },
    ]);
    for (let i = 0; i < 2; i++) await inbox.say("Start");
    expect(await list.has(phone)).toBe(false);
    await inbox.say("STOP");
    expect(sent.map(({ text }) => text.slice(0, 16))).toEqual([
      "You are unsubscr",
      "You are subscrib",
      "You are unsubscr",
    ]);
    expect(JSON.parse(await list.export("json"))).toHaveLength(3);
  });

  it("is suppressed also when the confirmation fails, or is not wanted", async () => {
    const [list, inbox, errors, sent] = [
      memorySuppressions(),
      receiver(),
      [] as unknown[],
      [] as Confirmation[],
    ];
    const down = new Error("down");
    const confirm = async () => {
      throw down;
    };
    const end = list.listen(inbox, { confirm, onError: (error) => errors.push(error) });
    await inbox.say("STOP");
    expect(errors).toEqual([down]);
    expect(await list.has(phone)).toBe(true);
    end();
    await inbox.say("START");
    expect(await list.has(phone)).toBe(true);
    list.listen(inbox, { confirm: (message) => sent.push(message), startText: false, stopText: "Schade!" });
    await inbox.say("START");
    await inbox.say("STOP");
    expect(sent.map(({ text }) => text)).toEqual(["Schade!"]);
  });

  it("under a hidden id is suppressed under it, and reported until it is known whose it is", async () => {
    const [list, inbox, open] = [memorySuppressions(), receiver(), [] as unknown[]];
    list.listen(inbox, { onUnresolved: (contact) => open.push(contact) });
    const hidden = { chat: lid, from: { chatId: lid, lid } };
    await inbox.say("STOP", hidden);
    expect(open).toEqual([hidden.from]);
    expect([await list.has(lid), await list.has(phone)]).toEqual([true, false]);
    await list.learn(phone, lid);
    expect(await list.has(phone)).toBe(true);
    await inbox.say("STOP", hidden);
    expect(open).toHaveLength(1);
    await inbox.say("START");
    expect(await list.has(lid)).toBe(false);
  });

  it("is confirmed also when the one who hears of hidden ids throws", async () => {
    for (const onUnresolved of [() => Promise.reject(new Error("down")), () => JSON.parse("{")]) {
      const [list, inbox, sent, errors] = [
        memorySuppressions(),
        receiver(),
        [] as unknown[],
        [] as unknown[],
      ];
      list.listen(inbox, {
        onUnresolved,
        onError: (error) => errors.push(error),
        confirm: (message) => sent.push(message),
      });
      await inbox.say("STOP", { chat: lid, from: { chatId: lid, lid } });
      expect(errors).toEqual([expect.any(Error)]);
      expect(sent).toMatchObject([{ to: lid }]);
      expect(await list.has(lid)).toBe(true);
    }
  });

  it("with both ids is known under both", async () => {
    const [list, inbox] = [memorySuppressions(), receiver()];
    list.listen(inbox);
    await inbox.say("STOP", { chat: lid, from: { chatId: lid, lid, phone } });
    expect([await list.has(lid), await list.has(phone)]).toEqual([true, true]);
  });

  it("says it in the languages, with the words and about the categories that are chosen", async () => {
    const [list, inbox] = [memorySuppressions(), receiver()];
    list.listen(inbox, { languages: ["de"], stopWords: ["Ruhe!"], categories: ["marketing"] });
    await inbox.say("Basta");
    expect(await list.has(phone)).toBe(false);
    await inbox.say("ruhe");
    expect([await list.for("marketing").has(phone), await list.for("invoices").has(phone)]).toEqual([
      true,
      false,
    ]);
    expect(() => list.listen(inbox, { languages: ["xx" as never] })).toThrow(/there are words for en, es/);
  });

  it("is not believed when nobody checks who says it", () => {
    const list = memorySuppressions();
    for (const unchecked of [
      new WebhookReceiver({ scheme: schemes.none() }),
      { on() {} } as never,
      { on() {}, scheme: { name: "none" } },
    ])
      expect(() => list.listen(unchecked)).toThrow(ConfigurationError);
  });

  it("does so through a WebhookReceiver", async () => {
    const secret = "a-long-webhook-secret";
    const list = memorySuppressions();
    const inbox = new WebhookReceiver({ secret, scheme: schemes.hmacSha512() });
    list.listen(inbox);
    const body = JSON.stringify({
      id: "evt_1",
      timestamp: Date.now(),
      session: "s1",
      event: "message",
      payload: {
        id: `false_${chatId}_3A1`,
        timestamp: 1_790_000_000,
        from: chatId,
        fromMe: false,
        body: "Stop",
      },
    });
    const headers = await signWebhook(body, { secret, scheme: schemes.hmacSha512() });
    const response = await inbox.handle(
      new Request("https://x.example/hook", { method: "POST", body, headers }),
    );
    expect(response.status).toBe(200);
    expect(await list.has(phone)).toBe(true);
  });
});

it("compares words without case, accents, and signs around them", () => {
  expect(["  Désabonner !! ", "¡BAJA!", "«arrêt»", "\u202bإيقاف\u202c"].map(plain)).toEqual([
    "desabonner",
    "baja",
    "arret",
    "ايقاف",
  ]);
});
