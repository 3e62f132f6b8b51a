import type { Outcome } from "@wasend/sdk";
import { type Fault, good } from "./fault-server.js";
import * as faults from "./faults.js";
import type { CallName, TransportName } from "./support.js";

/** Where a client is sent. `nowhere`: a connection that never comes about. */
export type Target = "plain" | "tls" | "refused" | "tls to plain" | "no such host" | "nowhere";

export interface Expected {
  error: string;
  outcome: Outcome;
  /** Which calls are repeated after it: all of them, all but sends, none. */
  again: "always" | "but sends" | "never";
}

export interface Row extends Expected {
  name: string;
  target?: Target;
  /** The server's part; `elsewhere` is another origin. */
  fault: (elsewhere: string) => Fault;
  /** Requests that the server reads per attempt. Default: 1. */
  seen?: 0 | 1;
  /** Effects per request that it reads, as the worst server would have it. Default: 0. */
  effect?: 0 | 1;
  /** Ends only with the attempt's time-out. */
  timesOut?: boolean;
  /** Calls for which this is no failure. */
  resolves?: CallName[];
  /** Where a transport knows less. */
  over?: Partial<Record<TransportName, Partial<Expected>>>;
}

const notSent = { outcome: "not_sent", again: "always", seen: 0 } as const;
const rejected = { outcome: "rejected", again: "never" } as const;
const unknown = { outcome: "unknown", again: "but sends", effect: 1 } as const;
const accepted = { outcome: "accepted", again: "but sends", effect: 1 } as const;
const unreadable = { outcome: "accepted", again: "never", effect: 1, error: "ResponseFormatError" } as const;
const limited = { error: "RateLimitError", outcome: "rejected", again: "always" } as const;
const byFetch = { fetch: { outcome: "unknown", again: "but sends" } } as const;

const works = () => good;
const always = (fault: Fault) => () => fault;
const past = new Date(Date.now() - 60_000).toUTCString();
const html = "<html><body><h1>502 Bad Gateway</h1></body></html>";
const timelock = {
  statusCode: 500,
  exception: { message: "2 UNKNOWN: server returned error 463", stack: "at x" },
};

