import type { TransportResponse } from "./transport.js";

/** Headers of an answer, lower-case names. */
export type ResponseHeaders = TransportResponse["headers"];

/** One header's value; of a repeated one the first. */
export function header(headers: ResponseHeaders, name: string): string | undefined {
  const value = headers[name];
  return typeof value === "string" ? value : value?.[0];
}

/** The names under which servers and proxies send a request's id. */
const REQUEST_ID_HEADERS = ["x-request-id", "request-id", "x-correlation-id", "cf-ray"];

/** The server's id for the request, if it gave one. */
export function requestIdOf(headers: ResponseHeaders): string | undefined {
  for (const name of REQUEST_ID_HEADERS) {
    const value = header(headers, name);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** A body as JSON, or as text when it is none. */
export type ParsedBody = { json: unknown } | { text: string };

const decoder = new TextDecoder();

/** Whatever the content type says: proxies label JSON as text, and error pages as JSON. */
export function parseBody(bytes: Uint8Array): ParsedBody {
  const text = decoder.decode(bytes);
  try {
    return { json: JSON.parse(text) };
  } catch {
    return { text };
  }
}

const NO_BODY_STATUS = new Set([204, 205, 304]);

/** A standard `Response` made of bytes that have been read already. */
export function toResponse({ status, headers, body }: TransportResponse): Response {
  const list = new Headers();
  for (const [name, value] of Object.entries(headers)) {
    for (const item of typeof value === "string" ? [value] : (value ?? [])) list.append(name, item);
  }
  // The bytes are decoded already, so these two no longer describe them.
  list.delete("content-encoding");
  list.delete("content-length");
  return new Response(NO_BODY_STATUS.has(status) ? null : (body as Uint8Array<ArrayBuffer>), {
    status,
    headers: list,
  });
}
