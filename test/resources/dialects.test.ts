import type { Group } from "@wasend/sdk";
import { createEmulator, type Dialect } from "@wasend/sdk/emulator";
import { describe, expect, it } from "vitest";
import { client } from "./mock-server.js";

const ann = "+14155550123";
const bob = "+14155550124";
const url = "https://example.com/a";

/** Only these public fields: what else a server sends is kept, and differs. */
function only<T extends object>(value: T, ...keys: (keyof T)[]): Partial<T> {
  const picked: Partial<T> = {};
  for (const key of keys) if (value[key] !== undefined) picked[key] = value[key];
  return picked;
}

/** The pages' short group does not say who is super admin; their list of participants does. */
const aGroup = (group: Group) => ({
  ...only(group, "jid", "name", "description", "ownerJid", "isAnnounce", "isLocked", "createdAt"),
  participants: group.participants?.map((one) => only(one, "jid", "phoneNumber", "isAdmin")),
});

function world(dialect: Dialect) {
  const now = () => Date.UTC(2025, 5, 10, 10);
  const emulator = createEmulator({ dialect, numbers: "manual", acks: "manual", now, qrMs: 1e9 });
  const { apiKey, session, fetch } = emulator;
  return { emulator, wasend: client({ apiKey, session, fetch }) };
}

/** What one public scenario gives in a dialect; nothing in it may be what no source attests. */
async function scenarios(dialect: Dialect) {
  const { emulator, wasend } = world(dialect);
  const { numbers, messages, chats, contacts, groups, account } = wasend;
  const seen: Record<string, unknown> = {};

  const made = await numbers.create({ sessionName: "sales", phoneNumber: bob });
  const aNumber = (value: typeof made) =>
    only(value, "session", "sessionName", "phoneNumber", "status", "state");
  seen.created = aNumber(made);
  seen.started = aNumber(await numbers.start(made.session));
  emulator.setState(made.session, "scan_qr");
  seen.qr = (await numbers.getQr(made.session)).data.length > 0;
  seen.scanning = aNumber(await numbers.get(made.session));
  seen.list = (await numbers.list()).data.map(aNumber);
  seen.restarted = aNumber(await numbers.restart(made.session));
  seen.stopped = aNumber(await numbers.stop(made.session));
  seen.deleted = await numbers.delete(made.session);

  const received = await emulator.receive({ from: ann, name: "Ann", text: "Hello?" });
  seen.sent = [
    await messages.send({ to: ann, imageUrl: url, text: "c" }),
    await messages.sendText({ to: ann, text: "Hi", replyTo: received.id }),
    await messages.sendImage({ to: ann, url }),
    await messages.sendVideo({ to: ann, url }),
    await messages.sendFile({ to: ann, url, fileName: "a.pdf", mimeType: "application/pdf" }),
    await messages.sendVoice({ to: ann, data: "aGk=" }),
    await messages.sendLinkPreview({ to: ann, text: url, preview: { title: "T" } }),
  ];
  const { id } = await messages.sendText({ to: ann, text: "Last" });
  seen.steps = [
    await messages.markSeen({ to: ann, messageId: received.id }),
    await messages.startTyping({ to: ann }),
    await messages.stopTyping({ to: ann }),
    await messages.react({ messageId: received.id, reaction: "👍" }),
  ];
  seen.stored = await messages.get(id);

  seen.chats = (await chats.list()).data;
  seen.overview = (await chats.overview({ ids: [ann] })).data;
  seen.messages = (await chats.listMessages(ann)).data;
  emulator.setAck(id, 3);
  seen.read = await chats.getMessage(ann, id);
  seen.marked = await chats.markRead(ann, { messages: 1 });
  seen.picture = await chats.getPicture(ann);
  seen.contacts = [
    (await contacts.list()).data,
    await contacts.get(ann),
    await contacts.checkExists({ phone: ann }),
    await contacts.getPicture(ann),
  ];
  seen.account = await account.get();

  const group = await groups.create({
    name: "Launch",
    participants: [ann],
    description: "About",
    pictureUrl: url,
  });
  const jid = group.jid;
  seen.group = aGroup(group);
  seen.groups = (await groups.list()).data.map(aGroup);
  seen.got = aGroup(await groups.get(jid));
  seen.count = await groups.count();
  seen.groupPicture = only(await groups.getPicture(jid), "url", "size");
  seen.writes = [
    await groups.setSubject(jid, { subject: "New" }),
    await groups.setName(jid, { name: "Newer" }),
    await groups.setDescription(jid, { description: "Other" }),
    await groups.setPicture(jid, { url }),
    await groups.setInfoAdminOnly(jid, { enabled: true }),
    await groups.setMessagesAdminOnly(jid, { enabled: false }),
    await groups.setSettings(jid, { infoAdminOnly: false, messagesAdminOnly: true }),
  ];
  seen.properties = [
    await groups.getSubject(jid),
    await groups.getDescription(jid),
    only(await groups.getSettings(jid), "infoAdminOnly", "messagesAdminOnly"),
    (await groups.getInfoAdminOnly(jid)).enabled,
    (await groups.getMessagesAdminOnly(jid)).enabled,
  ];
  seen.pictureGone = await groups.deletePicture(jid);
  const code = (await groups.getInviteCode(jid)).inviteCode;
  seen.code = Object.keys(await groups.revokeInviteCode(jid));
  seen.codeIsNew = (await groups.getInviteCode(jid)).inviteCode !== code;
  seen.link = [await groups.getInviteLink(jid), await groups.revokeInviteLink(jid)].map((link) =>
    link.inviteLink.startsWith("https://chat.whatsapp.com/"),
  );
  const invite = { code: (await groups.getInviteCode(jid)).inviteCode };
  seen.joinInfo = only(await groups.joinInfo(invite), "jid", "name", "description", "isAnnounce", "isLocked");
  seen.members = (await groups.listParticipants(jid)).data.map((one) =>
    only(one, "jid", "phoneNumber", "isAdmin", "isSuperAdmin"),
  );
  seen.left = await groups.leave(jid);
  seen.joined = only(await groups.join(invite), "jid", "name", "description");
  seen.problems = emulator.problems;
  return seen;
}

