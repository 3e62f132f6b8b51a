import http from "node:http";
import https from "node:https";
import { ConfigurationError } from "@wasend/sdk";
import { HttpsProxyAgent } from "https-proxy-agent";
import { describe, expect, it } from "vitest";
import { CALLS, clientOf, failureOf } from "./support.js";

const HTTP = "http://127.0.0.1:9";
const HTTPS = "https://127.0.0.1:9";

describe("an agent that cannot work is refused", () => {
  it.each<[string, unknown, string, RegExp]>([
    ["an empty object", {}, HTTP, /agent must be an Agent of node:http or node:https/],
    ["null", null, HTTP, /agent must be an Agent/],
    ["false", false, HTTP, /agent must be an Agent/],
    ["an address", "http://proxy:8080", HTTPS, /agent must be an Agent/],
    ["one for http:", new http.Agent(), HTTPS, /agent is one for http: addresses, and baseUrl is https:/],
    ["one for https:", new https.Agent(), HTTP, /agent is one for https: addresses/],
  ])("%s", (_, agent, url, message) => {
    expect(() => clientOf(url, "node", { agent: agent as object })).toThrow(ConfigurationError);
    expect(() => clientOf(url, "node", { agent: agent as object })).toThrow(message);
    expect(() => clientOf(url, "node").withOptions({ agent: agent as object })).toThrow(message);
  });

  it("also when only the address changes", () => {
    const wasend = clientOf(HTTP, "node", { agent: new http.Agent() });
    expect(() => wasend.withOptions({ baseUrl: HTTPS })).toThrow(ConfigurationError);
  });
});

it.each([HTTP, HTTPS])("a proxy's is taken for %s", (url) => {
  expect(() => clientOf(url, "node", { agent: new HttpsProxyAgent("http://127.0.0.1:9") })).not.toThrow();
});

it("one that throws: nothing was sent", async () => {
  class Broken extends http.Agent {
    addRequest(): void {
      throw new Error("from the agent");
    }
  }
  const wasend = clientOf(HTTP, "node", { agent: new Broken(), maxRetries: 0 });
  expect(await failureOf(CALLS.send(wasend))).toMatchObject({
    name: "ConnectionError",
    outcome: "not_sent",
    cause: { message: "from the agent" },
  });
});
