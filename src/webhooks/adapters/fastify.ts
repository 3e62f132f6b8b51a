import { Readable } from "node:stream";
import { bodyNotRaw } from "../raw-body.js";
import { concat } from "../read-request.js";
import type { WebhookReceiver } from "../receiver.js";

/** The part of Fastify's request that is read here. */
export interface FastifyRequestLike {
  readonly method: string;
  readonly url: string;
  readonly headers: { readonly [name: string]: string | readonly string[] | undefined };
  readonly body?: unknown;
}

/** The part of Fastify's reply that is written here. */
export interface FastifyReplyLike {
  /** Whether somebody has answered. */
  readonly sent?: boolean;
  /** Sets the answer's status. */
  code(status: number): unknown;
  /** Sets headers of the answer. */
  headers(headers: Record<string, string>): unknown;
  /** Sends the answer. */
  send(body: string): unknown;
}

/** A Fastify route handler. Never rejects. */
export type FastifyHandler = (request: FastifyRequestLike, reply: FastifyReplyLike) => Promise<unknown>;

/** Where {@link keepRawBody} puts the bytes; the name that fastify-raw-body has made usual. */
const RAW = "rawBody";
const FASTIFY_LIMIT = 1_048_576;

/**
 * A route handler for Fastify. Fastify parses JSON before every handler, so the route also needs {@link keepRawBody} (or a
 * content type parser that gives a buffer or string); without it the handler answers 500 at once and logs the fix.
 *
 * @example
 * ```ts
 * import { fastifyHandler, keepRawBody } from "@wasend/sdk/fastify";
 *
 * app.post("/webhooks/wasend", { preParsing: keepRawBody }, fastifyHandler(receiver));
 * ```
 */
export function fastifyHandler(receiver: WebhookReceiver): FastifyHandler {
  return async (request, reply) => {
    const { method, url, headers } = request;
    const read = () => ({ body: rawOf(request), headers, url });
    const { status, headers: answered, body } = await receiver.receive({ method, read });
    // A time-out hook may have answered while the listeners ran; the sender then has its answer.
    if (reply.sent) return undefined;
    try {
      reply.code(status);
      reply.headers(answered);
      return reply.send(body);
    } catch {
      return undefined;
    }
  };
}

function rawOf(request: FastifyRequestLike): string | Uint8Array {
  const kept = (request as { [RAW]?: unknown })[RAW] ?? request.body ?? "";
  if (typeof kept === "string" || ArrayBuffer.isView(kept)) return kept as string | Uint8Array;
  throw bodyNotRaw("parsed to an object");
}

/**
 * A `preParsing` hook that keeps the bytes of the body while Fastify's parser reads them, up to the route's `bodyLimit`
 * (Fastify's default: 1 MiB).
 *
 * @example
 * ```ts
 * app.post("/webhooks/wasend", { preParsing: keepRawBody }, fastifyHandler(receiver));
 * ```
 */
export async function keepRawBody(
  request: object,
  _reply: unknown,
  payload: AsyncIterable<Uint8Array>,
): Promise<unknown> {
  return Readable.from(keep(request, payload), { objectMode: false });
}

async function* keep(request: object, payload: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const { routeOptions } = request as { routeOptions?: { bodyLimit?: number } };
  const limit = routeOptions?.bodyLimit ?? FASTIFY_LIMIT;
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of payload) {
    length += chunk.length;
    if (length <= limit) chunks.push(chunk);
    yield chunk;
  }
  if (length <= limit) (request as { [RAW]?: Uint8Array })[RAW] = concat(chunks, length);
}
