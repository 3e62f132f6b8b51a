import dns from "node:dns";
import { describe, expect, it, vi } from "vitest";
import { ValidationError } from "../../src/errors/index.js";
import { Wasend } from "../../src/index.js";
import { isPrivateAddress, isPrivateHost } from "../../src/media/private-address.js";
import { load, serve } from "./support.js";

const INSIDE = [
  "0.0.0.0",
  "10.1.2.3",
  "100.64.0.1",
  "100.127.255.255",
  "127.0.0.1",
  "127.255.255.254",
  "169.254.169.254",
  "172.16.0.1",
  "172.31.255.255",
  "192.0.0.8",
  "192.168.1.1",
  "198.18.0.1",
  "198.19.255.255",
  "203.0.113.7",
  "224.0.0.1",
  "255.255.255.255",
  "::",
  "::1",
  "::ffff:127.0.0.1",
  "::ffff:7f00:1",
  "::ffff:0:127.0.0.1",
  "::127.0.0.1",
  "64:ff9b::7f00:1",
  "64:ff9b::10.0.0.1",
  "64:ff9b:1::1",
  "2002:7f00:1::",
  "2002:c0a8:101::1",
  "2001:0:4136:e378:8000:63bf:3fff:fdd2",
  "fc00::1",
  "fd12:3456::1",
  "fe80::1",
  "fe80::1%eth0",
  "fec0::1",
  "ff02::1",
  "2001:db8::1",
  "nonsense",
  "1.2.3",
  "1::2::3",
  "",
];

const OUTSIDE = [
  "1.1.1.1",
  "8.8.8.8",
  "100.63.255.255",
  "100.128.0.1",
  "172.15.255.255",
  "172.32.0.1",
  "192.0.1.1",
  "192.167.255.255",
  "198.17.255.255",
  "198.20.0.1",
  "223.255.255.255",
  "2606:4700::1111",
  "::ffff:8.8.8.8",
  "64:ff9b::8.8.8.8",
  "2002:808:808::1",
];

describe("addresses", () => {
  it.each(INSIDE)("%s is private", (address) => expect(isPrivateAddress(address)).toBe(true));
  it.each(OUTSIDE)("%s is public", (address) => expect(isPrivateAddress(address)).toBe(false));
  it.each([
    "http://localhost/",
    "http://LOCALHOST./",
    "http://a.localhost/",
    "http://printer.local/",
    "http://metadata.google.internal/",
    "http://redis/",
    "http://2130706433/",
    "http://0177.0.0.1/",
    "http://0x7f.1/",
    "http://0x7f000001/",
    "http://127.1/",
    "http://[::ffff:127.0.0.1]/",
    "http://[0:0:0:0:0:ffff:7f00:0001]/",
    "http://①②⑦.⓪.⓪.①/",
  ])("%s is private as it is written", (url) => expect(isPrivateHost(new URL(url).hostname)).toBe(true));
  it("leaves the rest of the world alone", () => {
    for (const url of [
      "https://example.com",
      "https://10.example.com",
      "https://localhost.example.com",
      "http://8.8.8.8",
    ])
      expect(isPrivateHost(new URL(url).hostname)).toBe(false);
  });
});