/** Whether each was a change for the better; the old client's shape says nothing about it. */
async function changes(dialect: Dialect) {
  const { emulator, wasend } = world(dialect);
  const { jid } = await wasend.groups.create({ name: "Launch", participants: [ann] });
  const participants = [bob];
  const results = [
    await wasend.groups.addParticipants(jid, { participants, notify: false }),
    await wasend.groups.promoteParticipants(jid, { participants }),
    await wasend.groups.demoteParticipants(jid, { participants }),
    await wasend.groups.removeParticipants(jid, { participants }),
  ];
  expect(emulator.problems).toEqual([]);
  return results;
}

describe("both published descriptions of the API", () => {
  it("give the same public values", async () => {
    const sdk = await scenarios("sdk");
    const docs = await scenarios("docs");
    expect(sdk.problems).toEqual([]);
    for (const name of Object.keys(sdk)) expect({ [name]: docs[name] }).toEqual({ [name]: sdk[name] });
    expect(sdk).toMatchObject({
      created: { state: "created", phoneNumber: bob },
      scanning: { state: "scan_qr" },
      stopped: { state: "stopped" },
      read: { status: "read", fromMe: true, body: "Last" },
      count: { total: 1, byStatus: { active: 1 } },
      properties: [
        { subject: "Newer" },
        { description: "Other" },
        { infoAdminOnly: false, messagesAdminOnly: true },
        false,
        true,
      ],
      codeIsNew: true,
      joined: { name: "Newer" },
    });
  });

  it("agree on members, as far as they say anything", async () => {
    const silent = { succeeded: [], failed: [] };
    expect(await changes("sdk")).toEqual(Array(4).fill(silent));
    for (const { succeeded, failed } of await changes("docs")) {
      expect(succeeded).toHaveLength(1);
      expect(failed).toEqual([]);
    }
  });
});
