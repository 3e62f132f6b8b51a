import { getNumber, getQr, type NumberInfo } from "../contract/numbers.js";
import { isRecord } from "../contract/read.js";
import {
  AbortedError,
  AuthenticationError,
  ConnectionError,
  NumberNotReadyError,
  PermissionError,
  RateLimitError,
  ServerError,
  TimeoutError,
  ValidationError,
  type ValidationIssue,
} from "../errors/index.js";
import type { Caller } from "../http/caller.js";
import { Deadline } from "../http/deadline.js";
import { checkRequestOptions, type RequestOptions } from "../http/request-options.js";

/** For `numbers.waitUntilReady`. */
export interface WaitParams {
  /**
   * Is given each new QR code, to be shown to whoever has the phone. What it returns is not waited for, and what it throws
   * goes to the log: to end the wait, use a signal.
   */
  onQr?: ((qr: string) => unknown) | undefined;
  /** Milliseconds between two looks. Default: 2,000. */
  pollMs?: number | undefined;
}

/** Is told what a user's own function threw. */
export type ReportThrown = (error: unknown) => void;

/** How long to wait; the rest of the request options goes for every look. */
export interface WaitOptions extends RequestOptions {
  /** Milliseconds (or the moment) for the whole wait. Default: 300,000, since a person has to find the phone. */
  deadline?: number | Date | undefined;
}

const NAME = "numbers.waitUntilReady";
const POLL_MS = 2_000;
const DEADLINE_MS = 300_000;

/** Looks at a number until it is ready, and hands out its QR codes on the way. Never starts it. */
export async function waitUntilReady(
  caller: Caller,
  session: string,
  params: WaitParams,
  options: WaitOptions = {},
  report: ReportThrown = () => {},
): Promise<NumberInfo> {
  checkWait(params);
  checkRequestOptions(NAME, options);
  const { onQr, pollMs = POLL_MS } = params;
  const limit = options.deadline ?? DEADLINE_MS;
  const deadline = new Deadline(limit, options.signal);
  const look = (): RequestOptions => ({
    ...options,
    deadline: Math.max(1, Math.min(deadline.remainingMs, LOOK_MS)),
  });
  let lastQr: string | undefined;
  let last: NumberInfo | undefined;
  try {
    for (;;) {
      last = (await orNotNow(caller.call(getNumber, { sessionId: session }, look()))) ?? last;
      if (last?.state === "ready") return last;
      if (last?.state === "failed") throw failed(last);
      if (onQr !== undefined && last?.state !== "stopped") {
        const qr = await codeOf(caller, session, look());
        if (qr !== undefined && qr !== lastQr) {
          lastQr = qr;
          tell(onQr, qr, report);
        }
      }
      const ended = await deadline.sleep(pollMs);
      if (ended === "aborted") throw aborted(deadline);
      if (ended === "deadline" || deadline.remainingMs === 0) throw late(deadline, last);
    }
  } catch (error) {
    // Which look the abort has met says nothing to whoever waits.
    throw error instanceof AbortedError ? aborted(deadline) : error;
  } finally {
    deadline.dispose();
  }
}

/** A code that cannot be shown is no reason to stop watching: the phone may be connected in another way. */
function tell(onQr: (qr: string) => unknown, qr: string, report: ReportThrown): void {
  try {
    Promise.resolve(onQr(qr)).catch(report);
  } catch (error) {
    report(error);
  }
}

function checkWait(params: WaitParams): void {
  const isObject: boolean = isRecord(params);
  if (!isObject) throw new ValidationError(NAME, [{ path: "params", message: "must be an object" }]);
  const { onQr, pollMs } = params;
  const issues: ValidationIssue[] = [];
  if (onQr !== undefined && typeof onQr !== "function")
    issues.push({ path: "onQr", message: "must be a function that is given each new QR code" });
  if (pollMs !== undefined && !(Number.isFinite(pollMs) && pollMs >= 0))
    issues.push({ path: "pollMs", message: "must be a number of milliseconds, 0 or more" });
  if (issues.length > 0) throw new ValidationError(NAME, issues);
}

/** One look must not use up the whole wait. */
const LOOK_MS = 60_000;

/** What passes by itself is no reason to give up a wait. */
async function orNotNow<T>(look: PromiseLike<T>): Promise<T | undefined> {
  try {
    return await look;
  } catch (error) {
    const passes =
      error instanceof ConnectionError || error instanceof ServerError || error instanceof RateLimitError;
    if (passes) return undefined;
    throw error;
  }
}

/** Before the number has got that far, servers answer with all kinds of errors; no code only means not yet. */
async function codeOf(caller: Caller, session: string, options: RequestOptions): Promise<string | undefined> {
  try {
    return (await caller.call(getQr, { sessionId: session }, { ...options, maxRetries: 0 })).data;
  } catch (error) {
    const isFinal =
      error instanceof AbortedError ||
      error instanceof AuthenticationError ||
      error instanceof PermissionError;
    if (isFinal) throw error;
    return undefined;
  }
}

function failed({ session, status }: NumberInfo): NumberNotReadyError {
  const message = `${NAME}: the number ${session} is ${status}. Restart it with numbers.restart, then scan its new QR code.`;
  return new NumberNotReadyError(message, { status: 200, outcome: "not_sent", attempts: 1, state: status });
}

function aborted(deadline: Deadline): AbortedError {
  const message = `${NAME} was aborted by its signal. The number was not changed.`;
  return new AbortedError(message, { outcome: "not_sent", attempts: 0, cause: deadline.abortReason });
}

function late(deadline: Deadline, last: NumberInfo | undefined): TimeoutError {
  const state = last === undefined ? "it could not be looked up" : `it is ${last.status || last.state}`;
  const hint =
    last?.state === "stopped" || last?.state === "created" ? " Start it with numbers.start first." : "";
  const message = `${NAME}: not ready within ${deadline.ms} ms; ${state}.${hint}`;
  return new TimeoutError(message, { outcome: "not_sent", attempts: 0, scope: "deadline", ms: deadline.ms });
}
