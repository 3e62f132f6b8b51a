import { createServer } from "node:http";
import express, { type RequestHandler } from "express";
import express4 from "express4";
import fastify, { type FastifyInstance } from "fastify";
import { Hono } from "hono";
import { afterEach, describe, expect, it, vi } from "vitest";
import { expressHandler, keepRawBody } from "../../src/express.js";
import { fastifyHandler, keepRawBody as keepRawBodyInFastify } from "../../src/fastify.js";
import { lambdaHandler } from "../../src/lambda.js";
import { nodeHandler } from "../../src/node.js";
import { schemes, signWebhook, WebhookReceiver, type WebhookReceiverOptions } from "../../src/webhooks.js";
import { deliver, deliverEndless, listen, messageBody, secret } from "./deliver.js";

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

function receiverWith(options: WebhookReceiverOptions = {}) {
  const logger = { error: vi.fn() };
  const texts: (string | undefined)[] = [];
  const receiver = new WebhookReceiver({ secret, logger, ...options });
  receiver.on("message", ({ message }) => texts.push(message.text));
  return { receiver, texts, log: () => logger.error.mock.calls.flat().join("\n") };
}

async function started(server: Parameters<typeof listen>[0]): Promise<string> {
  const { url, close } = await listen(server);
  closing.push(close);
  return url;
}

type Mount = (receiver: WebhookReceiver) => string | Promise<string>;

const expressWith =
  (make: typeof express, ...middleware: RequestHandler[]): Mount =>
  (receiver) => {
    const app = make();
    for (const each of middleware) app.use(each);
    app.post("/hooks", expressHandler(receiver));
    return started(createServer(app));
  };

const fastifyWith =
  (prepare: (app: FastifyInstance, receiver: WebhookReceiver) => void): Mount =>
  async (receiver) => {
    const app = fastify();
    prepare(app, receiver);
    closing.push(() => app.close());
    return app.listen({ port: 0, host: "127.0.0.1" });
  };

const e4 = express4 as unknown as typeof express;

/** Each way to mount a receiver that must work. */
const GOOD: Record<string, Mount> = {
  "node:http": (receiver) => started(createServer(nodeHandler(receiver))),
  "express 5": expressWith(express),
  "express 5, raw": expressWith(express, express.raw({ type: "*/*" })),
  "express 5, text": expressWith(express, express.text({ type: "*/*" })),
  "express 5, json for all with keepRawBody": expressWith(express, express.json({ verify: keepRawBody })),
  "express 5, a parser for another type": expressWith(express, express.urlencoded()),
  "express 4": expressWith(e4),
  "express 4, raw": expressWith(e4, express4.raw({ type: "*/*" })),
  "express 4, json for all with keepRawBody": expressWith(e4, express4.json({ verify: keepRawBody })),
  "express 4, a parser for another type": expressWith(e4, express4.urlencoded({ extended: true })),
  "fastify with keepRawBody": fastifyWith((app, receiver) => {
    app.post("/hooks", { preParsing: keepRawBodyInFastify }, fastifyHandler(receiver));
  }),
  "fastify with a raw parser": fastifyWith((app, receiver) => {
    app.addContentTypeParser("application/json", { parseAs: "buffer" }, (_request, body, done) =>
      done(null, body),
    );
    app.post("/hooks", fastifyHandler(receiver));
  }),
  hono: (receiver) => {
    const app = new Hono();
    app.post("/hooks", (context) => receiver.handle(context.req.raw));
    return started(
      createServer(async (request, response) => {
        const body = await new Response(request as never).arrayBuffer();
        const headers = new Headers(request.headers as Record<string, string>);
        const answer = await app.fetch(
          new Request(`http://shop.example${request.url}`, { method: "POST", headers, body }),
        );
        response.statusCode = answer.status;
        response.end(await answer.text());
      }),
    );
  },
};

/** Each way to lose the bytes. */
const LOST: Record<string, Mount> = {
  "express 5, json for all": expressWith(express, express.json()),
  "express 4, json for all": expressWith(e4, express4.json()),
  "express 5, something that reads the stream": expressWith(express, (request, _response, next) => {
    request.resume().on("end", next);
  }),
  fastify: fastifyWith((app, receiver) => {
    app.post("/hooks", fastifyHandler(receiver));
  }),
};

describe.each(Object.entries(GOOD))("%s", (_name, mount) => {
  it("takes a genuine delivery once, and refuses a forged one", async () => {
    const { receiver, texts } = receiverWith();
    const url = `${await mount(receiver)}/hooks`;
    const body = messageBody("evt_1");
    expect((await deliver(url, body)).status).toBe(200);
    expect((await deliver(url, body)).status).toBe(200);
    expect((await deliver(url, body, { "x-webhook-hmac": "0".repeat(128) })).status).toBe(401);
    expect(texts).toEqual(["olá ✓"]);
  });

  it("takes the token of the address", async () => {
    const { receiver, texts } = receiverWith();
    const url = await schemes.urlToken.url(`${await mount(receiver)}/hooks`, secret);
    const headers = { "content-type": "application/json" };
    const response = await fetch(url, { method: "POST", body: messageBody("evt_1"), headers });
    expect(response.status).toBe(200);
    expect(texts).toHaveLength(1);
  });

  it("asks for a repetition when a handler fails", async () => {
    const { receiver } = receiverWith();
    receiver.on("message", () => Promise.reject(new Error("x")));
    expect((await deliver(`${await mount(receiver)}/hooks`, messageBody("evt_1"))).status).toBe(500);
  });
});

