import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, it, vi } from "vitest";
import type { StreamedBody } from "../../src/http/body.js";
import { createKyTransport, type FetchLike } from "../../src/http/ky-transport.js";
import { Cancellation, TransportFailure, type TransportRequest } from "../../src/http/transport.js";

const request = (over: Partial<TransportRequest> = {}): TransportRequest => ({
  method: "POST",
  url: "https://api.wasend.dev/sendText",
  headers: { authorization: "Bearer key" },
  body: "{}",
  cancellation: new Cancellation(),
  repeatable: false,
  ...over,
});

async function failure(fetch: FetchLike, over: Partial<TransportRequest> = {}): Promise<TransportFailure> {
  const failed = await createKyTransport(fetch)(request(over)).catch((error: unknown) => error);
  if (!(failed instanceof TransportFailure)) throw new Error("no transport failure");
  return failed;
}

const failed = (code: string, where: "cause" | "error") =>
  where === "error"
    ? Object.assign(new TypeError("fetch failed"), { code })
    : new TypeError("fetch failed", { cause: Object.assign(new Error("why"), { code }) });

describe("over fetch only a few codes prove that nothing left", () => {
  const proofs = [
    "ECONNREFUSED",
    "ENOTFOUND",
    "DEPTH_ZERO_SELF_SIGNED_CERT",
    "SELF_SIGNED_CERT_IN_CHAIN",
    "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
    "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
    "CERT_HAS_EXPIRED",
    "ERR_TLS_CERT_ALTNAME_INVALID",
  ];
  const others = [
    "ECONNRESET",
    "EPIPE",
    "ETIMEDOUT",
    "UND_ERR_SOCKET",
    "UND_ERR_CONNECT_TIMEOUT",
    "UND_ERR_HEADERS_TIMEOUT",
    "ERR_SSL_WRONG_VERSION_NUMBER",
    "XECONNREFUSED",
    "",
  ];

  it.each(proofs)("%s does", async (code) => {
    for (const where of ["cause", "error"] as const)
      expect((await failure(() => Promise.reject(failed(code, where)))).handed).toBe(false);
  });

  it.each(others)("%j does not", async (code) => {
    for (const where of ["cause", "error"] as const)
      expect((await failure(() => Promise.reject(failed(code, where)))).handed).toBe(true);
  });

  it.each([[undefined], [null], ["text"], [new TypeError("Failed to fetch")], [{ code: 7 }]])(
    "%j does not",
    async (thrown) => {
      expect((await failure(() => Promise.reject(thrown))).handed).toBe(true);
    },
  );

  it("a code after the status line proves nothing", async () => {
    const body = new ReadableStream({
      pull: (controller) => controller.error(failed("ECONNREFUSED", "error")),
    });
    expect(await failure(async () => new Response(body, { status: 201 }))).toMatchObject({
      handed: true,
      status: 201,
    });
  });
});

describe("a stand-in for fetch", () => {
  it("is called with a plain address and options, once, and told not to follow redirects", async () => {
    const fetch = vi.fn<FetchLike>(
      async () => new Response('{"id":"1"}', { status: 201, headers: { "X-Request-Id": "r" } }),
    );
    const { status, headers, body } = await createKyTransport(fetch)(request());
    expect([status, headers["x-request-id"], new TextDecoder().decode(body)]).toEqual([
      201,
      "r",
      '{"id":"1"}',
    ]);
    expect(fetch).toHaveBeenCalledTimes(1);
    const [url, init] = fetch.mock.calls[0]!;
    expect(url).toBe("https://api.wasend.dev/sendText");
    expect(init).toMatchObject({
      method: "POST",
      body: "{}",
      redirect: "manual",
      headers: { authorization: "Bearer key" },
    });
  });

  it.each([408, 413, 429, 500, 502, 503, 504])("that answers %i is not asked again by ky", async (status) => {
    const fetch = vi.fn<FetchLike>(async () => new Response("", { status, headers: { "retry-after": "0" } }));
    expect((await createKyTransport(fetch)(request({ method: "GET", body: undefined }))).status).toBe(status);
    expect(fetch).toHaveBeenCalledTimes(1);
  });

  it("that hides a redirect, as browsers do, has redirected", async () => {
    const hidden = {
      type: "opaqueredirect",
      status: 0,
      headers: new Headers(),
      arrayBuffer: async () => new ArrayBuffer(0),
      clone: () => hidden,
      ok: false,
    };
    const { status } = await createKyTransport(async () => hidden as unknown as Response)(request());
    expect(status).toBe(302);
  });

  it("that throws at once has failed like one that rejects", async () => {
    const fetch: FetchLike = () => {
      throw failed("ENOTFOUND", "cause");
    };
    expect((await failure(fetch)).handed).toBe(false);
  });

  it("that heeds no signal does not keep the call from ending", async () => {
    const cancellation = new Cancellation();
    const ending = failure(() => new Promise(() => {}), { cancellation });
    await wait(5);
    cancellation.cancel();
    expect(await ending).toMatchObject({ handed: true, status: undefined });
  });

  it("is not called when the call ends while its body is being made", async () => {
    const cancellation = new Cancellation();
    let made = (_: Uint8Array) => {};
    const body: StreamedBody = {
      byteLength: 2,
      onProgress: undefined,
      pieces: () => [
        new Promise<Uint8Array>((resolve) => {
          made = resolve;
        }),
      ],
    };
    const fetch = vi.fn<FetchLike>(async () => new Response("{}"));
    const ending = failure(fetch, { cancellation, body });
    await wait(5);
    cancellation.cancel();
    expect((await ending).handed).toBe(false);
    made(new Uint8Array(2));
    await wait(5);
    expect(fetch).not.toHaveBeenCalled();
  });
});