/** What every failure means. This is the table of the guide "Did my message go out?", line by line. */
export const MATRIX: readonly Row[] = [
  // Never connected.
  { name: "connection refused", target: "refused", fault: works, error: "ConnectionError", ...notSent },
  { name: "no such host", target: "no such host", fault: works, error: "ConnectionError", ...notSent },
  {
    name: "TLS to a server without",
    target: "tls to plain",
    fault: always({
      request: () => {},
      connect: (socket) => socket.once("data", () => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n")),
    }),
    error: "ConnectionError",
    ...notSent,
    over: byFetch,
  },
  { name: "untrusted certificate", target: "tls", fault: works, error: "ConnectionError", ...notSent },
  {
    name: "TLS handshake never answered",
    target: "tls to plain",
    fault: works,
    timesOut: true,
    error: "TimeoutError",
    ...notSent,
    over: byFetch,
  },
  {
    name: "connection never made",
    target: "nowhere",
    fault: works,
    timesOut: true,
    error: "TimeoutError",
    ...notSent,
  },

  // Connected, no status line.
  {
    name: "reset before the request was read",
    fault: always(faults.resetBeforeRead),
    error: "ConnectionError",
    ...unknown,
    seen: 0,
  },
  {
    name: "reset after the request was read",
    fault: always(faults.resetAfterRead),
    error: "ConnectionError",
    ...unknown,
  },
  {
    name: "closed without an answer",
    fault: always(faults.closesWithoutAnswer),
    error: "ConnectionError",
    ...unknown,
  },
  { name: "no answer", fault: always(faults.silent), timesOut: true, error: "TimeoutError", ...unknown },
  { name: "half a head", fault: always(faults.halfHead), error: "ConnectionError", ...unknown },
  {
    name: "a head that stalls",
    fault: always(faults.slowHead),
    timesOut: true,
    error: "TimeoutError",
    ...unknown,
  },
  { name: "101", fault: always(faults.switches), error: "ConnectionError", ...unknown },
  { name: "another protocol", fault: always(faults.noHttp), error: "ConnectionError", ...unknown },

  // A status line, and then too little.
  {
    name: "200, body cut (content-length)",
    fault: always(faults.cutBody),
    error: "ResponseReadError",
    ...accepted,
  },
  {
    name: "200, body cut (chunked)",
    fault: always(faults.cutChunks),
    error: "ResponseReadError",
    ...accepted,
  },
  { name: "200, body reset", fault: always(faults.resetBody), error: "ResponseReadError", ...accepted },
  {
    name: "200, body stalls",
    fault: always(faults.slowBody),
    timesOut: true,
    error: "TimeoutError",
    ...accepted,
  },
  {
    name: "200, body dribbles",
    fault: always(faults.dribble),
    timesOut: true,
    error: "TimeoutError",
    ...accepted,
  },
  { name: "500, body cut", fault: always(faults.cutError), error: "ResponseReadError", ...unknown },

  // Too many requests.
  { name: "429", fault: always(faults.tooMany()), ...limited },
  { name: "429, Retry-After in seconds", fault: always(faults.tooMany({ "retry-after": "0" })), ...limited },
  {
    name: "429, Retry-After in fractions",
    fault: always(faults.tooMany({ "retry-after": "0.02" })),
    ...limited,
  },
  {
    name: "429, retry-after-ms",
    fault: always(faults.tooMany({ "retry-after-ms": "15", "retry-after": "9000" })),
    ...limited,
  },
  { name: "429, Retry-After as a date", fault: always(faults.tooMany({ "retry-after": past })), ...limited },
  {
    name: "429, Retry-After that is none",
    fault: always(faults.tooMany({ "retry-after": "soon" })),
    ...limited,
  },
  {
    name: "429, Retry-After past the deadline",
    fault: always(faults.tooMany({ "retry-after": "3600" })),
    ...limited,
    again: "never",
  },
  {
    name: "429 that forbids a repeat",
    fault: always(faults.tooMany({ "x-should-retry": "false" })),
    ...limited,
    again: "never",
  },

  // Complete refusals.
  ...[301, 302, 303, 307, 308].map(
    (status): Row => ({
      name: `${status} to another origin`,
      fault: (url) => faults.refuses(status, "", { location: `${url}/sendText` }),
      error: "ApiError",
      ...rejected,
    }),
  ),
  {
    name: "400",
    fault: always(faults.refuses(400, { statusCode: 400, message: ["to must be a string"] })),
    error: "BadRequestError",
    ...rejected,
  },
  {
    name: "400 that asks for a repeat",
    fault: always(faults.refuses(400, {}, { "x-should-retry": "true" })),
    error: "BadRequestError",
    ...rejected,
  },
  { name: "401", fault: always(faults.refuses(401)), error: "AuthenticationError", ...rejected },
  { name: "402", fault: always(faults.refuses(402)), error: "ApiError", ...rejected },
  { name: "403", fault: always(faults.refuses(403)), error: "PermissionError", ...rejected },
  { name: "404", fault: always(faults.refuses(404)), error: "NotFoundError", ...rejected },
  { name: "413", fault: always(faults.refuses(413)), error: "PayloadTooLargeError", ...rejected },
  { name: "422", fault: always(faults.refuses(422)), error: "UnprocessableError", ...rejected },
  {
    name: "422, the number's state",
    fault: always(
      faults.refuses(422, {
        error: "Session status is not as expected",
        session: "sess_1",
        status: "STOPPED",
        expected: ["WORKING"],
      }),
    ),
    error: "NumberNotReadyError",
    ...rejected,
  },
  {
    name: "422, unknown number",
    fault: always(faults.refuses(422, { error: "No such session", session: "sess_1" })),
    error: "NumberNotReadyError",
    ...rejected,
  },
  {
    name: "463 in a 500",
    fault: always(faults.refuses(500, timelock)),
    error: "ReachoutTimelockError",
    ...rejected,
  },
  { name: "501", fault: always(faults.refuses(501)), error: "ServerError", ...rejected },
  {
    name: "200 with success: false",
    fault: always(faults.refuses(200, { success: false, message: "No" })),
    error: "ApiError",
    ...rejected,
  },

  // Complete answers that say nothing about the effect.
  { name: "408", fault: always(faults.failsAfter(408)), error: "ApiError", ...unknown },
  { name: "409", fault: always(faults.failsAfter(409)), error: "ConflictError", ...unknown },
  { name: "500", fault: always(faults.failsAfter(500)), error: "ServerError", ...unknown },
  {
    name: "500 that asks for a repeat",
    fault: always(faults.failsAfter(500, {}, { "x-should-retry": "true" })),
    error: "ServerError",
    ...unknown,
  },
  {
    name: "500 that forbids a repeat",
    fault: always(faults.failsAfter(500, {}, { "x-should-retry": "false" })),
    error: "ServerError",
    ...unknown,
    again: "never",
  },
  {
    name: "502 in HTML",
    fault: always(faults.failsAfter(502, html, { "content-type": "text/html" })),
    error: "ServerError",
    ...unknown,
  },
  { name: "503", fault: always(faults.failsAfter(503)), error: "ServerError", ...unknown },
  {
    name: "503, Retry-After",
    fault: always(faults.failsAfter(503, {}, { "retry-after": "0.01" })),
    error: "ServerError",
    ...unknown,
  },
  {
    name: "503, Retry-After past the deadline",
    fault: always(faults.failsAfter(503, {}, { "retry-after": "3600" })),
    error: "ServerError",
    ...unknown,
    again: "never",
  },
  { name: "504", fault: always(faults.failsAfter(504)), error: "ServerError", ...unknown },

  // The server said yes; whatever comes after, it is not done twice.
  { name: "200, empty", fault: always(faults.saysYes(200, "")), ...unreadable, resolves: ["delete"] },
  {
    name: "201, no JSON",
    fault: always(faults.saysYes(201, "Created")),
    ...unreadable,
    resolves: ["delete"],
  },
  {
    name: "200 without an id",
    fault: always(faults.saysYes(200, '{"status":"PENDING"}')),
    ...unreadable,
    resolves: ["delete"],
  },
  { name: "200", fault: works, ...unreadable, resolves: ["send", "read", "delete"] },
];
