import { describe, expect, it } from "vitest";
import { client, mockServer } from "../resources/mock-server.js";
import { issues } from "./refused.js";

const server = mockServer();
server.answers({ json: { id: "m1" } });

const sendTo = (to: unknown) => client().messages.sendText({ to: to as string, text: "Hello" });

describe("a recipient", () => {
  it.each([
    ["+14155550123", "+14155550123"],
    ["+1 (415) 555-0123", "+14155550123"],
    ["+1.415.555.0123", "+14155550123"],
    ["+49 [89] 1234567", "+49891234567"],
    ["+1\u2011415\u2013555\u00a00123", "+14155550123"],
    ["\u202a+14155550123\u202c", "+14155550123"],
    ["\u200e+1415\u200b5550123\ufeff", "+14155550123"],
    ["\t+14155550123\n", "+14155550123"],
    ["+1234567", "+1234567"],
    ["+123456789012345", "+123456789012345"],
    ["14155550123@c.us", "14155550123@c.us"],
    ["120363025246125486@g.us", "120363025246125486@g.us"],
    ["1234567890-12345678@g.us", "1234567890-12345678@g.us"],
    ["99887766@lid", "99887766@lid"],
    ["14155550123:12@s.whatsapp.net", "14155550123:12@s.whatsapp.net"],
    ["120363000000000000@newsletter", "120363000000000000@newsletter"],
    [" 14155550123@c.us ", "14155550123@c.us"],
    [{ chatId: "99887766@lid", phone: "+14155550123", name: "Ann" }, "99887766@lid"],
    [" +14155550123@c.us", "14155550123@c.us"],
    ["+14155550123:12@s.whatsapp.net", "14155550123:12@s.whatsapp.net"],
    [{ chatId: "14155550123@c.us" }, "14155550123@c.us"],
  ])("%j goes out as %s", async (to, sent) => {
    server.answers({ json: { id: "m1" } });
    await sendTo(to);
    expect(server.seen.map(({ body }) => body)).toEqual([{ session: "sess_1", to: sent, text: "Hello" }]);
  });

  it.each([
    ["33612345678", /needs a leading "\+".*a country is never guessed/],
    ["0049 89 1234567", /needs a leading "\+"/],
    ["+49 (0) 89 1234567", /must not have "\(0\)"/],
    ["+49 ( 0 )89 1234567", /must not have "\(0\)"/],
    ["+0891234567", /no country code starts with 0/],
    ["+123456", /"\+" and 7 to 15 digits/],
    ["+1234567890123456", /"\+" and 7 to 15 digits/],
    ["+1415555CALL", /"\+" and 7 to 15 digits/],
    ["++33612345678", /"\+" and 7 to 15 digits/],
    ["+1415/5550123", /"\+" and 7 to 15 digits/],
    ["+1234567\n8901234", /one number, without a line break/],
    ["+99887766@lid", /a JID that ends in/],
    ["1+4155550123@c.us", /a JID that ends in/],
    ["+١٤١٥٥٥٥٠١٢٣", /"\+" and 7 to 15 digits/],
    ["", /"\+" and 7 to 15 digits/],
    ["   ", /"\+" and 7 to 15 digits/],
    ["Ann", /"\+" and 7 to 15 digits/],
    ["33612345678@example.com", /must be a JID that ends in @c\.us/],
    ["33612345678@c.us.evil", /must be a JID/],
    ["33612345678@C.US", /must be a JID/],
    ["status@broadcast", /must be a JID/],
    ["@c.us", /must be a JID/],
    ["1/../2@c.us", /must be a JID/],
    ["1@2@c.us", /must be a JID/],
    [33612345678, /must be a phone number with \+, a JID, or a contact/],
    [null, /must be a phone number with \+, a JID, or a contact/],
    [true, /must be a phone number with \+, a JID, or a contact/],
    [undefined, /is required/],
    [{}, /must be a contact with a chatId/],
    [{ phone: "+33612345678" }, /must be a contact with a chatId/],
    [{ chatId: {} }, /must be a contact with a chatId/],
    [{ chatId: "33612345678" }, /needs a leading "\+"/],
    [["+33612345678"], /must be a contact with a chatId/],
  ])("%j is refused", async (to, why) => {
    const found = await issues(sendTo(to));
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/^to: /);
    expect(found[0]).toMatch(why);
    if (typeof to === "string" && to.trim().length > 5) expect(found[0]).not.toContain(to.trim());
    expect(server.seen).toHaveLength(0);
  });
});

describe("a chat in a path", () => {
  it.each([
    ["+1 415 555-0123", "14155550123@c.us"],
    ["14155550123@c.us", "14155550123@c.us"],
    ["120363025246125486@g.us", "120363025246125486@g.us"],
    [{ chatId: "99887766@lid" }, "99887766@lid"],
  ])("%j is %s", async (chat, segment) => {
    server.answers({ json: {} });
    await client().chats.getPicture(chat);
    expect(server.seen[0]?.target).toBe(`/sess_1/chats/${segment}/picture`);
  });

  it.each(["14155550123", "..", "a/b@c.us", "", undefined])("%j is refused", async (chat) => {
    expect((await issues(client().chats.getPicture(chat as string)))[0]).toMatch(/^chatId: /);
    expect(server.seen).toHaveLength(0);
  });
});

describe("a group", () => {
  it.each(["14155550123@c.us", "Launch", "", "..", "1/2@g.us", "1@g.us/leave", undefined, 7, "+14155550123"])(
    "%j is refused",
    async (group) => {
      const found = await issues(client().groups.get(group as string));
      expect(found).toEqual([
        expect.stringMatching(/^groupId: (must be a group's JID, which ends in @g\.us|is required)$/),
      ]);
      expect(server.seen).toHaveLength(0);
    },
  );
});

describe("a phone", () => {
  it.each(["14155550123", "14155550123@c.us", { chatId: "14155550123@c.us" }, undefined])(
    "%j is no phone number",
    async (phone) => {
      expect(await issues(client().contacts.checkExists({ phone: phone as string }))).toEqual([
        expect.stringMatching(/^phone: /),
      ]);
      expect(server.seen).toHaveLength(0);
    },
  );
});
