import { type RawRequest, ValidationError, type Wasend } from "@wasend/sdk";
import { describe, expect, it, vi } from "vitest";
import { client, mockServer } from "./mock-server.js";
import { MESSAGE, PHONE as to } from "./row.js";

const server = mockServer();

describe("withOptions", () => {
  it("changes what it is given, and keeps the rest, also what is undefined", async () => {
    const wasend = client({ headers: { "x-a": "1", "x-b": "1" } });
    const sales = wasend.withOptions({ session: "sales", maxRetries: undefined, apiKey: undefined });
    const same = wasend.withOptions({ session: undefined, headers: { "X-B": null } });
    server.answers({ json: [] });
    for (const one of [wasend, sales, same]) await one.chats.list();
    expect(server.seen.map(({ target, headers }) => [target, headers["x-a"], headers["x-b"]])).toEqual([
      ["/sess_1/chats", "1", "1"],
      ["/sales/chats", "1", "1"],
      ["/sess_1/chats", "1", undefined],
    ]);
    expect(new Set(server.seen.map(({ headers }) => headers.authorization)).size).toBe(1);
  });

  it("checks what it is given", () => {
    expect(() => client().withOptions({ timeout: 0 })).toThrow(/timeout/);
    expect(() => client().withOptions({ baseUrl: "http://example.com" })).toThrow(/https/);
  });

  it("shares the listeners, both ways", async () => {
    const wasend = client();
    const copy = wasend.withOptions({ session: "sales" });
    const heard: (string | undefined)[] = [];
    wasend.on("request", ({ session }) => heard.push(session));
    copy.on("response", ({ session }) => heard.push(session));
    server.answers({ json: [] });
    await copy.chats.list();
    await wasend.chats.list();
    expect(heard).toEqual(["sales", "sales", "sess_1", "sess_1"]);
  });

  it("shares the limiter, unless it has a limit of its own", async () => {
    server.answers({ json: [] });
    const wasend = client({ rateLimit: { perMinute: 1, onLimit: "throw" } });
    await wasend.chats.list();
    await expect(wasend.withOptions({ maxRetries: 1 }).chats.list()).rejects.toMatchObject({
      name: "RateLimitError",
      outcome: "not_sent",
      attempts: 0,
    });
    await wasend.withOptions({ rateLimit: { perMinute: 1 } }).chats.list();
    expect(server.seen).toHaveLength(2);
  });

  it("can bring another fetch, and a copy of the copy keeps it", async () => {
    const fetch = vi.fn(async () => Response.json([]));
    const copy = client().withOptions({ fetch });
    await copy.chats.list();
    await copy.withOptions({ session: "x" }).chats.list();
    expect(fetch).toHaveBeenCalledTimes(2);
    expect(server.seen).toHaveLength(0);
  });

  it("can log more than the client it came from", async () => {
    server.answers({ json: [] });
    const logger = { debug: vi.fn(), error: vi.fn(), info: vi.fn(), warn: vi.fn() };
    const wasend = client({ logger, logLevel: "off" });
    await wasend.chats.list();
    expect(logger.debug).not.toHaveBeenCalled();
    await wasend.withOptions({ logLevel: "debug" }).chats.list();
    expect(logger.debug.mock.calls.map(([line]) => line)).toEqual(["wasend: request", "wasend: response"]);
  });
});

describe("request", () => {
  it("sends what it is given and hands out what came", async () => {
    server.answers({ json: { labels: [1] } });
    const query = { tags: ["a b", "c"], n: 0, flag: false, none: undefined, nothing: null };
    const answer = await client().request({
      method: "POST",
      path: "/sess_1/labels",
      query,
      body: { a: [null] },
    });
    expect(answer).toEqual({ labels: [1] });
    expect(server.seen[0]).toMatchObject({
      method: "POST",
      target: "/sess_1/labels?tags[]=a+b&tags[]=c&n=0&flag=false",
      body: { a: [null] },
    });
    expect(server.seen[0]?.headers).toMatchObject({
      authorization: "Bearer key_0123456789",
      "content-type": "application/json",
    });
  });

  it.each([
    [{ text: "" }, undefined],
    [{ text: "plain" }, "plain"],
    [{ text: '"quoted"' }, "quoted"],
    [{ text: "null" }, null],
  ])("hands out %j as %j", async (reply, value) => {
    server.answers(reply);
    expect(await client().request({ method: "GET", path: "/x" })).toBe(value);
    expect(server.seen[0]?.headers["content-type"]).toBeUndefined();
  });

  it.each([
    ["GET", 3],
    ["HEAD", 3],
    ["DELETE", 3],
    ["POST", 1],
    ["PUT", 1],
    ["PATCH", 1],
  ] as const)("%s after a 503 is sent %i times", async (method, times) => {
    server.answers({ status: 503, headers: { "retry-after": "0" } });
    await expect(client({ maxRetries: 2 }).request({ method, path: "/x" })).rejects.toMatchObject({
      attempts: times,
    });
    expect(server.seen).toHaveLength(times);
  });

  it.each([
    [{ path: "labels" }, /"path" must start with one "\/"/],
    [{ path: "//evil.example/x" }, /"path" must start with one "\/"/],
    [{ path: "https://evil.example/x" }, /"path"/],
    [{ path: "" }, /"path"/],
    [{ path: "/a/../b" }, /dot segments/],
    [{ path: "/a/%2E%2e/b" }, /dot segments/],
    [{ path: "/a/." }, /dot segments/],
    [{ path: "/a?b=1" }, /pass the query as \{ query \}/],
    [{ path: "/a#b" }, /must not hold/],
    [{ path: "/a b" }, /must not hold/],
    [{ path: "/a\\b" }, /must not hold/],
    [{ path: "/a\r\nb" }, /must not hold/],
    [{ path: 7 }, /"path" must be a text/],
    [{ path: undefined }, /"path" must be a text/],
    [{ method: "TRACE" }, /"method" must be one of GET, HEAD, POST, PUT, PATCH, DELETE/],
    [{ method: "get" }, /"method" must be one of/],
    [{ body: {} }, /"body" must not stand in a GET/],
    [{ query: "a=1" }, /"query" must be an object/],
    [{ query: { filter: { a: 1 } } }, /"query\.filter" must be a text/],
  ])("%j is refused before any network", async (request, why) => {
    const call = client().request({ method: "GET", path: "/x", ...request } as RawRequest);
    const error = await call.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(ValidationError);
    expect((error as Error).message).toMatch(why);
    expect(server.seen).toHaveLength(0);
  });

  it.each([undefined, null, "/x"])("%j is refused", async (request) => {
    await expect(client().request(request as never)).rejects.toBeInstanceOf(ValidationError);
  });

  it("refuses a body that bites its own tail", async () => {
    const body: Record<string, unknown> = {};
    body.self = body;
    await expect(client().request({ method: "POST", path: "/x", body })).rejects.toThrow(
      /"body" must be JSON/,
    );
  });

  it("masks phone numbers of its path in events and errors", async () => {
    server.answers({ status: 404, json: { message: "no chat 14155550123@c.us" } });
    const wasend = client();
    const paths: string[] = [];
    wasend.on("request", ({ path }) => paths.push(path));
    const error = await wasend.request({ method: "GET", path: "/s/chats/14155550123@c.us" }).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(paths).toEqual(["/s/chats/…0123@c.us"]);
    expect(String(error)).not.toContain("14155550123");
  });
});

