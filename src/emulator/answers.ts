import type { Json } from "./json.js";

/** A whole HTTP answer. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: Uint8Array;
}

export function textAnswer(status: number, type: string, text: string): Answer {
  const body = new TextEncoder().encode(text);
  return { status, headers: { "content-type": type, "content-length": String(body.byteLength) }, body };
}

/** `undefined` is the empty body of the calls that promise nothing. */
export function jsonAnswer(status: number, value: Json | undefined): Answer {
  if (value === undefined) return { status, headers: { "content-length": "0" }, body: new Uint8Array() };
  return textAnswer(status, "application/json; charset=utf-8", JSON.stringify(value));
}

const REASONS: Record<number, string> = {
  400: "Bad Request",
  403: "Forbidden",
  404: "Not Found",
  413: "Payload Too Large",
  422: "Unprocessable Entity",
  500: "Internal Server Error",
  501: "Not Implemented",
  502: "Bad Gateway",
  503: "Service Unavailable",
  504: "Gateway Timeout",
};

/** The body that NestJS gives a refusal: a list of messages for a validation, else one. */
export function refusal(status: number, message?: string | string[]): Json {
  if (status === 401) return { message: "Unauthorized", statusCode: 401 };
  if (status === 429) return { statusCode: 429, message: message ?? "ThrottlerException: Too Many Requests" };
  const error = REASONS[status] ?? "Error";
  return { statusCode: status, message: message ?? error, error };
}

export function htmlAnswer(status: number): Answer {
  const title = `${status} ${REASONS[status] ?? "Error"}`;
  const page = `<html>\r\n<head><title>${title}</title></head>\r\n<body><center><h1>${title}</h1></center></body>\r\n</html>\r\n`;
  return textAnswer(status, "text/html", page);
}

/** Thrown by whatever refuses a request; the exchange turns it into the answer. */
export class Refusal extends Error {
  readonly status: number;
  readonly body: Json;

  constructor(status: number, message?: string | string[], body: Json = refusal(status, message)) {
    super(`refused with ${status}`);
    this.status = status;
    this.body = body;
  }
}

export const notFound = (what: string): Refusal => new Refusal(404, `${what} not found`);

/** The engine's body for a call that came in the wrong state: it has neither `statusCode` nor `message`. */
export function wrongState(session: string, status: string, expected: string[]): Refusal {
  const error = "Session status is not as expected. Try again later or restart the session";
  return new Refusal(422, undefined, { error, session, status, expected });
}
