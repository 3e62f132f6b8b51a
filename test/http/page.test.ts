import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { FaultServer } from "./fault-server.js";
import * as faults from "./faults.js";
import { clientOf, failureOf } from "./support.js";

let server: FaultServer;
beforeEach(async () => {
  server = await FaultServer.start();
});
afterEach(() => server.close());

const chat = (at: number) => ({ id: `${at}@c.us`, name: `Chat ${at}` });

interface Store {
  total: number;
  /** What the server gives at most. */
  most?: number;
  envelope?: "hasMore" | "total" | "none";
  /** Ignores the offset. */
  stuck?: boolean;
}

function lists({ total, most = 100, envelope = "none", stuck = false }: Store): void {
  server.fault = {
    request: ({ request, answer }) => {
      const query = new URL(request.path, "http://x").searchParams;
      const offset = stuck ? 0 : Number(query.get("offset") ?? 0);
      const limit = Math.min(Number(query.get("limit") ?? most), most);
      const chats = Array.from({ length: Math.max(0, Math.min(limit, total - offset)) }, (_, i) =>
        chat(offset + i),
      );
      const pagination = {
        hasMore: { pagination: { hasMore: offset + chats.length < total } },
        total: { pagination: { total, offset, limit } },
        none: undefined,
      }[envelope];
      answer(
        200,
        {},
        JSON.stringify(pagination === undefined ? chats : { success: true, chats, ...pagination }),
      );
    },
  };
}

async function all(params: { limit?: number; offset?: number } = {}): Promise<string[]> {
  const ids: string[] = [];
  for await (const { id } of clientOf(server.url, "node").chats.list(params)) ids.push(id);
  return ids;
}

const upTo = (count: number, from = 0) => Array.from({ length: count - from }, (_, i) => chat(i + from).id);

describe("iterating a list", () => {
  it.each<[string, Store, { limit?: number; offset?: number }, number]>([
    ["that says whether there is more", { total: 25, envelope: "hasMore" }, { limit: 10 }, 3],
    ["that says how many there are", { total: 25, envelope: "total" }, { limit: 10 }, 3],
    ["that says nothing: a short page is the last", { total: 25 }, { limit: 10 }, 3],
    ["that says nothing and ends on a whole page", { total: 20 }, { limit: 10 }, 3],
    ["that says it ends on a whole page", { total: 20, envelope: "hasMore" }, { limit: 10 }, 2],
    [
      "that gives less than it was asked for, and says so",
      { total: 25, most: 10, envelope: "hasMore" },
      { limit: 20 },
      3,
    ],
    ["that is empty", { total: 0 }, {}, 1],
    ["from an offset", { total: 25, envelope: "total" }, { limit: 10, offset: 5 }, 2],
  ])("%s", async (_, store, params, requests) => {
    lists(store);
    expect(await all(params)).toEqual(upTo(store.total, params.offset));
    expect(server.seen).toHaveLength(requests);
  });

  it("that takes no offset ends at the page that repeats", async () => {
    lists({ total: 10, stuck: true });
    expect(await all({ limit: 10 })).toEqual(upTo(10));
    expect(server.seen).toHaveLength(2);
  });

  it("asks for a page only when it is needed", async () => {
    lists({ total: 100, envelope: "hasMore" });
    for await (const { id } of clientOf(server.url, "node").chats.list({ limit: 10 }))
      if (id === chat(12).id) break;
    expect(server.seen).toHaveLength(2);
  });

  it("fails where a page fails, after everything before it", async () => {
    lists({ total: 30, envelope: "hasMore" });
    const seen: string[] = [];
    const walk = async () => {
      for await (const { id } of clientOf(server.url, "node").chats.list({ limit: 10 })) {
        seen.push(id);
        if (seen.length === 15) server.fault = faults.refuses(403);
      }
    };
    expect(await failureOf(walk())).toMatchObject({ name: "PermissionError" });
    expect(seen).toEqual(upTo(20));
  });

  it("is not begun by making it; a second walk starts from its first page", async () => {
    lists({ total: 15, envelope: "total" });
    const call = clientOf(server.url, "node").chats.list({ limit: 10 });
    for (let i = 0; i < 2; i += 1) {
      const ids: string[] = [];
      for await (const { id } of call) ids.push(id);
      expect(ids).toEqual(upTo(15));
    }
    expect(server.seen).toHaveLength(3);
  });
});

describe("a page", () => {
  it("is walked by hand", async () => {
    lists({ total: 15, envelope: "hasMore" });
    const first = await clientOf(server.url, "node").chats.list({ limit: 10 });
    expect([first.data.length, first.hasNextPage()]).toEqual([10, true]);
    const second = await first.getNextPage();
    expect([second.data.length, second.hasNextPage()]).toEqual([5, false]);
    expect(await failureOf(second.getNextPage())).toBeInstanceOf(RangeError);
  });

  it("comes with its answer", async () => {
    lists({ total: 3 });
    const { data, response, attempts } = await clientOf(server.url, "node").chats.list().withResponse();
    expect([data.data.length, response.status, attempts]).toEqual([3, 200, 1]);
    expect(await response.json()).toHaveLength(3);
  });

  it("does not change with what the caller does to its parameters", async () => {
    lists({ total: 25, envelope: "hasMore" });
    const params = { limit: 10 };
    const first = await clientOf(server.url, "node").chats.list(params);
    params.limit = 1;
    expect((await first.getNextPage()).data).toHaveLength(10);
  });
});
