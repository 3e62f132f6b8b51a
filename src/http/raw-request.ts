import { nameText } from "../contract/name-text.js";
import type { QueryValue } from "../contract/operation.js";
import { isRecord } from "../contract/read.js";
import { ValidationError } from "../errors/index.js";
import type { WireRequest } from "./caller.js";
import { checkRawPath, encodeRawPath } from "./path.js";
import { maskPath } from "./path-numbers.js";

/** A request that the SDK has no method for. */
export interface RawRequest {
  method: "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** With one leading slash, below the base URL: `/sess_1/labels`. Not encoded for you. */
  path: string;
  /** Lists are sent as `tags[]=a&tags[]=b`. */
  query?: Readonly<Record<string, QueryValue>> | undefined;
  /** Sent as JSON. */
  body?: unknown;
}

/** Checks such a request, and says how it goes over the wire. */
export function rawWire(request: RawRequest): WireRequest {
  checkRawRequest(request);
  const { method, path, query = {}, body } = request;
  const isRepeatable = method === "GET" || method === "HEAD" || method === "DELETE";
  const retry = isRepeatable ? "always" : "unsent-only";
  const template = maskPath(checkRawPath(path));
  return {
    id: "request",
    method,
    template,
    path: encodeRawPath(path),
    query,
    body,
    session: undefined,
    retry,
  };
}

const METHODS = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]);

function checkRawRequest(request: RawRequest): void {
  const wrong = (path: string, message: string) => new ValidationError("request", [{ path, message }]);
  if (!isRecord(request)) throw wrong("", "needs an object with method, path, query, body");
  const { method, path, query = {}, body } = request;
  if (!METHODS.has(method)) throw wrong("method", `must be one of ${[...METHODS].join(", ")}`);
  if (typeof path !== "string") throw wrong("path", "must be a text");
  if (body !== undefined && (method === "GET" || method === "HEAD"))
    throw wrong("body", `must not stand in a ${method}; pass the query as { query }`);
  if (!isRecord(query)) throw wrong("query", "must be an object");
  for (const [name, value] of Object.entries(query)) {
    const isRight = [value].flat().every((one) => one === null || typeof one !== "object");
    if (!isRight)
      throw wrong(`query.${nameText(name)}`, "must be a text, a number, true or false, or a list of these");
  }
}
