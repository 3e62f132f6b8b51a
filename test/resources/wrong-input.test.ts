import { ConfigurationError, ValidationError, Wasend, type WasendOptions } from "@wasend/sdk";
import { describe, expect, it } from "vitest";
import { failureOf } from "../http/support.js";
import { client, mockServer } from "./mock-server.js";
import { PHONE as to } from "./row.js";

const server = mockServer();
const url = "https://example.com/a.bin";
const bytes = new Uint8Array([1, 2, 3]);
const wrong = (value: unknown) => value as never;

describe("calls refuse by name what is of no use to them", () => {
  it.each<[string, (wasend: Wasend) => Promise<unknown>, string, RegExp]>([
    ["media.send()", ({ media }) => media.send(wrong(undefined)), "", /^media\.send: needs an object with/],
    ["media.send(null)", ({ media }) => media.send(wrong(null)), "", /^media\.send: needs an object with/],
    ["media.send([])", ({ media }) => media.send(wrong([])), "", /^media\.send: needs an object with/],
    ["a type", ({ media }) => media.send({ to, url, mimeType: wrong(5) }), "mimeType", /must be a text/],
    [
      "a name",
      ({ media }) => media.send({ to, data: bytes, fileName: wrong(5) }),
      "fileName",
      /must be a text/,
    ],
    ["a caption", ({ media }) => media.send({ to, url, caption: wrong({}) }), "caption", /must be a text/],
    ["inspect", ({ media }) => media.inspect(bytes, wrong(null)), "options", /must be an object/],
    [
      "inspect, a name",
      ({ media }) => media.inspect(bytes, { fileName: wrong(5) }),
      "fileName",
      /^media\.inspect: .*must be a text/,
    ],
    [
      "download()",
      ({ media }) => media.download(wrong(undefined)),
      "target",
      /must be an address, a message/,
    ],
    ["download(null)", ({ media }) => media.download(wrong(null)), "target", /must be an address, a message/],
    ["download(5)", ({ media }) => media.download(wrong(5)), "target", /must be an address, a message/],
    [
      "download of no media",
      ({ media }) => media.download({ media: wrong(5) }),
      "media",
      /must be an object/,
    ],
    ["download, a type", ({ media }) => media.download({ url, mimetype: wrong(5) }), "mimetype", /be a text/],
    [
      "download, a name",
      ({ media }) => media.download({ url, filename: wrong({}) }),
      "filename",
      /be a text/,
    ],
    ["download, options", ({ media }) => media.download(url, wrong(null)), "options", /must be an object/],
    ["download, a signal", ({ media }) => media.download(url, { signal: wrong(5) }), "signal", /AbortSignal/],
    ["download, a size", ({ media }) => media.download(url, { maxBytes: wrong("5") }), "maxBytes", /number/],
    [
      "download, a switch",
      ({ media }) => media.download(url, { allowPrivate: wrong("false") }),
      "allowPrivate",
      /true or false/,
    ],
    ["a list", ({ chats }) => chats.list(wrong(null)), "", /^chats\.list: needs an object with/],
    [
      "a limit of null",
      ({ chats }) => chats.listMessages(to, { limit: wrong(null) }),
      "limit",
      /must be a whole number/,
    ],
  ])("%s", async (_, call, path, message) => {
    const error = await failureOf(call(client()));
    expect(error).toBeInstanceOf(ValidationError);
    expect(error.issues).toMatchObject([{ path }]);
    expect(error.message).toMatch(message);
    expect(server.seen).toHaveLength(0);
  });
});

describe("clients refuse what they cannot be made of", () => {
  const KEY = { apiKey: "key" };
  it.each<[string, () => unknown, RegExp]>([
    ["new Wasend(null)", () => new Wasend(wrong(null)), /options must be an object/],
    ["new Wasend(key)", () => new Wasend(wrong("key")), /options must be an object/],
    ["withOptions(null)", () => client().withOptions(wrong(null)), /options must be an object/],
    ["withOptions()", () => client().withOptions(wrong(undefined)), /options must be an object/],
    ["mediaLimits", () => new Wasend({ ...KEY, mediaLimits: wrong(null) }), /mediaLimits must be an object/],
    [
      "mediaLimits of no name",
      () => new Wasend({ ...KEY, mediaLimits: wrong({ toString: 5 }) }),
      /mediaLimits has no "toString"/,
    ],
    ["baseUrl", () => new Wasend({ ...KEY, baseUrl: wrong(Symbol("x")) }), /baseUrl must be an absolute/],
    [
      "on",
      () => client().on("request", wrong(undefined)),
      /on\("request"\): the listener must be a function/,
    ],
    ["once", () => client().once("request", wrong({})), /once\("request"\): the listener must be/],
    ["off", () => client().off("request", wrong(undefined)), /off\("request"\): the listener must be/],
    ...[new Headers({ "x-a": "1" }), "abc", [["x-a", "1"]], { "x a": "1" }, { Host: "x" }].map(
      (headers): [string, () => unknown, RegExp] => [
        `withOptions({ headers: ${headers.constructor.name} })`,
        () => client().withOptions({ headers: wrong(headers) }),
        /^headers/,
      ],
    ),
  ])("%s", (_, make, message) => {
    expect(make).toThrow(ConfigurationError);
    expect(make).toThrow(message);
  });
});

it("headers of a copy are laid over its own, whatever their case", async () => {
  const headers: WasendOptions["headers"] = { "X-A": "1", "x-b": "1", "x-c": "1" };
  const wasend = client({ headers })
    .withOptions({ headers: { "x-a": "2", "X-B": null, "X-C": undefined } })
    .withOptions({ headers: { "X-A": "3" } });
  await wasend.account.get().catch(() => {});
  const [seen] = server.seen;
  expect([seen?.headers["x-a"], seen?.headers["x-b"], seen?.headers["x-c"]]).toEqual(["3", undefined, "1"]);
});

it.each([undefined, null, {}, { limit: undefined }])(
  "messages are asked for with a limit: %j",
  async (params) => {
    server.answers({ json: [] });
    await client().chats.listMessages(to, params as never);
    expect(server.seen[0]?.query.limit).toBe("50");
  },
);

describe("a phone number for a name is not printed", () => {
  it.each(["+14155550199", "+1-415-555-0199", "1.415.555.0199", "call me +1 415 555 0199 secret"])(
    "%s",
    async (name) => {
      const wasend = client();
      const field = { [name]: 1 };
      const calls = [
        wasend.media.send({ to, url, ...field }),
        wasend.messages.send({ to, text: "x", ...field }),
        wasend.groups.create({ name: "a", participants: [{ id: to, ...field }] }),
        wasend.request({ method: "GET", path: "/a", query: { [name]: wrong({}) } }),
      ];
      for (const call of calls) {
        const error = await failureOf(call);
        expect(error).toBeInstanceOf(ValidationError);
        expect(JSON.stringify([error.message, error.issues])).not.toMatch(/0199|415|secret/);
        expect(error.message).toContain("…");
      }
    },
  );

  it("other names are", async () => {
    await expect(client().media.send({ to, url, ...{ file_name: 1 } })).rejects.toThrow(
      /"file_name" is not a/,
    );
  });
});
