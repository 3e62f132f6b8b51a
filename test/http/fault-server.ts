import { type AddressInfo, createServer, type Socket } from "node:net";
import tls from "node:tls";

/** One request that the server has read to its end. */
export interface SeenRequest {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: string;
  /** When it was complete, on the clock of `performance.now()`. */
  at: number;
  /** Which connection it came on, from 1. */
  connection: number;
  /** Which request of its connection it was, from 1. */
  nth: number;
}

/** One request and the ways to treat it. */
export interface Exchange {
  request: SeenRequest;
  socket: Socket;
  /** The request takes effect: a message is delivered, a number deleted. */
  effect(): void;
  /** A complete answer; the connection stays open. */
  answer(status: number, headers?: Headers, body?: string): void;
}

export type Headers = Record<string, string>;

/** What the server does to a client. */
export interface Fault {
  /** As soon as the connection stands. */
  connect?: (socket: Socket) => void;
  /** Nothing is ever read. */
  deaf?: boolean;
  /** When a request has been read. */
  request?: (exchange: Exchange) => void;
}

export interface FaultServerOptions {
  fault?: Fault;
  tls?: { key: string; cert: string };
}

/**
 * A server on a real socket that counts what it has read and what took effect. It speaks HTTP byte by byte, so that it
 * can break it anywhere.
 */
export class FaultServer {
  /** What happens next; may be replaced at any time. */
  fault: Fault;
  readonly seen: SeenRequest[] = [];
  /** The requests that took effect, in order. */
  readonly effects: SeenRequest[] = [];
  /** How many connections were made. */
  connections = 0;
  readonly #open = new Map<Socket, number>();
  readonly #server;

  private constructor({ fault = good, tls: secure }: FaultServerOptions) {
    this.fault = fault;
    const serve = (socket: Socket) => this.#serve(socket);
    this.#server = secure === undefined ? createServer(serve) : tls.createServer(secure, serve);
    // A client that refuses the certificate is no failure of this server.
    this.#server.on("tlsClientError", () => {});
  }

  static async start(options: FaultServerOptions = {}): Promise<FaultServer> {
    const server = new FaultServer(options);
    await new Promise<void>((resolve) => server.#server.listen(0, "127.0.0.1", resolve));
    return server;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get url(): string {
    return `${this.#server instanceof tls.Server ? "https" : "http"}://127.0.0.1:${this.port}`;
  }

  /** Whether a connection is still open; they count from 1. */
  isOpen(connection: number): boolean {
    return [...this.#open.values()].includes(connection);
  }

  /** Closes every connection of clients, as a server does that restarts. */
  drop(): void {
    for (const socket of this.#open.keys()) socket.destroy();
  }

  /** Takes no further connections; those that are open stay. */
  refuse(): void {
    this.#server.close();
  }

  async close(): Promise<void> {
    this.drop();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #serve(socket: Socket): void {
    this.connections += 1;
    const connection = this.connections;
    let nth = 0;
    let pending: Buffer = Buffer.alloc(0);
    this.#open.set(socket, connection);
    socket.on("close", () => this.#open.delete(socket));
    // Half of the faults end in an error on this side, too.
    socket.on("error", () => {});
    socket.setNoDelay(true);
    this.fault.connect?.(socket);
    if (this.fault.deaf === true) return;
    socket.on("data", (chunk: Buffer) => {
      pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
      for (let read = readRequest(pending); read !== undefined; read = readRequest(pending)) {
        pending = pending.subarray(read.length);
        nth += 1;
        this.#take({ ...read.request, at: performance.now(), connection, nth }, socket);
      }
    });
  }

  #take(request: SeenRequest, socket: Socket): void {
    this.seen.push(request);
    this.fault.request?.({
      request,
      socket,
      effect: () => this.effects.push(request),
      answer: (status, headers, body) => socket.write(answerText(status, headers, body)),
    });
  }
}

type Parsed = Pick<SeenRequest, "method" | "path" | "headers" | "body">;

function readRequest(bytes: Buffer): { request: Parsed; length: number } | undefined {
  const end = bytes.indexOf("\r\n\r\n");
  if (end < 0) return undefined;
  const [start = "", ...lines] = bytes.toString("latin1", 0, end).split("\r\n");
  const [method = "", path = ""] = start.split(" ");
  const headers = Object.fromEntries(
    lines.map((line) => {
      const colon = line.indexOf(":");
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
  const length = end + 4 + Number(headers["content-length"] ?? 0);
  if (bytes.length < length) return undefined;
  return { request: { method, path, headers, body: bytes.toString("utf8", end + 4, length) }, length };
}

/** The head of an answer, as it goes over the wire. */
export function headText(status: number, headers: Headers = {}): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status} Whatever\r\n${lines.join("")}\r\n`;
}

/** A whole answer, as it goes over the wire. */
export function answerText(status: number, headers: Headers = {}, body = ""): string {
  const own = { "content-type": "application/json", "content-length": String(Buffer.byteLength(body)) };
  return headText(status, { ...own, ...headers }) + body;
}

/** What a WASend answers that works: to a send, to a deletion, and to a look at a number. */
export function goodBody({ method }: SeenRequest): string {
  if (method === "DELETE") return "";
  return method === "POST"
    ? '{"id":"true_1@c.us_A","status":"PENDING"}'
    : '{"uniqueSessionId":"sess_1","sessionName":"sales","phoneNumber":"+14155550100","status":"WORKING"}';
}

/** Everything works. */
export const good: Fault = {
  request: ({ request, effect, answer }) => {
    effect();
    answer(200, {}, goodBody(request));
  },
};

/** One fault after the other, and then everything works. */
export function inTurn(...faults: Fault[]): Fault {
  const left = [...faults];
  return { request: (exchange) => (left.shift() ?? good).request?.(exchange) };
}
