import type { PagePromise } from "@wasend/sdk";
import { describe, expect, it } from "vitest";
import { client, type MockReply, mockServer, type Seen } from "./mock-server.js";
import { G, PHONE } from "./row.js";

const server = mockServer();
const targets = () => server.seen.map(({ target }) => target);
const pages = () => server.seen.map(({ query }) => [query.limit, query.offset]);

const chats = (from: number, to: number) =>
  Array.from({ length: Math.max(0, to - from) }, (_, at) => ({ id: `${from + at}@c.us` }));

/** A server with so many chats that heeds limit and offset, with a limit of its own when none is given. */
function serve(total: number, shape: (items: unknown[], offset: number) => MockReply, own = 10) {
  server.answers(({ query }: Seen) => {
    const offset = Number(query.offset ?? 0);
    const limit = Number(query.limit ?? own);
    return shape(chats(offset, Math.min(total, offset + limit)), offset);
  });
}
const bare = (items: unknown[]): MockReply => ({ json: items });

async function all(list: PagePromise<{ id: string }>): Promise<string[]> {
  const ids: string[] = [];
  for await (const { id } of list) ids.push(id);
  return ids;
}
const ids = (count: number) => chats(0, count).map(({ id }) => id);

describe("a bare list", () => {
  it("ends with a page that is shorter than its limit", async () => {
    serve(25, bare);
    expect(await all(client().chats.list({ limit: 10 }))).toEqual(ids(25));
    expect(pages()).toEqual([
      ["10", undefined],
      ["10", "10"],
      ["10", "20"],
    ]);
  });

  it("ends with an empty page when the last one was full", async () => {
    serve(20, bare);
    expect(await all(client().chats.list({ limit: 10 }))).toEqual(ids(20));
    expect(pages()).toHaveLength(3);
  });

  it("without a limit goes on until the server has no more", async () => {
    serve(25, bare);
    expect(await all(client().chats.list())).toEqual(ids(25));
    expect(pages()).toEqual([
      [undefined, undefined],
      [undefined, "10"],
      [undefined, "20"],
      [undefined, "25"],
    ]);
  });

  it("starts where it is told to", async () => {
    serve(25, bare);
    expect(await all(client().chats.list({ limit: 10, offset: 12 }))).toEqual(ids(25).slice(12));
    expect(pages()).toEqual([
      ["10", "12"],
      ["10", "22"],
    ]);
  });

  it("of nothing is one request", async () => {
    serve(0, bare);
    expect(await all(client().chats.list())).toEqual([]);
    expect(await all(client().chats.list({ limit: 0 }))).toEqual([]);
    expect(pages()).toEqual([
      [undefined, undefined],
      ["0", undefined],
    ]);
  });

  it.each([{ limit: 10 }, {}])("of a server that takes no offset is given once, with %j", async (params) => {
    server.answers({ json: chats(0, 10) });
    expect(await all(client().chats.list(params))).toEqual(ids(10));
    expect(server.seen).toHaveLength(2);
  });

  it("of a server that takes no offset, asked page by page, has no next page after the repeat", async () => {
    server.answers({ json: chats(0, 10) });
    const first = await client().chats.list({ limit: 10 });
    const second = await first.getNextPage();
    expect(second.hasNextPage()).toBe(false);
    expect(server.seen).toHaveLength(2);
  });

  it("of a server that gives more than asked for misses none", async () => {
    server.answers(({ query }) => ({ json: chats(Number(query.offset ?? 0), query.offset ? 30 : 20) }));
    expect(await all(client().chats.list({ limit: 10 }))).toEqual(ids(30));
  });
});

describe("a list with pagination", () => {
  const enveloped = (total: number) => (items: unknown[], offset: number) => ({
    json: { groups: items, pagination: { total, limit: 10, offset, hasMore: offset + items.length < total } },
  });

  it("goes by hasMore", async () => {
    serve(25, enveloped(25));
    const found: string[] = [];
    for await (const { jid } of client().groups.list({ limit: 10 })) found.push(jid);
    expect(found).toEqual(ids(25));
    expect(server.seen).toHaveLength(3);
  });

  it("needs no empty page at the end", async () => {
    serve(20, enveloped(20));
    const first = await client().groups.list();
    const second = await first.getNextPage();
    expect([first.hasNextPage(), second.hasNextPage()]).toEqual([true, false]);
    expect(server.seen).toHaveLength(2);
  });

  it("trusts hasMore over a short page", async () => {
    serve(12, (items, offset) => ({
      json: { chats: items.slice(0, 4), pagination: { hasMore: offset + 4 < 12 } },
    }));
    expect(await all(client().chats.list({ limit: 10 }))).toEqual(ids(12));
    expect(server.seen).toHaveLength(3);
  });

  it.each([
    ["beside the items", (items: unknown[], offset: number) => ({ chats: items, total: 12, offset })],
    [
      "in numeric texts",
      (items: unknown[], offset: number) => ({
        chats: items,
        pagination: { total: "12", offset: `${offset}` },
      }),
    ],
    [
      "below data",
      (items: unknown[], offset: number) => ({ data: { chats: items, pagination: { total: 12, offset } } }),
    ],
  ])("goes by a total %s", async (_where, shape) => {
    serve(12, (items, offset) => ({ json: shape(items, offset) }), 4);
    expect(await all(client().chats.list())).toEqual(ids(12));
    expect(server.seen).toHaveLength(3);
  });

  it("is not caught by a server that always says there is more", async () => {
    serve(15, (items) => ({ json: { chats: items, pagination: { hasMore: true } } }));
    expect(await all(client().chats.list({ limit: 10 }))).toEqual(ids(15));
    expect(server.seen).toHaveLength(3);
    server.answers({ json: { chats: chats(0, 5), pagination: { hasMore: true } } });
    expect(await all(client().chats.list({ limit: 5 }))).toEqual(ids(5));
    expect(server.seen).toHaveLength(5);
  });
});

