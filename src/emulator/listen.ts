import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { BODY_LIMIT, type Outcome, type WireRequest } from "./wire.js";

type Serve = (request: WireRequest, signal?: AbortSignal) => Promise<Outcome>;

/** An emulator that listens. */
export interface Listening {
  /** Base URL, `http://127.0.0.1:<port>`. */
  url: string;
  /** Stops listening and cuts every open connection. */
  close(): Promise<void>;
}

/** Serves over HTTP on the loopback address only; port 0 takes a free one. */
export async function listenOn(port: number, serve: Serve): Promise<Listening> {
  // Loaded here, so that the rest runs where there is no node:http.
  const { createServer } = await import("node:http");
  const server = createServer((request, response) => {
    answer(request, response, serve).catch(() => request.socket.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(request: IncomingMessage, response: ServerResponse, serve: Serve): Promise<void> {
  const gone = new AbortController();
  response.once("close", () => gone.abort());
  const wire: WireRequest = {
    method: request.method ?? "GET",
    target: (request.url ?? "/").replace(/^https?:\/\/[^/]*/i, ""),
    headers: Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
    ),
    body: await bodyOf(request),
  };
  const outcome = await serve(wire, gone.signal);
  if (outcome === "reset") return void request.socket.resetAndDestroy();
  const { status, headers, body } = outcome.answer;
  if (!outcome.cut) return void response.writeHead(status, headers).end(body);
  // A body that is empty cannot be cut, so one is promised.
  response.writeHead(status, { ...headers, "content-length": String(Math.max(body.byteLength, 2)) });
  response.flushHeaders();
  response.write(body.subarray(0, body.byteLength >> 1), () => request.socket.destroy());
}

/** Reads on past the limit without keeping it: an answer is only seen by who has sent all. */
async function bodyOf(request: IncomingMessage): Promise<Uint8Array | "too large"> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Uint8Array>) {
    length += chunk.byteLength;
    if (length <= BODY_LIMIT) chunks.push(chunk);
  }
  if (length > BODY_LIMIT) return "too large";
  const body = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    body.set(chunk, at);
    at += chunk.byteLength;
  }
  return body;
}