describe("a body parser ran and nothing raw is left", () => {
  it.each(Object.entries(LOST))("%s: 500 at once, with the fix in the log", async (_name, mount) => {
    const { receiver, texts, log } = receiverWith();
    receiver.onError(() => {});
    const url = `${await mount(receiver)}/hooks`;
    const begun = performance.now();
    expect((await deliver(url, messageBody("evt_1"))).status).toBe(500);
    expect(performance.now() - begun).toBeLessThan(1_000);
    expect(log()).toMatch(/a body parser ran first.*keepRawBody/);
    expect(texts).toEqual([]);
  });
});

describe("too much", () => {
  const streaming = ["node:http", "express 5", "express 4"];

  it.each(streaming)("%s answers 413 to a body that does not end", async (name) => {
    const { receiver } = receiverWith({ maxBytes: 200_000 });
    expect(await deliverEndless(`${await GOOD[name]!(receiver)}/hooks`)).toBe(413);
  });

  it.each([...streaming, "express 5, json for all with keepRawBody", "fastify with keepRawBody", "hono"])(
    "%s answers 413 to a body over the limit",
    async (name) => {
      const { receiver, texts } = receiverWith();
      const body = messageBody("evt_1", "x".repeat(1_100_000));
      expect((await deliver(`${await GOOD[name]!(receiver)}/hooks`, body)).status).toBe(413);
      expect(texts).toEqual([]);
    },
  );

  it("answers 405 to a GET and closes nothing", async () => {
    const { receiver } = receiverWith();
    const response = await fetch(`${await GOOD["node:http"]!(receiver)}/hooks`);
    expect([response.status, response.headers.get("allow")]).toEqual([405, "POST"]);
  });
});

describe("lambda", () => {
  const event = async (body: string, change: object = {}) => ({
    rawPath: "/hooks",
    rawQueryString: "",
    headers: await signWebhook(body, { secret }),
    body,
    isBase64Encoded: false,
    requestContext: { http: { method: "POST" } },
    ...change,
  });

  it("takes text and base64 bodies, once", async () => {
    const { receiver, texts } = receiverWith();
    const handler = lambdaHandler(receiver);
    const body = messageBody("evt_1");
    const base64 = { body: Buffer.from(body).toString("base64"), isBase64Encoded: true };
    expect(await handler(await event(body, base64))).toMatchObject({ statusCode: 200 });
    expect(await handler(await event(body))).toMatchObject({ statusCode: 200 });
    expect(await handler(await event(body, { body: `${body} ` }))).toMatchObject({ statusCode: 401 });
    expect(texts).toEqual(["olá ✓"]);
  });

  it("takes the token of the address, refuses other methods and lost bodies", async () => {
    const { receiver, log } = receiverWith();
    const handler = lambdaHandler(receiver);
    const body = messageBody("evt_1");
    const rawQueryString = (await schemes.urlToken.url("https://x.example/", secret)).split("?")[1];
    expect(await handler(await event(body, { headers: {}, rawQueryString }))).toMatchObject({
      statusCode: 200,
    });
    expect(await handler(await event(body, { requestContext: { http: { method: "GET" } } }))).toMatchObject({
      statusCode: 405,
    });
    expect(await handler(await event(body, { body: null }))).toMatchObject({ statusCode: 401 });
    expect(await handler(await event(body, { headers: null }))).toMatchObject({ statusCode: 401 });
    expect(await handler(null as never)).toMatchObject({ statusCode: 405 });
    expect(await handler(await event(body, { body: JSON.parse(body) }))).toMatchObject({ statusCode: 500 });
    expect(log()).toContain("a body parser ran first");
  });

  it("finishes the work before it returns, also when it acknowledges first", async () => {
    const { receiver } = receiverWith({ acknowledge: "first" });
    let done = false;
    receiver.on("message", async () => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      done = true;
    });
    await lambdaHandler(receiver)(await event(messageBody("evt_1")));
    expect(done).toBe(true);
  });
});

it("a sender that goes away in the middle of the body leaves nothing hanging", async () => {
  const { receiver, texts } = receiverWith();
  const url = new URL(await GOOD["node:http"]!(receiver));
  const { connect } = await import("node:net");
  const socket = connect(Number(url.port), "127.0.0.1");
  socket.write("POST /hooks HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{");
  const failed = new Promise((resolve) => receiver.onError(resolve));
  setTimeout(() => socket.destroy(), 20);
  expect(String(await failed)).toContain("before the body was complete");
  expect(texts).toEqual([]);
});
