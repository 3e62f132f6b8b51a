import { type Answer, htmlAnswer, jsonAnswer, refusal, textAnswer } from "./answers.js";
import type { Json } from "./json.js";

/** Which requests a fault waits for. Left out, it takes the next one, whatever it is. */
export interface FaultMatch {
  method?: string;
  /** A whole path or path template (`"/sendText"`, `"/sessions/{sessionId}/start"`), or a pattern for the path. */
  path?: string | RegExp;
}

/**
 * Something that goes wrong. Fields combine: `{ delayMs: 50, status: 503 }` is a late 503.
 * @example emulator.faults.next(1, { status: 500, effect: "after" }) // sent, and yet it says 500
 */
export interface Fault {
  /** Only requests like this one. */
  match?: FaultMatch;
  /** How many requests, when `next` is called without a number. Default 1. */
  times?: number;
  /** Milliseconds before the answer. On its own, the effect has taken place before the wait. */
  delayMs?: number;
  /** Status to answer with, 200 to 599. Its effect is `"before"` by default: nothing happens. */
  status?: number;
  /** Seconds, sent as `Retry-After`. */
  retryAfter?: number;
  /** Headers of the answer, beside its own. */
  headers?: Record<string, string>;
  /** Body of the answer: a string as it is, anything else as JSON. Default the server's own for that status. */
  body?: unknown;
  /** A proxy's HTML page with this status. */
  html?: number;
  /** The engine's 500 for a new contact that WhatsApp refuses (`server returned error 463`). */
  timelock?: boolean;
  /** The connection is reset before or after the effect took place. */
  reset?: "before" | "after";
  /** The effect takes place, status and headers arrive, and the connection dies half way through the body. */
  cutBody?: boolean;
  /** Whether the request takes effect: `"before"` the fault strikes first, `"after"` it has taken effect. */
  effect?: "before" | "after";
}

/** The faults that are waiting for requests. */
export class Faults {
  #armed: { fault: Fault; left: number }[] = [];

  /**
   * Arms a fault for the next requests that match it. Several stand in line, first come first served.
   * @example emulator.faults.next(3, { status: 429, retryAfter: 1 })
   * @example emulator.faults.next({ reset: "after", match: { path: "/sendText" } })
   */
  next(times: number, fault: Fault): void;
  next(fault: Fault): void;
  next(first: number | Fault, second?: Fault): void {
    const fault = typeof first === "number" ? (second ?? {}) : first;
    const left = typeof first === "number" ? first : (fault.times ?? 1);
    for (const status of [fault.status, fault.html]) {
      if (status !== undefined && !(Number.isInteger(status) && status >= 200 && status <= 599)) {
        throw new RangeError(`A fault's status is a whole number from 200 to 599, not ${status}`);
      }
    }
    if (left > 0) this.#armed.push({ fault, left });
  }

  /** Disarms all. */
  clear(): void {
    this.#armed = [];
  }

  /** @internal The fault that this request meets, if any; it is used up once. */
  take(method: string, path: string, template?: string): Fault | undefined {
    const armed = this.#armed.find(({ fault }) => matches(fault.match ?? {}, method, path, template));
    if (armed === undefined) return undefined;
    armed.left -= 1;
    if (armed.left <= 0) this.#armed = this.#armed.filter((one) => one !== armed);
    return armed.fault;
  }
}

function matches(match: FaultMatch, method: string, path: string, template?: string): boolean {
  if (match.method !== undefined && match.method.toUpperCase() !== method) return false;
  if (match.path === undefined) return true;
  if (typeof match.path === "string") return match.path === path || match.path === template;
  return path.search(match.path) !== -1;
}

/** Whether the fault lets the request take effect first. */
export function takesEffect(fault: Fault): boolean {
  const when = fault.reset ?? fault.effect;
  if (when !== undefined) return when === "after";
  return fault.status === undefined && fault.html === undefined && !fault.timelock;
}

/** What goes out: the fault's own answer where it has one, else the real one, with the fault's headers. */
export function faultAnswer(fault: Fault, real: () => Answer, echo: Json, now: number): Answer {
  const answer = ownAnswer(fault, real, echo, now);
  const retry: Record<string, string> =
    fault.retryAfter === undefined ? {} : { "retry-after": String(fault.retryAfter) };
  return { ...answer, headers: { ...answer.headers, ...retry, ...lowerCase(fault.headers ?? {}) } };
}

function ownAnswer(fault: Fault, real: () => Answer, echo: Json, now: number): Answer {
  if (fault.html !== undefined) return htmlAnswer(fault.html);
  if (fault.timelock) return jsonAnswer(500, timelock(echo, now));
  if (fault.status === undefined && fault.body === undefined) return real();
  const status = fault.status ?? real().status;
  if (status === 204 || status === 205 || status === 304) return jsonAnswer(status, undefined);
  if (typeof fault.body === "string") return textAnswer(status, "text/plain; charset=utf-8", fault.body);
  return jsonAnswer(status, fault.body === undefined ? refusal(status) : (fault.body as Json));
}

const lowerCase = (headers: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

/** The engine's error body repeats the request, message text and all. */
function timelock(request: Json, now: number): Json {
  const message = "2 UNKNOWN: server returned error 463";
  return {
    statusCode: 500,
    timestamp: new Date(now).toISOString(),
    exception: {
      message,
      name: "Error",
      code: 2,
      details: "server returned error 463",
      stack: `Error: ${message}`,
    },
    request,
    version: { version: "2026.2.1", engine: "GOWS", tier: "PLUS", browser: null },
  };
}
