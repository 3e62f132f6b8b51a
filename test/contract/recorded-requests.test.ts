import type { Wasend } from "@wasend/sdk";
import { describe, expect, it } from "vitest";
import recording from "../fixtures/recorded-requests.json" with { type: "json" };
import { BASE, client, mockServer } from "../resources/mock-server.js";

const server = mockServer();

interface Recorded {
  method: string;
  args: unknown[];
  request: { method: string; path: string; contentType: string; body: unknown };
}
const calls = recording.calls as Recorded[];

type Args = never[];
/** The same call in ours, with the old call's arguments as they are. */
const OURS: Record<string, (wasend: Wasend, ...args: Args) => PromiseLike<unknown>> = {
  createSession: ({ numbers }, request: never) => numbers.create(request),
  startSession: ({ numbers }, id: string) => numbers.start(id),
  retrieveQRCode: ({ numbers }, id: string) => numbers.getQr(id),
  send: ({ messages }, request: never) => messages.send(request),
  sendText: ({ messages }, request: never) => messages.sendText(request),
  sendImage: ({ messages }, request: never) => messages.sendImage(request),
  sendFile: ({ messages }, request: never) => messages.sendFile(request),
  sendVoice: ({ messages }, request: never) => messages.sendVoice(request),
  sendVideo: ({ messages }, request: never) => messages.sendVideo(request),
  sendLinkCustomPreview: ({ messages }, request: never) => messages.sendLinkPreview(request),
  sendSeen: ({ messages }, request: never) => messages.markSeen(request),
  sendReaction: ({ messages }, request: never) => messages.react(request),
  stopTyping: ({ messages }, request: never) => messages.stopTyping(request),
  createGroup: ({ groups }, session: string, request: object) =>
    groups.create({ ...request, session } as never),
  getGroups: ({ groups }, session: string, options: object) => groups.list({ ...options, session }),
  getGroupJoinInfo: ({ groups }, session: string, code: string) => groups.joinInfo({ code, session }),
  joinGroup: ({ groups }, session: string, request: { code: string }) => groups.join({ ...request, session }),
  leaveGroup: ({ groups }, session: string, id: string) => groups.leave(id, { session }),
  getGroupPicture: ({ groups }, session: string, id: string, refresh: boolean) =>
    groups.getPicture(id, { session, refresh }),
  setGroupPicture: ({ groups }, session: string, id: string, request: { url: string }) =>
    groups.setPicture(id, { ...request, session }),
  deleteGroupPicture: ({ groups }, session: string, id: string) => groups.deletePicture(id, { session }),
  setGroupInfoAdminOnly: ({ groups }, session: string, id: string, request: { enabled: boolean }) =>
    groups.setInfoAdminOnly(id, { ...request, session }),
  getGroupMessagesAdminOnly: ({ groups }, session: string, id: string) =>
    groups.getMessagesAdminOnly(id, { session }),
  getGroupParticipants: ({ groups }, session: string, id: string) => groups.listParticipants(id, { session }),
  ...(Object.fromEntries(
    (["add", "remove", "promote", "demote"] as const).map((verb) => [
      `${verb}GroupParticipants`,
      ({ groups }: Wasend, session: string, id: string, request: { participants: string[] }) =>
        groups[`${verb}Participants`](id, { ...request, session }),
    ]),
  ) as object),
  getContacts: ({ contacts }, session: string) => contacts.list({ session }),
  getContact: ({ contacts }, session: string, { contactId }: { contactId: string }) =>
    contacts.get(contactId, { session }),
  checkContactExists: ({ contacts }, session: string, { phone }: { phone: string }) =>
    contacts.checkExists({ phone, session }),
  getContactProfilePicture: (
    { contacts },
    session: string,
    { contactId, refresh }: { contactId: string; refresh: boolean },
  ) => contacts.getPicture(contactId, { session, refresh }),
  getAllChats: ({ chats }, session: string, options: object) => chats.list({ ...options, session }),
  getChatsOverview: ({ chats }, session: string, options: object) => chats.overview({ ...options, session }),
  readMessages: ({ chats }, session: string, chat: string, options: object) =>
    chats.markRead(chat, { ...options, session }),
  getMessages: ({ chats }, session: string, chat: string, options: object) =>
    chats.listMessages(chat, { ...options, session }),
  getChatPicture: ({ chats }, session: string, chat: string) => chats.getPicture(chat, { session }),
  getMessageById: ({ chats }, session: string, chat: string, id: string, options: object) =>
    chats.getMessage(chat, id, { ...options, session }),
};

/** Where ours does better; each has its own test below. */
const BETTER = ["send", "sendImage", "checkContactExists", "getAllChats"];

async function ours({ method, args }: Recorded): Promise<unknown> {
  const call = OURS[method];
  if (call === undefined) throw new Error(`no call of ours for ${method}`);
  // The mocked server's answer is of no interest here, so neither is what a call makes of it.
  return Promise.resolve(call(client({ session: undefined }), ...(args as Args))).catch(
    (error: unknown) => error,
  );
}

function only(method: string): Recorded {
  return calls.find((call) => call.method === method) as Recorded;
}

function wire(method: string, target: string, body: unknown) {
  const { pathname, searchParams } = new URL(target, BASE);
  return { method, path: decodeURIComponent(pathname), query: [...searchParams], body: body ?? undefined };
}

describe("the recorded requests of the vendor's old client", () => {
  it("are 38, and each has a call of ours", () => {
    expect(calls).toHaveLength(38);
    expect(Object.keys(OURS).sort()).toEqual(calls.map(({ method }) => method).sort());
  });

  it.each(calls.filter(({ method }) => !BETTER.includes(method)))("$method is equalled", async (recorded) => {
    await ours(recorded);
    expect(server.seen).toHaveLength(1);
    const seen = server.seen[0]!;
    const { method, path, body } = recorded.request;
    expect(wire(seen.method, seen.target, seen.body)).toEqual(wire(method, path, body));
    // Byte for byte too, which nothing demands but every proxy's log is thankful for.
    expect(seen.target).toBe(path);
  });

  it.each(["send", "sendImage"])("%s without content is refused before any network", async (method) => {
    const error = await ours(only(method));
    expect(error).toMatchObject({ name: "ValidationError", outcome: "not_sent" });
    expect(String(error)).toMatch(
      method === "send" ? /"text" or one of imageUrl/ : /"url" or data is required/,
    );
    expect(server.seen).toHaveLength(0);
  });

  it("checkContactExists leaves out the +", async () => {
    await ours(only("checkContactExists"));
    expect(server.seen.map(({ target }) => target)).toEqual([
      "/contacts/check-exists?session=sess_8f2c1d&phone=1213213213",
    ]);
  });

  it("getAllChats sends a limit of 0, and getChatPicture a refresh of false", async () => {
    await ours(only("getAllChats"));
    await client().chats.getPicture("1234567890@c.us", { session: "sess_8f2c1d", refresh: false });
    expect(server.seen.map(({ target }) => target)).toEqual([
      "/sess_8f2c1d/chats?limit=0&offset=0",
      "/sess_8f2c1d/chats/1234567890@c.us/picture?refresh=false",
    ]);
  });
});
