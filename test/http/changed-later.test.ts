import { type RequestOptions, ValidationError } from "@wasend/sdk";
import { describe, expect, it } from "vitest";
import { client, mockServer } from "../resources/mock-server.js";
import { MESSAGE } from "../resources/row.js";
import { failureOf } from "./support.js";

const server = mockServer();
const PEOPLE = ["+14155550121", "+14155550122", "+14155550123"];
const bodies = () => server.seen.map(({ body }) => body as Record<string, unknown>);
const last = () => bodies().at(-1);
const group = { jid: "120363025246125486@g.us", name: "a" };

describe("what is changed after a call was made changes nothing of it", () => {
  it.each(["sendText", "send", "sendWithTyping"] as const)(
    "one object used for three calls of %s reaches three people",
    async (method) => {
      server.answers({ json: { id: MESSAGE } });
      const { messages } = client();
      const message = { to: "", text: "" };
      const calls = PEOPLE.map((to) => {
        Object.assign(message, { to, text: `Hi ${to}` });
        return method === "sendWithTyping"
          ? messages.sendWithTyping(message, { minTypingMs: 0, maxTypingMs: 0 })
          : messages[method](message);
      });
      await Promise.all(calls);
      const sent = bodies().filter(({ text }) => text !== undefined);
      expect(sent.map(({ to }) => to).toSorted()).toEqual(PEOPLE);
      for (const { to, text } of sent) expect(text).toBe(`Hi ${to}`);
    },
  );

  it("media.send", async () => {
    server.answers({ json: { id: MESSAGE } });
    const { media } = client();
    const message = { to: "", url: "https://example.com/a.jpg" };
    const calls = PEOPLE.map((to) => media.send(Object.assign(message, { to })));
    await Promise.all(calls);
    expect(
      bodies()
        .map(({ to }) => to)
        .toSorted(),
    ).toEqual(PEOPLE);
  });

  it("lists and objects inside of it", async () => {
    server.answers({ json: { ...group, id: MESSAGE } });
    const wasend = client();
    const people = [{ id: PEOPLE[0]!, isAdmin: false }];
    const creating = wasend.groups.create({ name: "a", participants: people });
    people[0]!.isAdmin = true;
    people.push({ id: PEOPLE[1]!, isAdmin: false });
    await creating;
    expect(last()?.participants).toEqual([{ id: PEOPLE[0], isAdmin: false }]);

    const preview = { title: "before" };
    const sending = wasend.messages.sendLinkPreview({ to: PEOPLE[0]!, text: "x", preview });
    preview.title = "after";
    await sending;
    expect(last()?.preview).toEqual({ title: "before" });
  });

  it("options, their headers, and the pages of a list", async () => {
    server.answers(() => ({ json: [{ id: "a" }] }));
    const wasend = client();
    const options = { headers: { "x-a": "before" } };
    const params = { limit: 1, sortBy: "before" };
    const listing = wasend.chats.list(params, options);
    options.headers["x-a"] = "after";
    params.sortBy = "after";
    await (await listing).getNextPage();
    expect(server.seen.map(({ target, headers }) => [target, headers["x-a"]])).toEqual([
      ["/sess_1/chats?limit=1&sortBy=before", "before"],
      ["/sess_1/chats?limit=1&offset=1&sortBy=before", "before"],
    ]);
  });

  it("a request of one's own", async () => {
    server.answers({ json: {} });
    const body = { labels: [{ name: "before" }] };
    const request = { method: "POST", path: "/sess_1/labels", body } as const;
    const sending = client().request(request);
    body.labels[0]!.name = "after";
    await sending;
    expect(last()).toEqual({ labels: [{ name: "before" }] });
  });
});

describe("a field that throws rejects the call, by name", () => {
  const throwing = {
    get to(): string {
      throw new Error("from a getter");
    },
    text: "x",
  };
  const calls: [string, () => Promise<unknown>][] = [
    ["messages.sendText", () => client().messages.sendText(throwing)],
    ["messages.sendWithTyping", () => client().messages.sendWithTyping(throwing)],
    ["media.send", () => client().media.send(throwing as never)],
    ["chats.list", () => client().chats.list(throwing as never)],
    ["groups.setName", () => client().groups.setName(group.jid, throwing as never)],
    ["chats.listMessages", () => client().chats.listMessages("+14155550123", throwing as never)],
    ["request", () => client().request({ method: "POST", path: "/a", body: throwing })],
    ["account.get", () => client().account.get(throwing as RequestOptions)],
  ];
  it.each(calls)("%s", async (name, call) => {
    const error = await failureOf(call());
    expect(error).toBeInstanceOf(ValidationError);
    expect(error.message).toBe(`${name}: cannot be read: a field of it throws`);
    expect(server.seen).toHaveLength(0);
  });
});

it("what is no plain JSON is refused as a body, however it is made", async () => {
  const round: Record<string, unknown> = { a: {} };
  round.a = { b: [{ round }] };
  for (const body of [round, { n: 1n }, [[1n]]])
    await expect(client().request({ method: "POST", path: "/a", body })).rejects.toThrow(/must be JSON/);
});
