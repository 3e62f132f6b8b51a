import { describe, expect, it } from "vitest";
import { world } from "./support.js";

const ann = "+14155550201";
const bob = "+14155550202";
const cid = "+14155550203";

async function withGroup(dialect: "sdk" | "docs" = "sdk") {
  const made = world({ dialect });
  const { ask, session } = made;
  const participants = [{ id: ann, isAdmin: true }, { id: bob }];
  const { body } = await ask("POST", `/${session}/groups`, { name: "Launch", participants, tags: ["vip"] });
  const base = `/${session}/groups/${body.jid}`;
  const group = () => made.emulator.groups[0];
  return { ...made, jid: body.jid as string, base, group };
}

async function manyGroups() {
  const made = world();
  const { ask, session, emulator } = made;
  for (const [name, size, tags] of [
    ["Beta", 1, ["x"]],
    ["alpha", 3, ["x", "y"]],
    ["Gamma", 2, []],
  ] as const) {
    const participants = [ann, bob, cid].slice(0, size).map((id) => ({ id }));
    await ask("POST", `/${session}/groups`, { name, participants, tags, description: `about ${name}` });
  }
  const names = async (query: string) =>
    (await ask("GET", `/${session}/groups?${query}`)).body.map((one: { name: string }) => one.name);
  return { ...made, names, jids: emulator.groups.map(({ jid }) => jid) };
}

