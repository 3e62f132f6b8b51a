import { once } from "node:events";
import { createServer as createHttpServer, type Server } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import { type AddressInfo, connect, type Socket } from "node:net";
import type { WasendOptions } from "@wasend/sdk";
import { HttpsProxyAgent } from "https-proxy-agent";
import { afterEach, beforeEach, expect, test } from "vitest";
import { selfSigned } from "./certificate.js";
import { CALLS, clientOf, failureOf } from "./support.js";

const certificate = selfSigned();
const SENT = JSON.stringify({ id: "true_14155550123@c.us_3A", to: "14155550123@c.us" });

let server: Server;
let proxy: Server;
let requests: number;
let tunnels: number;
/** What the proxy does with CONNECT, once the tunnel stands. */
let through: (tunnel: Socket, upstream: Socket) => void;
/** What the proxy says instead of 200. */
let refusal: string | undefined;
let answer: (end: (status: number, body: string) => void, socket: Socket) => void;

beforeEach(async () => {
  requests = 0;
  tunnels = 0;
  refusal = undefined;
  through = (tunnel, upstream) => {
    tunnel.pipe(upstream).pipe(tunnel);
  };
  answer = (end) => end(201, SENT);
  server = createHttpsServer(certificate, (request, response) => {
    request.resume().on("end", () => {
      requests += 1;
      answer((status, body) => {
        response.writeHead(status, { "content-type": "application/json" }).end(body);
      }, request.socket);
    });
  });
  server.listen(0, "127.0.0.1");
  proxy = createHttpServer();
  proxy.on("connect", (request, tunnel: Socket) => {
    tunnels += 1;
    tunnel.on("error", () => {});
    if (refusal !== undefined) return tunnel.end(refusal);
    const [host, port] = (request.url ?? "").split(":");
    const upstream = connect(Number(port), host, () => {
      tunnel.write("HTTP/1.1 200 Connection established\r\n\r\n");
      through(tunnel, upstream);
    });
    upstream.on("error", () => tunnel.destroy());
    tunnel.on("close", () => upstream.destroy());
  });
  proxy.listen(0, "127.0.0.1");
  await Promise.all([once(server, "listening"), once(proxy, "listening")]);
});

afterEach(() => {
  server.closeAllConnections();
  server.close();
  proxy.closeAllConnections();
  proxy.close();
});

const portOf = (one: Server) => (one.address() as AddressInfo).port;

function client(options: WasendOptions & { ca?: string } = {}) {
  const { ca = certificate.cert, ...rest } = options;
  const agent = new HttpsProxyAgent(`http://127.0.0.1:${portOf(proxy)}`, { keepAlive: true });
  // What it is made with is for the way to the proxy; these are for the way through it.
  Object.assign(agent.options, { ca });
  return clientOf(`https://127.0.0.1:${portOf(server)}`, "node", { agent, ...rest });
}

test("sends and reads go through it", async () => {
  const wasend = client();
  expect((await CALLS.send(wasend)).id).toBe("true_14155550123@c.us_3A");
  await CALLS.send(wasend);
  expect(requests).toBe(2);
  expect(tunnels).toBeGreaterThan(0);
});

test("a proxy that is not there: nothing was sent", async () => {
  const wasend = client({ maxRetries: 0 });
  proxy.close();
  await once(proxy, "close");
  expect(await failureOf(CALLS.send(wasend))).toMatchObject({ outcome: "not_sent", name: "ConnectionError" });
  expect(requests).toBe(0);
});

test.each([407, 403])("a proxy that says %s: nothing was sent, and it is not asked again", async (status) => {
  refusal = `HTTP/1.1 ${status} No\r\ncontent-length: 0\r\n\r\n`;
  const failure = await failureOf(CALLS.send(client({ maxRetries: 3 })));
  expect(failure).toMatchObject({ status, outcome: "rejected" });
  expect([requests, tunnels]).toEqual([0, 1]);
});

test("a proxy that says 502 does not say whether it had passed the request on", async () => {
  refusal = "HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\n\r\n";
  const failure = await failureOf(CALLS.send(client({ maxRetries: 3 })));
  expect(failure).toMatchObject({ status: 502, outcome: "unknown" });
  expect([requests, tunnels]).toEqual([0, 1]);
});

test("a certificate that nobody trusts, behind the tunnel: nothing was sent", async () => {
  const failure = await failureOf(CALLS.send(client({ maxRetries: 0, ca: selfSigned().cert })));
  expect(failure).toMatchObject({ outcome: "not_sent" });
  expect(requests).toBe(0);
});

test("a tunnel that breaks in the handshake: nothing was sent, and a send goes on to the next attempt", async () => {
  const whole = through;
  through = (tunnel, upstream) => {
    through = whole;
    upstream.destroy();
    tunnel.destroy();
  };
  await CALLS.send(client({ maxRetries: 1 }));
  expect([requests, tunnels]).toEqual([1, 2]);
});

test("a tunnel that breaks after the request: unknown, and not repeated", async () => {
  answer = (_, socket) => socket.destroy();
  const failure = await failureOf(CALLS.send(client({ maxRetries: 3 })));
  expect(failure).toMatchObject({ outcome: "unknown" });
  expect(requests).toBe(1);
});
