import { expect, it } from "vitest";
import { client, mockServer } from "../resources/mock-server.js";
import { G, PHONE } from "../resources/row.js";

const server = mockServer();
const targets = async (...calls: PromiseLike<unknown>[]) => {
  for (const call of calls) await Promise.resolve(call).catch(() => {});
  return server.seen.map(({ target }) => target);
};

it("leaves empty lists out of a query, as the old client does", async () => {
  const { chats, groups } = client();
  expect(
    await targets(
      chats.overview({ ids: [] }),
      chats.listMessages(PHONE, { limit: 1, filter: { ack: [] } }),
      groups.list({ tags: [], exclude: [] }),
    ),
  ).toEqual(["/sess_1/chats/overview", "/sess_1/chats/14155550123@c.us/messages?limit=1", "/sess_1/groups"]);
});

it("sends what is false, 0 or empty, and leaves out what is undefined", async () => {
  const { chats, groups } = client();
  const undefinedOnes = { sortBy: undefined, limit: undefined, tags: undefined, status: undefined };
  expect(
    await targets(
      chats.list({ limit: 0, offset: 0 }),
      chats.listMessages(PHONE, { limit: 0, filter: { ack: 0, fromMe: false, timestampGte: 0 } }),
      groups.list({ ...undefinedOnes, search: "" }),
      groups.getPicture(G, { refresh: false }),
    ),
  ).toEqual([
    "/sess_1/chats?limit=0&offset=0",
    "/sess_1/chats/14155550123@c.us/messages?limit=0&filter.timestamp.gte=0&filter.fromMe=false&filter.ack=0",
    "/sess_1/groups?search=",
    `/sess_1/groups/${G}/picture?refresh=false`,
  ]);
});

it("sends an empty text where it means to take something away", async () => {
  const { groups, messages } = client();
  await groups.setDescription(G, { description: "" });
  await messages.react({ messageId: "m1", reaction: "" });
  expect(server.seen.map(({ body }) => body)).toEqual([
    { description: "" },
    { session: "sess_1", messageId: "m1", reaction: "" },
  ]);
});

it("passes words on that the published lists do not have", async () => {
  const { chats, groups } = client();
  expect(
    await targets(
      chats.list({ sortBy: "timestamp" }),
      groups.list({ sortBy: "newest", status: "ARCHIVED", exclude: ["tags"] }),
    ),
  ).toEqual([
    "/sess_1/chats?sortBy=timestamp",
    "/sess_1/groups?sortBy=newest&exclude[]=tags&status=ARCHIVED",
  ]);
});

it("keeps a call's own session out of the body where the path has it", async () => {
  await client().groups.setSubject(G, { subject: "S", session: "sess 2" });
  expect(server.seen[0]).toMatchObject({ target: `/sess%202/groups/${G}/subject`, body: { subject: "S" } });
});