describe("numbers in a path of one's own, however they are grouped", () => {
  it.each([
    ["/s/contacts/+1-415-555-0123", "/s/contacts/+…0123"],
    ["/s/contacts/+1(415)555.0123@c.us/picture", "/s/contacts/+…0123@c.us/picture"],
    ["/s/contacts/%2B1%2D415%2D555%2D0123", "/s/contacts/+…0123"],
    ["/s/contacts/%2B1%20415%20555%200123", "/s/contacts/+…0123"],
    ["/s/contacts/%252B1%252D415%252D555%252D0123", "/s/contacts/+…0123"],
    ["/s/contacts/%31%34%31%35%35%35%35%30%31%32%33", "/s/contacts/…0123"],
    ["/s/v2/labels/a%20b", "/s/v2/labels/a%20b"],
  ])("%s", async (path, told) => {
    const said = decodeURIComponent(path);
    server.answers({ status: 404, json: { message: `no contact at ${path}`, error: said, path } });
    const wasend = client();
    const paths: string[] = [];
    wasend.on("request", (event) => paths.push(event.path));
    const error = await wasend.request({ method: "GET", path }).catch((reason: unknown) => reason);
    expect(paths).toEqual([told]);
    const all = `${error} ${JSON.stringify(error)} ${JSON.stringify((error as { body?: unknown }).body)}`;
    expect(all).toContain(told);
    if (told.includes("0123")) expect(all).not.toMatch(/1\D{0,9}415\D{0,9}555|%31%34/);
    expect(server.seen[0]?.target).toBe(path);
  });
});

describe("the promise of a call", () => {
  const send = (wasend: Wasend) => wasend.messages.sendText({ to, text: "Hi" });
  const headers = {
    "x-request-id": "req_7",
    "x-ratelimit-limit": "60",
    "x-ratelimit-remaining": "59",
    "x-other": "a",
  };

  it("starts at once, and once, however often it is asked", async () => {
    server.answers({ json: { id: MESSAGE } });
    const call = send(client());
    await vi.waitFor(() => expect(server.seen).toHaveLength(1));
    await Promise.all([call, call.withResponse(), call.asResponse(), call.finally(() => {})]);
    expect(server.seen).toHaveLength(1);
    expect(call).toBeInstanceOf(Promise);
  });

  it("gives the answer with the data", async () => {
    server.answers({ json: { id: MESSAGE }, headers });
    const { data, response, requestId, rateLimit, attempts } = await send(client()).withResponse();
    expect(data.id).toBe(MESSAGE);
    expect(await response.json()).toEqual({ id: MESSAGE });
    expect([response.status, response.headers.get("x-other")]).toEqual([201, "a"]);
    expect({ requestId, attempts }).toEqual({ requestId: "req_7", attempts: 1 });
    expect(rateLimit).toMatchObject({ limit: 60, remaining: 59 });
  });

  it("knows nothing that the server did not say", async () => {
    server.answers({ json: { id: MESSAGE } });
    const { requestId, rateLimit } = await send(client()).withResponse();
    expect({ requestId, rateLimit }).toEqual({ requestId: undefined, rateLimit: undefined });
  });

  it("gives the answer alone, though it could not be read", async () => {
    server.answers({ text: "<html>" });
    const response = await send(client()).asResponse();
    expect([response.status, await response.text()]).toEqual([201, "<html>"]);
  });

  it.each(["then", "withResponse", "asResponse"] as const)("fails once, by %s as well", async (how) => {
    server.answers({ status: 400, json: { message: ["text must be short", "to is odd"] } });
    const call = send(client());
    const failing: Promise<unknown> = how === "then" ? call.then() : call[how]();
    await expect(failing).rejects.toMatchObject({
      name: "BadRequestError",
      message: expect.stringContaining("text must be short; to is odd"),
    });
  });
});