describe("groups", () => {
  it("live from creation to leaving", async () => {
    const { ask, session, base, group } = await withGroup();
    expect((await ask("GET", base)).body).toMatchObject({
      name: "Launch",
      ownerJid: "14155550100@s.whatsapp.net",
    });
    expect(group()?.participants).toEqual([
      { phone: "+14155550100", isAdmin: true, isSuperAdmin: true },
      { phone: ann, isAdmin: true, isSuperAdmin: false },
      { phone: bob, isAdmin: false, isSuperAdmin: false },
    ]);
    expect(await ask("POST", `${base}/participants/add`, { participants: [cid] })).toMatchObject({
      status: 201,
      text: "",
    });
    await ask("POST", `${base}/admin/promote`, { participants: [cid] });
    expect(group()?.participants.at(-1)).toEqual({ phone: cid, isAdmin: true, isSuperAdmin: false });
    await ask("POST", `${base}/admin/demote`, { participants: [cid] });
    await ask("POST", `${base}/participants/remove`, { participants: ["14155550202@s.whatsapp.net"] });
    expect(group()?.participants.map(({ phone }) => phone)).toEqual(["+14155550100", ann, cid]);
    expect((await ask("POST", `${base}/leave`)).status).toBe(201);
    expect(await ask("GET", base)).toMatchObject({ status: 404, body: { message: "Group not found" } });
    expect((await ask("GET", `/${session}/groups`)).body).toEqual([]);
    expect((await ask("GET", `/${session}/groups/count`)).body.total).toBe(0);
  });

  it("say per member how it went, in the docs dialect", async () => {
    const { ask, base, emulator } = await withGroup("docs");
    emulator.notOnWhatsApp.add(cid);
    const added = await ask("POST", `${base}/participants/add`, { participants: [ann, cid, "+14155550204"] });
    expect(added.body).toEqual({
      success: true,
      data: {
        added: [{ id: "+14155550204", reason: "SUCCESS" }],
        failed: [
          { id: ann, reason: "ALREADY_IN_GROUP" },
          { id: cid, reason: "NOT_FOUND" },
        ],
      },
    });
    const demoted = await ask("POST", `${base}/admin/demote`, { participants: [ann, bob, cid] });
    expect(demoted.body.data).toEqual({
      demoted: [{ id: ann, reason: "SUCCESS" }],
      failed: [
        { id: bob, reason: "NOT_ADMIN" },
        { id: cid, reason: "NOT_FOUND" },
      ],
    });
    const promoted = await ask("POST", `${base}/participants/promote`, { participants: [bob, cid] });
    expect(promoted.body.promoted).toEqual([{ id: bob, isAdmin: true, isSuperAdmin: false }]);
    const removed = await ask("DELETE", `${base}/participants`, { participants: [bob, cid] });
    expect(removed.body.removed).toEqual([{ id: bob }]);
  });

  it("change their invite code on revoking, and only the new one lets in", async () => {
    const { emulator, ask, base, jid } = await withGroup();
    const other = await ask("POST", "/sessions", { sessionName: "b", phoneNumber: "+14155550101" });
    const second: string = other.body.uniqueSessionId;
    emulator.setState(second, "ready");
    const old = (await ask("GET", `${base}/invite-code`)).body;
    const renewed = (await ask("POST", `${base}/invite-code/revoke`)).body;
    expect(renewed).not.toBe(old);
    expect((await ask("POST", `/${second}/groups/join`, { code: old })).status).toBe(404);
    expect((await ask("GET", `/${second}/groups/${jid}`)).status).toBe(404);
    const link = `https://chat.whatsapp.com/${renewed}`;
    expect((await ask("GET", `/${second}/groups/join-info?code=${encodeURIComponent(link)}`)).body.jid).toBe(
      jid,
    );
    const joined = await ask("POST", `/${second}/groups/join`, { inviteLink: link });
    expect(joined.body).toMatchObject({ id: jid, participantsCount: 4 });
    expect((await ask("GET", `/${second}/groups/${jid}`)).status).toBe(200);
    expect((await ask("GET", `${base}/invite-link`)).body.inviteLink).toBe(link);
  });

  it("are led by admins only", async () => {
    const { ask, base } = await withGroup();
    await ask("PUT", `${base}/settings`, { infoAdminOnly: true, messagesAdminOnly: false });
    await ask("POST", `${base}/admin/demote`, { participants: ["+14155550100"] });
    expect((await ask("POST", `${base}/participants/add`, { participants: [cid] })).status).toBe(403);
    expect((await ask("PUT", `${base}/subject`, { subject: "Other" })).status).toBe(403);
    expect((await ask("GET", base)).status).toBe(200);
  });

  it("keep subject, description, picture and settings", async () => {
    const { ask, base } = await withGroup();
    await ask("PUT", `${base}/subject`, { subject: "Renamed" });
    await ask("PUT", `${base}/description`, { description: "About" });
    await ask("PUT", `${base}/picture`, { url: "https://example.com/p.png", format: "png" });
    await ask("PUT", `${base}/settings/security/messages-admin-only`, { enabled: true });
    expect((await ask("GET", base)).body).toMatchObject({
      name: "Renamed",
      topic: "About",
      isAnnounce: true,
      isLocked: false,
    });
    expect((await ask("GET", `${base}/settings/security/messages-admin-only`)).body).toMatchObject({
      enabled: true,
      changedBy: "14155550100@s.whatsapp.net",
    });
    expect((await ask("GET", `${base}/picture`)).body).toMatchObject({
      url: "https://example.com/p.png",
      format: "png",
    });
    await ask("DELETE", `${base}/picture`);
    expect((await ask("GET", `${base}/picture`)).status).toBe(404);
    const long = await ask("PUT", `${base}/name`, { name: "x".repeat(26) });
    expect(long.body.message).toEqual(["name must be shorter than or equal to 25 characters"]);
  });

  it("carry messages to every member", async () => {
    const { emulator, ask, session, jid } = await withGroup();
    await ask("POST", "/sendText", { session, to: jid, text: "Hello all" });
    for (const who of [ann, bob, jid])
      expect(emulator.inbox(who)).toMatchObject([{ to: jid, text: "Hello all" }]);
    expect(emulator.inbox(cid)).toEqual([]);
    await emulator.receive({ from: ann, group: jid, text: "Hi" });
    const { body } = await ask("GET", `/${session}/chats/${jid}/messages?limit=5`);
    expect(body.map((one: { body: string }) => one.body)).toEqual(["Hi", "Hello all"]);
  });

  it("are listed by sort, page, search, tags and status", async () => {
    const { emulator, names, jids } = await manyGroups();
    expect(await names("")).toEqual(["Beta", "alpha", "Gamma"]);
    expect(await names("sortBy=subject&sortOrder=desc")).toEqual(["alpha", "Gamma", "Beta"]);
    expect(await names("sortBy=participantsCount")).toEqual(["Beta", "Gamma", "alpha"]);
    expect(await names("limit=1&offset=1")).toEqual(["alpha"]);
    expect(await names("search=ALPHA")).toEqual(["alpha"]);
    expect(await names("search=about")).toHaveLength(3);
    expect(await names("tags[]=y")).toEqual(["alpha"]);
    expect(await names("tags[]=y&tags[]=x")).toEqual(["Beta", "alpha"]);
    emulator.setGroupStatus(jids[1]!, "archived");
    expect(await names("status=archived")).toEqual(["alpha"]);
    expect(await names("status=ACTIVE")).toEqual(["Beta", "Gamma"]);
    expect(emulator.problems).toEqual([]);
  });

  it("leave out what is excluded", async () => {
    const { ask, session } = await manyGroups();
    const { body } = await ask("GET", `/${session}/groups?exclude[]=participants&exclude[]=description`);
    expect(body[0]).toHaveProperty("name");
    expect(body[0]).not.toHaveProperty("participants");
    expect(body[0]).not.toHaveProperty("topic");
  });

  it("are paged with totals in the docs dialect", async () => {
    const { ask, session } = world({ dialect: "docs" });
    for (const name of ["a", "b", "c"]) await ask("POST", `/${session}/groups`, { name, participants: [] });
    expect((await ask("GET", `/${session}/groups?limit=2`)).body.pagination).toEqual({
      total: 3,
      limit: 2,
      offset: 0,
      hasMore: true,
    });
    expect((await ask("GET", `/${session}/groups?limit=2&offset=2`)).body.pagination.hasMore).toBe(false);
    expect((await ask("GET", `/${session}/groups/count`)).body).toEqual({
      total: 3,
      byStatus: { active: 3, archived: 0, deleted: 0 },
    });
  });
});
