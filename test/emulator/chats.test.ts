import { describe, expect, it } from "vitest";
import { world } from "./support.js";

const START = 1_700_000_000_000;

/** A number that three customers wrote to, one second apart, and that answered the first. */
async function busy() {
  let now = START;
  const made = world({ now: () => now, acks: "manual" });
  const { emulator, ask, session } = made;
  for (const [from, name] of [
    ["+14155550201", "Cid"],
    ["+14155550202", "Ann"],
    ["+14155550203", "Bea"],
  ] as const) {
    await emulator.receive({ from, name, text: `hi from ${name}` });
    now += 1000;
  }
  await ask("POST", "/sendText", { session, to: "+14155550201", text: "Hello Cid" });
  return { ...made, tick: (ms: number) => (now += ms) };
}

const ids = (list: { id: string }[]): string[] => list.map(({ id }) => id.slice(8, 11));
const texts = (list: { body: string }[]): string[] => list.map(({ body }) => body);

describe("chats", () => {
  it("come newest first, and as sorted, in pages", async () => {
    const { ask, session } = await busy();
    const list = async (query: string) => ids((await ask("GET", `/${session}/chats?${query}`)).body);
    expect(await list("")).toEqual(["201", "203", "202"]);
    expect(await list("sortBy=name&sortOrder=asc")).toEqual(["202", "203", "201"]);
    expect(await list("sortBy=id&sortOrder=desc")).toEqual(["203", "202", "201"]);
    expect(await list("sortBy=timestamp&sortOrder=ASC")).toEqual(["202", "203", "201"]);
    expect(await list("limit=2")).toEqual(["201", "203"]);
    expect(await list("limit=2&offset=2")).toEqual(["202"]);
    expect(await list("limit=2&offset=9")).toEqual([]);
  });

  it("have an overview of the ids asked for", async () => {
    const { ask, session } = await busy();
    const some = "14155550202@c.us,14155550203@c.us";
    const reply = await ask("GET", `/${session}/chats/overview?ids=${some}`);
    expect(ids(reply.body)).toEqual(["203", "202"]);
    expect(reply.body[0]).toMatchObject({
      name: "Bea",
      isGroup: false,
      unreadCount: 1,
      timestamp: START / 1000 + 2,
    });
  });

  it("list their messages newest first, through every filter", async () => {
    const { ask, session, tick, emulator } = await busy();
    tick(1000);
    const last = await ask("POST", "/sendText", { session, to: "+14155550201", text: "Bye Cid" });
    emulator.setAck(last.body.id, 3);
    const seconds = START / 1000;
    const list = async (query: string) =>
      texts((await ask("GET", `/${session}/chats/14155550201@c.us/messages?limit=50&${query}`)).body);
    expect(await list("")).toEqual(["Bye Cid", "Hello Cid", "hi from Cid"]);
    expect(await list("filter.fromMe=false")).toEqual(["hi from Cid"]);
    expect(await list("filter.fromMe=true&filter.ack=3")).toEqual(["Bye Cid"]);
    expect(await list("filter.ack=0,2")).toEqual(["Hello Cid", "hi from Cid"]);
    expect(await list(`filter.timestamp.gte=${seconds + 4}`)).toEqual(["Bye Cid"]);
    expect(await list(`filter.timestamp.lte=${seconds}`)).toEqual(["hi from Cid"]);
    expect(await list("offset=1")).toEqual(["Hello Cid", "hi from Cid"]);
    expect(emulator.problems).toEqual([]);
  });

  it("give ten messages when no limit is sent", async () => {
    const { emulator, ask, session } = world();
    for (let i = 0; i < 12; i++) await emulator.receive({ from: "+14155550201", text: `${i}` });
    expect((await ask("GET", `/${session}/chats/14155550201@c.us/messages`)).body).toHaveLength(10);
  });

  it("count the unread and forget them when read", async () => {
    const { emulator, ask, session } = world();
    for (const text of ["a", "b", "c"]) await emulator.receive({ from: "+14155550201", text });
    const chat = `/${session}/chats/14155550201@c.us`;
    const unread = async () => (await ask("GET", `/${session}/chats/overview`)).body[0].unreadCount;
    expect(await unread()).toBe(3);
    await ask("POST", `${chat}/messages/read?messages=0&days=0`);
    expect(await unread()).toBe(3);
    await ask("POST", `${chat}/messages/read?messages=1`);
    expect(await unread()).toBe(2);
    const oldest = emulator.messages[0]!.id;
    await ask("POST", "/sendSeen", { session, to: "+14155550201", messageId: oldest });
    expect(await unread()).toBe(1);
    await ask("POST", `${chat}/messages/read`);
    expect(await unread()).toBe(0);
  });

  it("answer for a stranger with an empty list", async () => {
    const { ask, session } = world();
    expect((await ask("GET", `/${session}/chats/19999999999@c.us/messages?limit=5`)).body).toEqual([]);
  });
});

describe("contacts", () => {
  it("are whom the number met, sorted and in pages of ten", async () => {
    const { emulator, ask, session } = await busy();
    const list = async (query: string) =>
      ids((await ask("GET", `/contacts/all?session=${session}&${query}`)).body);
    expect(await list("sortBy=name")).toEqual(["202", "203", "201"]);
    expect(await list("sortBy=id&sortOrder=desc&limit=1&offset=1")).toEqual(["202"]);
    for (let i = 0; i < 10; i++) await emulator.receive({ from: `+1415555030${i}`, text: "hi" });
    expect(await list("")).toHaveLength(10);
  });

  it("know who is on WhatsApp, with + and without", async () => {
    const { emulator, ask, session } = world();
    emulator.notOnWhatsApp.add("+14155550999");
    const exists = async (phone: string) =>
      (await ask("GET", `/contacts/check-exists?session=${session}&phone=${phone}`)).body;
    expect(await exists("14155550123")).toEqual({
      exists: true,
      phone: "14155550123",
      jid: "14155550123@c.us",
    });
    expect(await exists("%2B14155550999")).toEqual({ exists: false, phone: "+14155550999" });
    expect((await ask("GET", `/contacts?session=${session}&contactId=14155550999@c.us`)).status).toBe(404);
    expect(emulator.problems).toEqual([]);
  });
});
