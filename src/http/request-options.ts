import { ValidationError, type ValidationIssue } from "../errors/index.js";
import type { UploadProgress } from "./body.js";

/** Headers to add to a request; `null` takes a default one out. */
export type HeaderOptions = Readonly<Record<string, string | null | undefined>>;

/** The last argument of every call. What is left out comes from the client. */
export interface RequestOptions {
  /** Ends the call, its back-offs included. It then rejects with an `AbortedError`. */
  signal?: AbortSignal | undefined;
  /** Milliseconds for one attempt, reading the answer included. Default: the client's, else 30,000; 120,000 with `data`. */
  timeout?: number | undefined;
  /** Milliseconds (or the moment) for the whole call, waits included. Default: the client's, else 60,000; 300,000 with `data`. */
  deadline?: number | Date | undefined;
  /** How often a call that may be repeated is repeated. 0 is exactly one request. Default: the client's, else 2. */
  maxRetries?: number | undefined;
  /** Headers to add; `null` takes one of the client's out. */
  headers?: HeaderOptions | undefined;
  /**
   * Called as the connection takes the request, most useful with media as `data`. Over `fetch`, which does not tell, it
   * is called once, when the answer has come. What it throws is ignored.
   */
  onUploadProgress?: ((progress: UploadProgress) => void) | undefined;
}

/** Checks the limits of a client or a call. */
export function checkLimits(options: RequestOptions): ValidationIssue[] {
  const { signal, timeout, deadline, maxRetries, headers } = options;
  const issues: ValidationIssue[] = [];
  if (signal !== undefined && typeof signal?.addEventListener !== "function") {
    issues.push({ path: "signal", message: "must be an AbortSignal, such as AbortSignal.timeout(5_000)" });
  }
  if (timeout !== undefined && !(typeof timeout === "number" && timeout > 0)) {
    issues.push({ path: "timeout", message: "must be a number of milliseconds above 0, or Infinity" });
  }
  const isDate = deadline instanceof Date && !Number.isNaN(deadline.getTime());
  if (deadline !== undefined && !isDate && !(typeof deadline === "number" && deadline > 0)) {
    issues.push({
      path: "deadline",
      message: "must be a number of milliseconds above 0, Infinity, or a Date",
    });
  }
  if (maxRetries !== undefined && !(Number.isSafeInteger(maxRetries) && maxRetries >= 0)) {
    issues.push({ path: "maxRetries", message: "must be a whole number, 0 or more" });
  }
  // Entries of a `Headers` or a list would go unseen.
  if (
    headers !== undefined &&
    (typeof headers !== "object" || headers === null || Symbol.iterator in headers)
  )
    issues.push({ path: "headers", message: 'must be an object such as { "x-trace": "1" }' });
  else for (const [name, value] of Object.entries(headers ?? {})) issues.push(...checkHeader(name, value));
  return issues;
}

/** These are the SDK's own; another value would break the request or let the key be replaced unseen. */
const RESERVED = new Set(["authorization", "content-length", "transfer-encoding", "connection", "host"]);

/** Over `fetch` an answer would come out of its packing, over a socket it would not. */
const UNPACKED = "must be left out, since answers are read as they come, not unpacked";

function checkHeader(name: string, value: unknown): ValidationIssue[] {
  const path = `headers.${name.replace(/[^\x21-\x7e]/g, "?")}`;
  if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name)) return [{ path, message: "is no name of a header" }];
  if (RESERVED.has(name.toLowerCase())) return [{ path, message: "is set by the SDK itself" }];
  if (value === null || value === undefined) return [];
  if (name.toLowerCase() === "accept-encoding") return [{ path, message: UNPACKED }];
  const isValid = typeof value === "string" && /^[\t\x20-\x7e\x80-\xff]*$/.test(value);
  return isValid ? [] : [{ path, message: "must be a text without line breaks and control characters" }];
}

/** {@link checkLimits} of one call. */
export function checkRequestOptions(operation: string, options: RequestOptions): void {
  if (typeof options !== "object" || options === null)
    throw new ValidationError(operation, [{ path: "options", message: "must be an object, or left out" }]);
  const issues = checkLimits(options);
  if (issues.length > 0) throw new ValidationError(operation, issues);
}

/** Headers of a client over those of another one; what takes a default out stays in, for what it is laid over. */
export function layerHeaders(...lists: (HeaderOptions | undefined)[]): Record<string, string | null> {
  const layered: Record<string, string | null> = {};
  for (const list of lists) {
    for (const [name, value] of Object.entries(list ?? {}))
      if (value !== undefined) layered[name.toLowerCase()] = value;
  }
  return layered;
}

/** Later headers win; names do not care about case; `null` takes one out. */
export function mergeHeaders(...lists: (HeaderOptions | undefined)[]): Record<string, string> {
  const merged: Record<string, string> = {};
  for (const list of lists) {
    for (const [name, value] of Object.entries(list ?? {})) {
      if (value === null) delete merged[name.toLowerCase()];
      else if (value !== undefined) merged[name.toLowerCase()] = value;
    }
  }
  return merged;
}
