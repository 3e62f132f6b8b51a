import { ConfigurationError, Wasend, type WasendOptions } from "@wasend/sdk";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

const KEY = "key_0123456789";

beforeEach(() => {
  for (const name of ["WASEND_API_KEY", "WASEND_BASE_URL", "WASEND_SESSION", "WASEND_LOG"])
    vi.stubEnv(name, undefined);
});
afterEach(() => {
  vi.unstubAllEnvs();
});

interface Asked {
  url: string;
  headers: Record<string, string>;
}

/** A client whose requests end here. */
function recorder(options: WasendOptions = {}) {
  const asked: Asked[] = [];
  const fetch = async (url: string, init: RequestInit) => {
    asked.push({ url, headers: Object.fromEntries(new Headers(init.headers)) });
    return Response.json([]);
  };
  return {
    asked,
    fetch,
    wasend: new Wasend({ apiKey: KEY, session: "s1", logLevel: "off", ...options, fetch }),
  };
}

function refusal(options: unknown): ConfigurationError {
  try {
    new Wasend(options as WasendOptions);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(error).toMatchObject({ code: "configuration_error", outcome: "not_sent" });
    return error as ConfigurationError;
  }
  throw new Error("it was not refused");
}

describe("the key", () => {
  it("is required, and the error says how to give it", () => {
    for (const apiKey of [undefined, "", "  \n", null, 7])
      expect(refusal({ apiKey }).message).toMatch(/new Wasend\(\{ apiKey \}\).*WASEND_API_KEY/);
    expect(refusal("sk_live").message).toContain("new Wasend({ apiKey })");
  });

  it("is trimmed, and comes from the environment when it is left out", async () => {
    vi.stubEnv("WASEND_API_KEY", " env_key\n");
    const { asked, wasend } = recorder({ apiKey: undefined });
    await wasend.chats.list();
    await wasend.withOptions({ apiKey: ` ${KEY}\r\n` }).chats.list();
    expect(asked.map(({ headers }) => headers.authorization)).toEqual(["Bearer env_key", `Bearer ${KEY}`]);
  });

  it.each(["sk secret", "sk\nsecret", "sk\u0000secret", "sk_sécret"])(
    "%j is refused and not shown",
    (apiKey) => {
      const error = refusal({ apiKey });
      expect(`${error.message} ${JSON.stringify(error)} ${error.stack}`).not.toMatch(/secret|sécret/);
      expect(error.message).toMatch(/characters that no key has/);
    },
  );

  it("is in nothing that a client shows of itself", () => {
    const { wasend } = recorder();
    expect(JSON.stringify(wasend)).not.toContain(KEY);
    expect(
      Object.values(wasend)
        .map((value) => JSON.stringify(value))
        .join(),
    ).not.toContain(KEY);
  });
});

describe("the base URL", () => {
  it.each([
    [undefined, "https://api.wasend.dev/s1/chats"],
    ["https://example.com", "https://example.com/s1/chats"],
    ["https://example.com/", "https://example.com/s1/chats"],
    ["https://example.com/wa/v1", "https://example.com/wa/v1/s1/chats"],
    ["https://example.com/wa/v1//", "https://example.com/wa/v1/s1/chats"],
    ["https://example.com:8443/?", "https://example.com:8443/s1/chats"],
    ["https://example.com/#", "https://example.com/s1/chats"],
    ["http://localhost:3001", "http://localhost:3001/s1/chats"],
    ["http://127.0.0.1:3001", "http://127.0.0.1:3001/s1/chats"],
    ["http://127.8.9.1", "http://127.8.9.1/s1/chats"],
    ["http://[::1]:3001/", "http://[::1]:3001/s1/chats"],
    ["http://wasend.localhost", "http://wasend.localhost/s1/chats"],
  ])("%s becomes %s", async (baseUrl, url) => {
    const { asked, wasend } = recorder({ baseUrl });
    await wasend.chats.list();
    expect(asked.map((one) => one.url)).toEqual([url]);
  });

  it("comes from the environment when it is left out", async () => {
    vi.stubEnv("WASEND_BASE_URL", "https://env.example.com");
    const { asked, wasend } = recorder();
    await wasend.chats.list();
    expect(asked[0]?.url).toBe("https://env.example.com/s1/chats");
  });

  it.each([
    ["api.wasend.dev", /absolute address/],
    ["/api", /absolute address/],
    ["", /absolute address/],
    ["http://api.wasend.dev", /must be https:/],
    ["http://localhost.example.com", /must be https:/],
    ["http://127.0.0.1.example.com", /must be https:/],
    ["http://10.0.0.1", /must be https:/],
    ["ftp://localhost", /must be https:/],
    ["https://user:geheim@example.com", /credentials/],
    ["https://example.com?geheim=1", /query/],
    ["https://example.com#geheim", /fragment/],
    [7, /absolute address/],
  ])("%j is refused", (baseUrl, why) => {
    const { message } = refusal({ apiKey: KEY, baseUrl });
    expect(message).toMatch(why);
    expect(message).not.toContain("geheim");
  });
});