describe("a download from inside", () => {
  const refused = (url: string) => expect(load(url)).rejects.toBeInstanceOf(ValidationError);

  it("is refused however the address is written, without a request", async () => {
    const { port, requests } = await serve((_, response) => response.end("secret"));
    for (const host of [
      "127.0.0.1",
      "localhost",
      "2130706433",
      "0177.0.0.1",
      "0x7f000001",
      "127.1",
      "[::1]",
      "[::ffff:127.0.0.1]",
      "[::ffff:7f00:1]",
      "0.0.0.0",
      "[::]",
    ])
      await refused(`http://${host}:${port}/`);
    expect(requests).toEqual([]);
  });

  it("is refused when a name resolves there, also beside a public address", async () => {
    const { port, requests } = await serve((_, response) => response.end("secret"));
    const answers = [
      [{ address: "127.0.0.1", family: 4 }],
      [
        { address: "93.184.216.34", family: 4 },
        { address: "::1", family: 6 },
      ],
    ];
    for (const answer of answers) {
      const lookup = vi.spyOn(dns, "lookup").mockImplementation(((...args: unknown[]) => {
        (args.at(-1) as (error: null, addresses: object) => void)(null, answer);
      }) as never);
      await refused(`http://inside.example.com:${port}/`);
      expect(lookup).toHaveBeenCalledTimes(1);
      lookup.mockRestore();
    }
    expect(requests).toEqual([]);
  });

  it("is refused over a fetch of the user's, too", async () => {
    const fetch = vi.fn(async () => new Response("secret"));
    const { media } = new Wasend({ apiKey: "key", fetch });
    await expect(media.download("http://169.254.169.254/latest/meta-data")).rejects.toBeInstanceOf(
      ValidationError,
    );
    const lookup = vi.spyOn(dns, "lookup").mockImplementation(((...args: unknown[]) => {
      (args.at(-1) as (error: null, addresses: object) => void)(null, [{ address: "10.0.0.1", family: 4 }]);
    }) as never);
    await expect(media.download("https://inside.example.com/x")).rejects.toBeInstanceOf(ValidationError);
    lookup.mockRestore();
    expect(fetch).not.toHaveBeenCalled();
    expect((await (await media.download("https://api.wasend.dev/api/files/x")).bytes()).length).toBe(6);
    expect(fetch).toHaveBeenCalledTimes(1);
  });

  it("is refused when a redirect leads there, even to the API's own address", async () => {
    const inner = await serve((_, response) => response.end("secret"));
    const outer = await serve((_, response) => response.writeHead(302, { location: `${inner.url}/` }).end());
    const own = { baseUrl: outer.url };
    await expect(load(`${outer.url}/file`, {}, own)).rejects.toThrow(
      /redirects to 127\.0\.0\.1:\d+, which is inside/,
    );
    expect(inner.requests).toEqual([]);
  });

  it("is possible when it is allowed, and from the API's own address", async () => {
    const { url } = await serve((_, response) => response.end("content"));
    expect((await (await load(url, { allowPrivate: true })).bytes()).length).toBe(7);
    expect((await (await load(`${url}/x`, {}, { baseUrl: url })).bytes()).length).toBe(7);
    expect((await (await load("/api/files/x", {}, { baseUrl: url })).bytes()).length).toBe(7);
  });

  it("is no download at all for other schemes and for credentials", async () => {
    for (const url of [
      "file:///etc/passwd",
      "ftp://example.com/x",
      "https://user:pass@example.com/",
      "javascript:1",
    ])
      await refused(url);
  });
});

describe("the key", () => {
  it("goes to the API's own origin, and to nobody else", async () => {
    const other = await serve((_, response) => response.end("content"));
    const api = await serve((request, response) => {
      if (request.url === "/away") response.writeHead(302, { location: `${other.url}/file` }).end();
      else if (request.url === "/around") response.writeHead(307, { location: "/file" }).end();
      else response.end("content");
    });
    const own = { baseUrl: `${api.url}/v1` };
    const open = { allowPrivate: true };
    await (await load(`${api.url}/file`, open, own)).bytes();
    await (await load(`${api.url}/away`, open, own)).bytes();
    await (await load(`${api.url}/around`, open, own)).bytes();
    await (await load(`${other.url}/file`, open, own)).bytes();
    expect(api.requests.map(({ url, headers }) => [url, headers.authorization])).toEqual([
      ["/file", "Bearer secret-key"],
      ["/away", "Bearer secret-key"],
      ["/around", "Bearer secret-key"],
      ["/file", undefined],
    ]);
    expect(other.requests.map(({ headers }) => headers.authorization)).toEqual([undefined, undefined]);
  });

  it("and redirects have an end", async () => {
    const { url, requests } = await serve((_, response) =>
      response.writeHead(302, { location: "/again" }).end(),
    );
    await expect(load(url, { allowPrivate: true })).rejects.toMatchObject({ status: 302 });
    expect(requests.length).toBe(6);
  });
});
