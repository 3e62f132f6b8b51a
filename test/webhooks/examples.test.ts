import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { deliver, listen, messageBody, secret } from "./deliver.js";

const root = fileURLToPath(new URL("../..", import.meta.url));

interface Running {
  url: string;
  output: () => string;
  process: ChildProcessWithoutNullStreams;
}

/** Starts an example as its first line says, on a free port. */
async function start(file: string): Promise<Running> {
  const process_ = spawn(process.execPath, ["--import", "tsx", `examples/${file}`], {
    cwd: root,
    env: { ...process.env, PORT: "0", WASEND_WEBHOOK_SECRET: secret },
  });
  let output = "";
  process_.stdout.on("data", (text) => (output += text));
  process_.stderr.on("data", (text) => (output += text));
  await vi.waitFor(() => expect(output).toMatch(/listening on .*port: \d+/s), {
    timeout: 20_000,
    interval: 20,
  });
  const url = `http://localhost:${/port: (\d+)/.exec(output)?.[1]}/webhooks/wasend`;
  return { url, output: () => output, process: process_ };
}

describe("examples that listen", () => {
  const files = [
    "webhooks/node-http.ts",
    "webhooks/express.ts",
    "webhooks/fastify.ts",
    "inspect-delivery.ts",
  ];
  let running: Map<string, Running>;
  beforeAll(async () => {
    running = new Map(await Promise.all(files.map(async (file) => [file, await start(file)] as const)));
  }, 30_000);
  afterAll(() => {
    for (const { process } of running.values()) process.kill();
  });

  it.each(files.slice(0, 3))("%s takes a genuine delivery once and refuses a forged one", async (file) => {
    const { url, output } = running.get(file)!;
    const body = messageBody("evt_1");
    expect((await deliver(url, body)).status).toBe(200);
    expect((await deliver(url, body)).status).toBe(200);
    expect((await deliver(url, `${body} `, { "x-webhook-hmac": "0".repeat(128) })).status).toBe(401);
    await vi.waitFor(() => expect(output().match(/got a message of kind text/g)).toHaveLength(1));
  });

  it("inspect-delivery.ts says what came and which scheme matches, without texts and numbers", async () => {
    const { url, output } = running.get("inspect-delivery.ts")!;
    expect((await deliver(url, messageBody("evt_1", "my secret text"))).status).toBe(200);
    await vi.waitFor(() => expect(output()).toMatch(/envelope .*"session": "sales"/s));
    expect(output()).toContain("scheme hmacSha512: matches");
    expect(output()).toContain("scheme urlToken: no: missing_header");
    expect(output()).toContain("event message, typed");
    expect(output()).toMatch(/"x-webhook-hmac-algorithm": "sha512"/);
    expect(output()).not.toMatch(/my secret text|550000000002|test-webhook-key/);
  });
});

describe("examples that are called", () => {
  const got = vi.spyOn(console, "log").mockImplementation(() => {});
  vi.stubEnv("WASEND_WEBHOOK_SECRET", secret);
  afterAll(() => {
    got.mockRestore();
    vi.unstubAllEnvs();
  });

  type Fetch = (request: Request) => Response | Promise<Response>;

  const modules: Record<string, () => Promise<Fetch>> = {
    "hono.ts": async () => (await import("../../examples/webhooks/hono.js")).app.fetch,
    "next-route.ts": async () => (await import("../../examples/webhooks/next-route.js")).POST,
    "worker.ts": async () => {
      const { worker } = await import("../../examples/webhooks/worker.js");
      return (request) => worker.fetch(request, { WASEND_WEBHOOK_SECRET: secret }, { waitUntil: () => {} });
    },
    "lambda.ts": async () => {
      const { handler } = await import("../../examples/webhooks/lambda.js");
      return async (request) => {
        const { statusCode, headers, body } = await handler({
          rawPath: "/webhooks/wasend",
          headers: Object.fromEntries(request.headers),
          body: Buffer.from(await request.arrayBuffer()).toString("base64"),
          isBase64Encoded: true,
          requestContext: { http: { method: request.method } },
        });
        return new Response(body, { status: statusCode, headers });
      };
    },
  };

  it.each(Object.entries(modules))(
    "%s takes a genuine delivery once and refuses a forged one",
    async (_file, load) => {
      const handle = await load();
      got.mockClear();
      const { url, close } = await listen(
        createServer(async (request, response) => {
          const chunks: Buffer[] = [];
          for await (const chunk of request) chunks.push(chunk);
          const headers = new Headers(request.headers as Record<string, string>);
          const init = { method: request.method ?? "", headers, body: Buffer.concat(chunks) };
          const answer = await handle(new Request(`http://shop.example${request.url}`, init));
          response.statusCode = answer.status;
          response.end(await answer.text());
        }),
      );
      const body = messageBody("evt_1");
      expect((await deliver(`${url}/webhooks/wasend`, body)).status).toBe(200);
      expect((await deliver(`${url}/webhooks/wasend`, body)).status).toBe(200);
      const forged = { "x-webhook-hmac": "0".repeat(128) };
      const silent = vi.spyOn(console, "error").mockImplementation(() => {});
      expect((await deliver(`${url}/webhooks/wasend`, body, forged)).status).toBe(401);
      silent.mockRestore();
      expect(got.mock.calls).toEqual([["got a message of kind text"]]);
      await close();
    },
  );
});
