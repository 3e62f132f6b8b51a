// `http.request` is looked up on the default export at each call: mocks such as msw replace the property there.
import http from "node:http";
import https from "node:https";
import { urlToHttpOptions } from "node:url";
import type { RequestBody, StreamedBody } from "./body.js";
import {
  type Transport,
  TransportFailure,
  type TransportRequest,
  type TransportResponse,
} from "./transport.js";

/** A host that has not taken the connection by then is down; the time left is better spent on another attempt. */
const CONNECT_TIMEOUT_MS = 10_000;

/**
 * A send reuses only connections that were idle for at most this long. An idle one may be closed by the server at any
 * moment, and a request written into a closing connection is lost without anyone being able to say so.
 */
const TRUSTED_IDLE_MS = 1_000;

/** Our own pools know when a connection fell idle; a user's agent is the user's. */
const idleSince = new WeakMap<object, number>();

/**
 * A transport over `node:http` and `node:https`, which knows whether a request has left: on the node socket there is a
 * moment before which not a byte of it can have been sent.
 */
export function createNodeTransport(options: { agent?: unknown; keepAlive: boolean }): Transport {
  const userAgent = options.agent as http.Agent | undefined;
  let pools: { http: http.Agent; https: http.Agent } | undefined;
  return async (request) => {
    const secure = request.url.startsWith("https:");
    let agent = userAgent;
    if (agent === undefined) {
      pools ??= { http: pool(new http.Agent(options)), https: pool(new https.Agent(options)) };
      agent = pools[secure ? "https" : "http"];
      if (!request.repeatable) dropStale(agent);
    }
    try {
      return await exchange(request, agent, secure);
    } catch (error) {
      // Nothing was written, and what failed was an old connection, not the server: a new one costs nobody anything.
      // A user's agent makes it itself: there may be no other way out than its proxy.
      if (error instanceof StaleConnection)
        return exchange(request, userAgent ?? new (secure ? https : http).Agent(), secure);
      throw error;
    }
  };
}

/** An idle connection was found closed before anything was written to it. */
class StaleConnection extends TransportFailure {}

function pool(agent: http.Agent): http.Agent {
  return agent.on("free", (socket: object) => idleSince.set(socket, performance.now()));
}

function dropStale(agent: http.Agent): void {
  const trusted = performance.now() - TRUSTED_IDLE_MS;
  for (const sockets of Object.values(agent.freeSockets ?? {})) {
    for (const socket of sockets ?? []) if ((idleSince.get(socket) ?? 0) < trusted) socket.destroy();
  }
}

