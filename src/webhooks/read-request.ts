import type { WebhookInput } from "./delivery.js";
import { bodyNotRaw, bodyTooLarge } from "./raw-body.js";

/** The parts of a delivery out of a `Request`; the body is given up as soon as it is over the limit. */
export async function readRequest(request: Request, maxBytes: number): Promise<WebhookInput> {
  if (request.bodyUsed) throw bodyNotRaw("gone: somebody has read the request before");
  if (Number(request.headers.get("content-length")) > maxBytes) throw bodyTooLarge(maxBytes);
  return { body: await readStream(request.body, maxBytes), headers: request.headers, url: request.url };
}

async function readStream(stream: ReadableStream<Uint8Array> | null, maxBytes: number): Promise<Uint8Array> {
  if (stream === null) return new Uint8Array();
  const reader = stream.getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    length += part.value.length;
    if (length > maxBytes) {
      // Not awaited: a sender that never stops must not keep the answer back.
      reader.cancel().catch(() => {});
      throw bodyTooLarge(maxBytes);
    }
    chunks.push(part.value);
  }
  return concat(chunks, length);
}

/** The chunks as one. */
export function concat(chunks: readonly Uint8Array[], length: number): Uint8Array {
  if (chunks.length === 1) return chunks[0]!;
  const all = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    all.set(chunk, offset);
    offset += chunk.length;
  }
  return all;
}

/** Whether it is a `Request`, also one of another realm or a framework's own class. */
export function isRequest(value: Request | WebhookInput): value is Request {
  return typeof (value as Request).arrayBuffer === "function" && "bodyUsed" in value;
}
