import { createServer, type RequestListener } from "node:http";
import { connect } from "node:net";
import express from "express";
import fastify from "fastify";
import { afterEach, describe, expect, it, vi } from "vitest";
import { expressHandler } from "../../src/express.js";
import { fastifyHandler, keepRawBody } from "../../src/fastify.js";
import { nodeHandler } from "../../src/node.js";
import { WebhookReceiver } from "../../src/webhooks.js";
import { deliver, listen, messageBody, secret } from "./deliver.js";

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

async function started(listener: RequestListener): Promise<string> {
  const { url, close } = await listen(createServer(listener));
  closing.push(close);
  return url;
}

const quietReceiver = () => new WebhookReceiver({ secret, logger: { error: () => {} } });

describe("a time-out has answered while a listener is slow", () => {
  /** A receiver whose listener ends when it is told to. */
  function slowReceiver() {
    const receiver = quietReceiver();
    let end = () => {};
    const slow = new Promise<void>((resolve) => {
      end = resolve;
    });
    receiver.on("message", () => slow);
    return { receiver, end };
  }

  /** What the handler's promise comes to. */
  const ends = (handling: Promise<unknown>) =>
    handling.then(
      () => "resolved",
      (error) => String(error),
    );

  it.each(["ended", "begun"])("node:http: the handler never rejects when an answer is %s", async (how) => {
    const { receiver, end } = slowReceiver();
    const handle = nodeHandler(receiver);
    const outcomes: Promise<string>[] = [];
    const url = await started((request, response) => {
      outcomes.push(ends(handle(request, response)));
      setTimeout(() => {
        response.writeHead(503);
        if (how === "ended") response.end("slow");
        else response.write("slow");
        end();
        setTimeout(() => response.end(), 30);
      }, 30);
    });
    expect((await deliver(url, messageBody("evt_1"))).status).toBe(503);
    expect(await Promise.all(outcomes)).toEqual(["resolved"]);
  });

  it("express: the handler never rejects", async () => {
    const { receiver, end } = slowReceiver();
    const handle = expressHandler(receiver);
    const outcomes: Promise<string>[] = [];
    const app = express();
    app.use((_request, response, next) => {
      setTimeout(() => {
        response.status(503).send("slow");
        end();
      }, 30);
      next();
    });
    app.post("/hooks", (request, response) => void outcomes.push(ends(handle(request, response))));
    expect((await deliver(`${await started(app)}/hooks`, messageBody("evt_1"))).status).toBe(503);
    expect(await Promise.all(outcomes)).toEqual(["resolved"]);
  });

  it("fastify: the handler neither rejects nor answers again", async () => {
    const { receiver, end } = slowReceiver();
    const handle = fastifyHandler(receiver);
    const outcomes: Promise<string>[] = [];
    const app = fastify();
    closing.push(() => app.close());
    const send = vi.fn();
    app.post("/hooks", { preParsing: keepRawBody }, (request, reply) => {
      reply.hijack();
      setTimeout(() => {
        reply.raw.writeHead(503).end("slow");
        end();
      }, 30);
      const watched = new Proxy(reply, {
        get: (target, name) => (name === "send" ? send : Reflect.get(target, name, target)),
      });
      outcomes.push(ends(handle(request, watched)));
    });
    const url = await app.listen({ port: 0, host: "127.0.0.1" });
    expect((await deliver(`${url}/hooks`, messageBody("evt_1"))).status).toBe(503);
    expect(await Promise.all(outcomes)).toEqual(["resolved"]);
    expect(send).not.toHaveBeenCalled();
  });
});

describe("a sender that is gone before the handler is reached", () => {
  it("is heard of as one that goes away in the middle", async () => {
    const receiver = quietReceiver();
    const handle = nodeHandler(receiver);
    const failures: string[] = [];
    receiver.onError((error) => failures.push(String(error)));
    let isDone: (value: unknown) => void = () => {};
    const done = new Promise((resolve) => {
      isDone = resolve;
    });
    const url = await started((request, response) => {
      request.once("close", () => setTimeout(() => isDone(handle(request, response)), 10));
    });
    const socket = connect(Number(new URL(url).port), "127.0.0.1");
    socket.write("POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{");
    setTimeout(() => socket.destroy(), 20);
    await done;
    expect(failures).toEqual([expect.stringContaining("before the body was complete")]);
  });
});

describe("a stream that somebody has set an encoding on", () => {
  const post = async (encoding: BufferEncoding, body: string | Uint8Array) => {
    const receiver = quietReceiver();
    const handle = nodeHandler(receiver);
    const url = await started((request, response) => {
      request.setEncoding(encoding);
      handle(request, response);
    });
    return (await deliver(url, body)).status;
  };

  it.each(["utf8", "latin1", "base64", "hex"] as const)("%s: the bytes are the same", async (encoding) => {
    expect(await post(encoding, messageBody("evt_1", "é✓😀".repeat(50_000)))).toBe(200);
  });

  it("what decoding has lost fits no signature", async () => {
    const body = new TextEncoder().encode(messageBody("evt_1", "x"));
    body[body.length - 5] = 0xff;
    expect(await post("utf8", body)).toBe(401);
  });

  it("counts bytes, not characters", async () => {
    expect(await post("utf8", messageBody("evt_1", "é".repeat(600_000)))).toBe(413);
  });
});
