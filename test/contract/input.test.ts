import { describe, expect, it } from "vitest";
import { client, mockServer } from "../resources/mock-server.js";
import { MESSAGE, PHONE as to } from "../resources/row.js";
import { issues } from "./refused.js";
import { contentCases } from "./refused-content.js";
import { valueCases } from "./refused-values.js";

const server = mockServer();
describe.each(Object.entries({ ...valueCases, ...contentCases }))("%s", (_group, cases) => {
  it.each(cases)("%s: is refused before any network", async (_what, call, field, message) => {
    const found = await issues(call(client()));
    expect(found).toHaveLength(1);
    expect(found[0]?.startsWith(`${field}: `), found[0]).toBe(true);
    expect(found[0]).toMatch(message);
    expect(server.seen).toHaveLength(0);
  });
});

describe("no parameters at all", () => {
  it.each([undefined, null, "Hello", 7, [], [to]])("%j is refused", async (params) => {
    const call = client().messages.sendText(params as never);
    const found = await issues(call);
    expect(found[0]).toMatch(/an object with session, to, text, replyTo|is required|not a field here/);
    expect(server.seen).toHaveLength(0);
  });
});

it("names every wrong field at once", async () => {
  const { messages } = client({ session: undefined });
  const found = await issues(messages.sendImage({ to: "5", url: "x", caption: 7, extra: 1 } as never));
  expect(found.map((issue) => issue.split(":")[0])).toEqual(["session", "to", "url", "caption", "extra"]);
  expect(server.seen).toHaveLength(0);
});

it("says which call it was, and never what the value was", async () => {
  const secret = "Our secret 4711";
  const calls = [
    () => client().messages.sendText({ to: "+49 (0) 1577 4711471", text: "" }),
    () => client().messages.react({ messageId: "", reaction: secret, [secret]: secret } as never),
    () => client().messages.sendImage({ to: secret, url: secret, data: secret, caption: secret } as never),
    () =>
      client().groups.create({
        name: "",
        participants: [secret, { id: secret }],
        tags: [secret, 5 as never],
      }),
    () => client().chats.list({ sortOrder: secret as never, limit: secret as never }),
    () => client().numbers.get("SESSIONS"),
  ];
  for (const call of calls) {
    const error = await Promise.resolve(call()).catch((reason: Error) => reason);
    const text = `${(error as Error).message} ${JSON.stringify(error)}`;
    expect(text).not.toMatch(/4711471|SESSIONS/);
    expect(text).not.toContain(secret);
    expect((error as Error).message).toMatch(/^(messages|groups|chats|numbers)\.\w+: /);
  }
  expect(server.seen).toHaveLength(0);
});

it("keeps an id that only looks odd", async () => {
  server.answers({ json: { id: MESSAGE } });
  await client().messages.get("...");
  await client().messages.get("%2e%2e");
  expect(server.seen.map(({ target }) => target)).toEqual(["/messages/...", "/messages/%252e%252e"]);
});