function exchange(request: TransportRequest, agent: http.Agent, secure: boolean): Promise<TransportResponse> {
  return new Promise((resolve, reject) => {
    const { method, headers, body, cancellation, repeatable } = request;
    // The one proof there is. No error code says whether a request left (ECONNRESET comes before and after).
    let handed = false;
    let status: number | undefined;
    let connectTimer: ReturnType<typeof setTimeout> | undefined;

    const fail = (cause: unknown) => {
      clearTimeout(connectTimer);
      outgoing.destroy();
      const stale = !handed && outgoing.reusedSocket && !cancellation.isCancelled;
      reject(new (stale ? StaleConnection : TransportFailure)({ handed, status, cause }));
    };
    const length = body === undefined ? {} : { "content-length": String(byteLength(body)) };
    let outgoing: http.ClientRequest;
    try {
      const all = { ...headers, ...length };
      outgoing = (secure ? https : http).request({ ...target(request.url), method, agent, headers: all });
    } catch (cause) {
      // Whatever was wrong with it (mostly the agent), there is no request that could have left.
      return reject(new TransportFailure({ handed, cause }));
    }
    // First event wins: which of request and response reports a failure differs from runtime to runtime.
    outgoing.on("error", (cause) => {
      // Sockets name what went wrong. An error without a code comes from whoever replaced them (a mock), and a mock's
      // connection stands only once it has answered: there nothing proves that the request was not seen.
      handed ||= (cause as { code?: unknown }).code === undefined;
      fail(cause);
    });
    cancellation.listen(() => fail(undefined));

    const write = () => {
      handed = true;
      send(outgoing, body, fail);
    };
    outgoing.on("socket", (socket) => {
      if (outgoing.reusedSocket) {
        if (repeatable) return write();
        // Two turns of the event loop let a close that has already arrived come through before anything is written.
        return afterTwoTurns(() => {
          if (!socket.destroyed && !outgoing.destroyed) write();
        });
      }
      if (!socket.connecting && !isHandshaking(socket)) return write();
      // Node holds the bytes until the connection stands. Waiting for it here would hang under mocks.
      send(outgoing, body, fail);
      connectTimer = setTimeout(() => fail(connectTimeout()), CONNECT_TIMEOUT_MS);
      socket.once(secure ? "secureConnect" : "connect", () => {
        clearTimeout(connectTimer);
        handed = true;
      });
    });

    outgoing.on("upgrade", (_, socket) => {
      handed = true;
      socket.destroy();
      fail(new Error("the server switched to another protocol (101), which nobody asked for"));
    });
    outgoing.on("response", (incoming) => {
      clearTimeout(connectTimer);
      handed = true;
      status = incoming.statusCode ?? 0;
      const chunks: Uint8Array[] = [];
      incoming.on("data", (chunk: Uint8Array) => chunks.push(chunk));
      incoming.on("error", fail);
      incoming.on("aborted", () => fail(new Error("the connection closed before the answer was complete")));
      incoming.on("end", () => {
        if (!incoming.complete)
          return fail(new Error("the connection closed before the answer was complete"));
        // An answer before the request was read: the rest of it must not be taken for another request.
        if (!outgoing.writableEnded) outgoing.destroy();
        resolve({ status: status ?? 0, headers: incoming.headers, body: join(chunks) });
      });
    });
  });
}

/** Through a proxy the connection stands before what encrypts it; a request is held back until then. */
function isHandshaking(socket: object): boolean {
  return "secureConnecting" in socket && socket.secureConnecting === true;
}

/** A client calls one origin all the time, and taking an address apart costs more than writing the request. */
let lastOrigin = "";
let lastTarget: http.RequestOptions = {};

function target(url: string): http.RequestOptions {
  const origin = url.slice(0, url.indexOf("/", "https://".length));
  if (origin !== lastOrigin) {
    lastTarget = urlToHttpOptions(new URL(origin));
    lastOrigin = origin;
  }
  return { ...lastTarget, path: url.slice(origin.length) };
}

function afterTwoTurns(then: () => void): void {
  setImmediate(() => setImmediate(then));
}

function byteLength(body: string | StreamedBody): number {
  return typeof body === "string" ? Buffer.byteLength(body) : body.byteLength;
}

/** Writes a body, of a large one only as much at a time as the connection takes. */
function send(outgoing: http.ClientRequest, body: RequestBody, fail: (cause: unknown) => void): void {
  if (typeof body === "object") pump(outgoing, body).catch(fail);
  else outgoing.end(body);
}

async function pump(outgoing: http.ClientRequest, body: StreamedBody): Promise<void> {
  let loaded = 0;
  const pieces = body.pieces()[Symbol.iterator]();
  for (let next = pieces.next(); !next.done; ) {
    const piece = await next.value;
    // The next one is read while this one is written.
    next = pieces.next();
    if (!next.done && next.value instanceof Promise) next.value.catch(() => {});
    if (outgoing.destroyed) return;
    if (!outgoing.write(piece, "latin1")) await drained(outgoing);
    if (outgoing.destroyed) return;
    loaded += piece.length;
    body.onProgress?.({ loaded, total: body.byteLength });
  }
  outgoing.end();
}

function drained(outgoing: http.ClientRequest): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      outgoing.off("drain", done).off("close", done);
      resolve();
    };
    outgoing.on("drain", done).on("close", done);
  });
}

function join(chunks: readonly Uint8Array[]): Uint8Array {
  return chunks.length === 1 ? (chunks[0] as Uint8Array) : Buffer.concat(chunks);
}

function connectTimeout(): Error {
  const error = new Error(`no connection within ${CONNECT_TIMEOUT_MS} ms`);
  return Object.assign(error, { code: "ETIMEDOUT" });
}