describe("messages of a chat", () => {
  it.each([{}, { limit: 50 }, { limit: 200 }])("come in pages of 50, with %j", async (params) => {
    serve(120, bare);
    expect(await all(client().chats.listMessages(PHONE, params))).toEqual(ids(120));
    expect(pages()).toEqual([
      ["50", undefined],
      ["50", "50"],
      ["50", "100"],
    ]);
  });

  it("come in smaller pages when asked to", async () => {
    serve(5, bare);
    const page = await client().chats.listMessages(PHONE, { limit: 2, filter: { fromMe: true } });
    expect(page.data.map(({ id }) => id)).toEqual(ids(2));
    await page.getNextPage();
    expect(targets()).toEqual([
      "/sess_1/chats/14155550123@c.us/messages?limit=2&filter.fromMe=true",
      "/sess_1/chats/14155550123@c.us/messages?limit=2&offset=2&filter.fromMe=true",
    ]);
  });
});

describe("a page", () => {
  it("never changes the caller's parameters, and keeps to what they were", async () => {
    serve(6, bare);
    const params = { limit: 2, sortBy: "name" };
    const before = structuredClone(params);
    const page = await client().chats.list(params);
    expect(params).toEqual(before);
    params.limit = 5;
    params.sortBy = "id";
    await (await page.getNextPage()).getNextPage();
    expect(targets()).toEqual([
      "/sess_1/chats?limit=2&sortBy=name",
      "/sess_1/chats?limit=2&offset=2&sortBy=name",
      "/sess_1/chats?limit=2&offset=4&sortBy=name",
    ]);
  });

  it("past the end is a RangeError", async () => {
    serve(1, bare);
    const page = await client().chats.list({ limit: 2 });
    expect(page.hasNextPage()).toBe(false);
    await expect(page.getNextPage()).rejects.toThrow(RangeError);
    expect(server.seen).toHaveLength(1);
  });

  it("can be iterated more than once", async () => {
    serve(3, bare);
    const page = await client().chats.list({ limit: 2 });
    for (let round = 0; round < 2; round += 1) {
      const found: string[] = [];
      for await (const { id } of page) found.push(id);
      expect(found).toEqual(ids(3));
    }
  });

  it("asks for no more than is read", async () => {
    serve(100, bare);
    for await (const { id } of client().chats.list({ limit: 2 })) if (id === "2@c.us") break;
    expect(server.seen).toHaveLength(2);
  });

  it("that fails ends the iteration with its error", async () => {
    server.answers([{ json: chats(0, 2) }, { status: 500 }]);
    const found: string[] = [];
    const read = async () => {
      for await (const { id } of client().chats.list({ limit: 2 })) found.push(id);
    };
    await expect(read()).rejects.toMatchObject({ status: 500 });
    expect(found).toEqual(ids(2));
  });

  it("carries the call's options to the next one", async () => {
    serve(4, bare);
    const controller = new AbortController();
    const page = await client().chats.list(
      { limit: 2 },
      { signal: controller.signal, headers: { "x-trace": "t" } },
    );
    await page.getNextPage();
    expect(server.seen.map(({ headers }) => headers["x-trace"])).toEqual(["t", "t"]);
    controller.abort();
    await expect(page.getNextPage()).rejects.toMatchObject({ name: "AbortedError" });
    expect(server.seen).toHaveLength(2);
  });

  it("comes with its response too", async () => {
    serve(1, bare);
    const { data, attempts } = await client().chats.list({ limit: 2 }).withResponse();
    expect(data.data.map(({ id }) => id)).toEqual(ids(1));
    expect(attempts).toBe(1);
  });
});

describe("a list that has no pages", () => {
  it.each([
    ["numbers", () => client().numbers.list(), { sessions: [{ id: "s1" }] }],
    ["participants", () => client().groups.listParticipants(G), [{ jid: "1@c.us" }]],
  ])("of %s is one request", async (_what, list, json) => {
    server.answers({ json });
    const page = await list();
    expect(page.data).toHaveLength(1);
    expect(page.hasNextPage()).toBe(false);
    let count = 0;
    for await (const _ of list()) count += 1;
    expect(count).toBe(1);
    expect(server.seen).toHaveLength(2);
  });
});

it("one item that cannot be read is an error, not a gap", async () => {
  server.answers({ json: [{ id: "1@c.us" }, { name: "no id" }] });
  await expect(client().chats.list()).rejects.toMatchObject({ name: "ResponseFormatError" });
});

it("a limit that is nothing like a number is refused by name, and rejects once", async () => {
  const limit = { toString: {} } as unknown as number;
  await expect(client().groups.list({ limit })).rejects.toMatchObject({ issues: [{ path: "limit" }] });
  expect(server.seen).toHaveLength(0);
});