describe("limits", () => {
  it.each([
    [{ timeout: 0 }, /timeout must be/],
    [{ timeout: -1 }, /timeout must be/],
    [{ timeout: Number.NaN }, /timeout must be/],
    [{ timeout: null }, /timeout must be/],
    [{ deadline: 0 }, /deadline must be/],
    [{ deadline: new Date("never") }, /deadline must be/],
    [{ maxRetries: 1.5 }, /maxRetries must be a whole number/],
    [{ maxRetries: -1 }, /maxRetries/],
    [{ rateLimit: { perSecond: 0 } }, /rateLimit\.perSecond must be a whole number, 1 or more/],
    [{ rateLimit: { perMinute: 1.5 } }, /rateLimit\.perMinute/],
    [{ rateLimit: { concurrency: "5" } }, /rateLimit\.concurrency/],
    [{ rateLimit: { onLimit: "drop" } }, /rateLimit\.onLimit must be "wait" or "throw"/],
    [{ rateLimit: null }, /rateLimit must be an object/],
    [{ rateLimit: 5 }, /rateLimit must be an object/],
    [{ logLevel: "loud" }, /logLevel must be one of off, error, warn, info, debug/],
    [{ headers: { "x-a": "1\r\nx-b: 2" } }, /headers\.x-a must be a text without line breaks/],
    [{ headers: { "x a": "1" } }, /headers\.x\?a is no name of a header/],
    [{ headers: { "x\r\ny": "1" } }, /is no name of a header/],
    [{ headers: { Authorization: "Bearer other" } }, /headers\.Authorization is set by the SDK itself/],
    [{ headers: { Host: "evil" } }, /headers\.Host is set by the SDK itself/],
    [{ headers: { "content-length": "1" } }, /set by the SDK itself/],
    [{ fetch: "no" }, /fetch must be a function/],
    [{ fetch: () => {}, agent: {} }, /agent cannot be used here: a fetch brings its own connections/],
  ])("%j are refused", (options, why) => {
    expect(refusal({ apiKey: KEY, ...options }).message).toMatch(why);
  });

  it("are all named at once", () => {
    const { message } = refusal({ apiKey: KEY, timeout: 0, maxRetries: -1, headers: { host: "x" } });
    expect(message).toMatch(/timeout.*; maxRetries.*; headers\.host/);
  });

  it.each([
    { timeout: 0.5, deadline: Number.POSITIVE_INFINITY, maxRetries: 0 },
    { timeout: Number.POSITIVE_INFINITY, deadline: new Date(Date.now() + 60_000) },
    { rateLimit: {} },
  ])("%j are fine", async (options) => {
    await recorder(options).wasend.chats.list();
  });

  it("take their level from the environment", () => {
    vi.stubEnv("WASEND_LOG", "loud");
    expect(refusal({ apiKey: KEY }).message).toMatch(/logLevel must be one of/);
  });
});

describe("the session", () => {
  it("comes from the environment when it is left out, and a call's own goes first", async () => {
    vi.stubEnv("WASEND_SESSION", "env_session");
    const { asked, wasend } = recorder({ session: undefined });
    await wasend.chats.list();
    await wasend.chats.list({ session: "s2" });
    expect(asked.map(({ url }) => new URL(url).pathname)).toEqual(["/env_session/chats", "/s2/chats"]);
  });

  it("missing in both is said with what to do", async () => {
    const { asked, wasend } = recorder({ session: undefined });
    await expect(wasend.chats.list()).rejects.toThrow(/"session" is missing.*\{ session \}.*WASEND_SESSION/);
    expect(asked).toEqual([]);
  });

  it.each(["", "  "])("%j in the environment is none", async (value) => {
    vi.stubEnv("WASEND_SESSION", value);
    await expect(recorder({ session: undefined }).wasend.chats.list()).rejects.toThrow(
      /"session" is missing/,
    );
  });
});

describe("headers", () => {
  it("of the client and of the call are merged, whatever their case, and null takes one out", async () => {
    const { asked, wasend } = recorder({
      headers: { "X-A": "client", "x-b": "client", "User-Agent": "mine/1" },
    });
    await wasend.chats.list({}, { headers: { "x-a": "call", "X-B": null, accept: null, "x-c": undefined } });
    const headers = asked[0]?.headers;
    expect(headers).toMatchObject({ "x-a": "call", "user-agent": "mine/1", authorization: `Bearer ${KEY}` });
    expect(Object.keys(headers ?? {}).sort()).toEqual(["authorization", "user-agent", "x-a"]);
  });

  it.each([
    [{ headers: { authorization: null } }, /set by the SDK itself/],
    [{ headers: { "x-a": "a\nb" } }, /line breaks/],
    [{ headers: { "x-a": 5 } }, /must be a text/],
    [{ timeout: -5 }, /"timeout"/],
    [{ maxRetries: Number.NaN }, /"maxRetries"/],
    [{ deadline: "soon" }, /"deadline"/],
    [{ timeout: "5000" }, /"timeout"/],
    [{ signal: new AbortController() }, /"signal" must be an AbortSignal/],
    [{ signal: null }, /"signal" must be an AbortSignal/],
    [{ headers: new Headers({ "x-a": "1" }) }, /"headers" must be an object/],
    [{ headers: [["x-a", "1"]] }, /"headers" must be an object/],
    [{ headers: "x-a: 1" }, /"headers" must be an object/],
    [null, /"options" must be an object/],
    ["fast", /"options" must be an object/],
  ])("and limits of a call are checked before any network: %j", async (options, why) => {
    const { asked, wasend } = recorder();
    const error = await wasend.chats.list({}, options as never).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toMatchObject({ name: "ValidationError", message: expect.stringMatching(why) });
    expect(asked).toEqual([]);
  });
});
