import { Buffer } from "node:buffer";
import type { WebhookAnswer } from "../answer.js";
import type { WebhookInput } from "../delivery.js";
import type { WebhookHeaders } from "../headers.js";
import { bodyNotRaw, bodyTooLarge } from "../raw-body.js";
import { concat } from "../read-request.js";
import type { WebhookReceiver } from "../receiver.js";

/** The part of Node's `IncomingMessage` that is read here, with what frameworks put on it. */
export interface NodeRequest {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  /** Express: the whole path, also inside a mounted router. */
  readonly originalUrl?: string | undefined;
  readonly headers: { readonly [name: string]: string | readonly string[] | undefined };
  /** What a body parser made. */
  readonly body?: unknown;
  /** What {@link keepRawBody}, or a platform, kept. */
  readonly rawBody?: unknown;
  /** Whether somebody has begun to read the stream. */
  readonly readableDidRead?: boolean;
  readonly readableEnded?: boolean;
  /** In what the pieces come as text, if somebody has set it. */
  readonly readableEncoding?: string | null;
  /** Whether the connection is gone. */
  readonly destroyed?: boolean;
  /** Hears the pieces of the body. */
  on(event: "data", listener: (chunk: Uint8Array | string) => void): unknown;
  /** Hears how the body ends. */
  on(event: "end" | "close" | "error", listener: () => void): unknown;
  /** Stops hearing the pieces. */
  removeAllListeners(event: "data"): unknown;
  /** Lets the rest of the body go by. */
  resume(): unknown;
}

/** The part of Node's `ServerResponse` that is written here. */
export interface NodeResponse {
  statusCode: number;
  /** Whether somebody has begun to answer. */
  readonly headersSent?: boolean;
  /** Whether somebody has answered. */
  readonly writableEnded?: boolean;
  /** Sets a header of the answer. */
  setHeader(name: string, value: string): unknown;
  /** Sends the answer. */
  end(body?: string): unknown;
}

/** Handles one request of `node:http`, or of a framework whose requests are Node's. Never rejects. */
export type NodeHandler = (request: NodeRequest, response: NodeResponse) => Promise<void>;

/** What the handlers of `node:http` and Express do. */
export async function handleNodeRequest(
  receiver: WebhookReceiver,
  request: NodeRequest,
  response: NodeResponse,
): Promise<void> {
  const read = (maxBytes: number) => readNodeRequest(request, maxBytes);
  const answer = await receiver.receive({ method: request.method, read });
  // A sender that still writes reads no answer from a closed connection: what is left runs into the void, until Node's own
  // requestTimeout ends it.
  request.resume();
  write(response, answer);
}

/** A time-out middleware may have answered while the listeners ran; the sender then has its answer. */
function write(response: NodeResponse, { status, headers, body }: WebhookAnswer): void {
  if (response.headersSent || response.writableEnded) return;
  try {
    response.statusCode = status;
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    response.end(body);
  } catch {
    // Nobody is left to answer; a rejection that nobody catches would end the process.
  }
}

/** Kept bytes first, then what a parser left as bytes or text, then the stream, if nobody has read it. */
async function readNodeRequest(request: NodeRequest, maxBytes: number): Promise<WebhookInput> {
  const headers = request.headers as WebhookHeaders;
  const url = request.originalUrl ?? request.url;
  const kept = [request.rawBody, request.body].find(isRaw);
  if (kept !== undefined) return { body: kept, headers, ...(url !== undefined && { url }) };
  if (request.readableDidRead || request.readableEnded) throw bodyNotRaw("gone: it was read and parsed");
  const body = await readStream(request, maxBytes);
  if (body.length === 0 && hasFields(request.body)) throw bodyNotRaw("parsed to an object");
  return { body, headers, ...(url !== undefined && { url }) };
}

function isRaw(value: unknown): value is string | Uint8Array {
  return typeof value === "string" || ArrayBuffer.isView(value);
}

/** Serverless platforms parse before they make the request, and its stream is then empty. */
function hasFields(body: unknown): boolean {
  return typeof body === "object" && body !== null && Object.keys(body).length > 0;
}

function readStream(request: NodeRequest, maxBytes: number): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const cut = () => reject(new Error("The sender closed the connection before the body was complete."));
    // Of a request that was cut before there are no more events.
    if (request.destroyed) return cut();
    if (Number(request.headers["content-length"]) > maxBytes) return reject(bodyTooLarge(maxBytes));
    const chunks: Uint8Array[] = [];
    let length = 0;
    request.on("data", (piece) => {
      const chunk = typeof piece === "string" ? bytesOf(piece, request.readableEncoding) : piece;
      length += chunk.length;
      chunks.push(chunk);
      if (length <= maxBytes) return;
      request.removeAllListeners("data");
      reject(bodyTooLarge(maxBytes));
    });
    request.on("end", () => resolve(concat(chunks, length)));
    request.on("error", cut);
    request.on("close", cut);
  });
}

/** What decoding kept. Bytes that it could not read are lost, and no signature then fits. */
function bytesOf(text: string, encoding: string | null | undefined): Uint8Array {
  return Buffer.from(text, (encoding ?? "utf8") as BufferEncoding);
}
