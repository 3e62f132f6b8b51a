import { WebhookSignatureError } from "../errors/webhook-errors.js";

/** A body as it came over the wire. A parsed object is not one: its bytes are lost. */
export type RawBody = string | Uint8Array | ArrayBuffer;

const encoder = new TextEncoder();

const NOT_RAW =
  "A signature covers the exact bytes, and these are gone: a body parser ran first. " +
  "Express: express.json({ verify: keepRawBody }). Fastify: { preParsing: keepRawBody } on the route. " +
  "Next.js pages: config = { api: { bodyParser: false } }. Elsewhere: pass the text or bytes, not what JSON.parse made.";

/** The refusal of a body whose bytes are lost; its message names the fix for each framework. */
export function bodyNotRaw(found: string): WebhookSignatureError {
  return new WebhookSignatureError(`The webhook's body is ${found}. ${NOT_RAW}`, "parsed_body");
}

/** The refusal of a body over the limit. */
export function bodyTooLarge(maxBytes: number): WebhookSignatureError {
  return new WebhookSignatureError(`The webhook's body is over ${maxBytes} bytes (maxBytes).`, "too_large");
}

/** A string or bytes, whatever realm they come from; everything else is refused. */
export function rawBody(body: unknown): string | Uint8Array {
  if (typeof body === "string") return body;
  if (ArrayBuffer.isView(body)) return new Uint8Array(body.buffer, body.byteOffset, body.byteLength);
  if (isArrayBuffer(body)) return new Uint8Array(body);
  throw bodyNotRaw(body === null || body === undefined ? "missing" : `no text and no bytes (${typeof body})`);
}

/** `instanceof` fails for a buffer of another realm, as test runners and `node:vm` make them. */
function isArrayBuffer(value: unknown): value is ArrayBuffer {
  return Object.prototype.toString.call(value) === "[object ArrayBuffer]";
}

/** Refuses a body over the limit; a text is encoded only if it could be one. */
export function checkSize(body: string | Uint8Array, maxBytes: number): void {
  if (body.length > maxBytes) throw bodyTooLarge(maxBytes);
  if (typeof body !== "string" || body.length * 3 <= maxBytes) return;
  if (encoder.encode(body).length > maxBytes) throw bodyTooLarge(maxBytes);
}
