import { Content } from "../contract/content.js";
import type {
  ListOperation,
  Operation,
  PageContent,
  QueryValue,
  RetryClass,
  Values,
} from "../contract/operation.js";
import { nothing } from "../contract/read.js";
import { ValidationError } from "../errors/index.js";
import { secretsOf } from "../errors/redact.js";
import { ApiPromise } from "./api-promise.js";
import { jsonBody, type RequestBody } from "./body.js";
import { type CallAnswer, type CallContext, type CallRequest, performCall } from "./call.js";
import { formatError } from "./call-error.js";
import { Deadline } from "./deadline.js";
import { loadOnce } from "./load-once.js";
import { Page, PagePromise, type PageSource } from "./page.js";
import { fillPath } from "./path.js";
import { numbersOfPath } from "./path-numbers.js";
import { encodeQuery } from "./query.js";
import {
  checkRequestOptions,
  type HeaderOptions,
  mergeHeaders,
  type RequestOptions,
} from "./request-options.js";
import { snapshot } from "./snapshot.js";

/** What a client gives to all its calls. */
export interface CallerDefaults extends RequestOptions {
  apiKey: string;
  /** Without a slash at its end. */
  baseUrl: string;
  session: string | undefined;
  userAgent: string;
}

/** One request as the wire wants it. */
export interface WireRequest {
  id: string;
  method: string;
  /** The path with its parameters' names, for events and errors. */
  template: string;
  path: string;
  query: Readonly<Record<string, QueryValue>>;
  body: unknown;
  session: string | undefined;
  retry: RetryClass;
}

/** What looks at messages on their way out. */
export interface Gate {
  /**
   * The input with its file ready to be sent; a promise only where something must be waited for. `check` is given all the
   * rest of it before a file is opened.
   */
  ready(
    operation: string,
    input: object,
    deadline: Deadline,
    check: (input: object) => void,
  ): object | Promise<object>;
  /** Throws when it cannot arrive. */
  check(operation: string, body: Values | undefined): void;
}

/** A call that is settled only after a look at its file. */
export interface Plan<Reply, Result> {
  operation: Operation<Reply>;
  input: object;
  finish: (reply: Reply) => Result;
}

const TIMEOUT_MS = 30_000;
const DEADLINE_MS = 60_000;
/** Media inside the JSON body takes its time. */
const MEDIA_TIMEOUT_MS = 120_000;
const MEDIA_DEADLINE_MS = 300_000;
const MAX_RETRIES = 2;

/** What a caller passed, as it was at the call, and the time that the call has. */
interface Given<Input> {
  input: Input;
  options: RequestOptions;
  deadline: Deadline;
}

/** What looks at an input before it leaves. */
interface Checks {
  checkInput: typeof import("../contract/check-input.js").checkInput;
  gate: Gate | undefined;
}

/** Turns operations into calls: the door through which every resource goes. */
export class Caller {
  readonly defaults: Readonly<CallerDefaults>;
  readonly #context: CallContext;
  /** With the first call: they bring zod, and take as long to load as all the rest. */
  readonly #loadChecks: () => Promise<Checks>;
  #calls = 0;

  constructor(context: CallContext, defaults: CallerDefaults, loadGate?: () => Promise<Gate>) {
    this.#context = context;
    this.defaults = defaults;
    this.#loadChecks = loadOnce(async () => {
      const [{ checkInput }, gate] = await Promise.all([import("../contract/check-input.js"), loadGate?.()]);
      return { checkInput, gate };
    });
  }

  /** Checks an input as a call would, for what happens before that call. */
  async check(operation: Operation, input: object): Promise<void> {
    this.#wire(await this.#loadChecks(), operation, input);
  }

  /** Starts a call at once. */
  call<Reply>(operation: Operation<Reply>, input: object, options: RequestOptions = {}): ApiPromise<Reply> {
    const answer = this.#start(operation, input, options);
    return new ApiPromise(answer, (answered) => readReply(operation, answered));
  }

  /** Starts a call that answers with a list; a later page is asked for as this one was. */
  list<Item>(operation: ListOperation<Item>, input: object, options: RequestOptions = {}): PagePromise<Item> {
    let own: Given<object> | undefined;
    const answer = this.#perform(operation.id, input, options, (given) => {
      own = given;
      return this.#prepare(operation, given);
    });
    return new PagePromise(answer, (answered) => {
      const content: PageContent<Item> = readReply(operation, answered);
      return new Page(content, operation.isPaged && own ? this.#pages(operation, own) : undefined);
    });
  }

  /** Starts a call that a plan settles first. */
  planned<Input, Reply, Result>(
    id: string,
    input: Input,
    plan: (input: Input, deadline: Deadline) => Promise<Plan<Reply, Result>>,
    options: RequestOptions,
  ): ApiPromise<Result> {
    let settled: Plan<Reply, Result>;
    const answer = this.#perform(id, input, options, async (given) => {
      settled = await plan(given.input, given.deadline);
      return this.#wire(await this.#loadChecks(), settled.operation, settled.input);
    });
    return new ApiPromise(answer, (answered) => settled.finish(readReply(settled.operation, answered)));
  }

  /** Starts a request that no operation describes; the answer's JSON is handed out as it is. */
  raw<Input>(
    input: Input,
    prepare: (input: Input) => WireRequest,
    options: RequestOptions,
  ): ApiPromise<unknown> {
    const answer = this.#perform("request", input, options, (given) => prepare(given.input));
    return new ApiPromise(answer, ({ body }) =>
      "json" in body ? body.json : body.text === "" ? undefined : body.text,
    );
  }

  #start(operation: Operation, input: object, options: RequestOptions): Promise<CallAnswer> {
    return this.#perform(operation.id, input, options, (given) => this.#prepare(operation, given));
  }

  async #prepare(operation: Operation, { input, deadline }: Given<object>): Promise<WireRequest> {
    const checks = await this.#loadChecks();
    const check = (rest: object) => void this.#wire(checks, operation, rest);
    const ready = checks.gate?.ready(operation.id, input, deadline, check) ?? input;
    return this.#wire(checks, operation, ready instanceof Promise ? await ready : ready);
  }

  #pages<Item>(operation: ListOperation<Item>, { input, options }: Given<object>): PageSource<Item> {
    const { limit, offset = 0 } = input as { limit?: number; offset?: number };
    return {
      limit: limit === undefined ? undefined : Math.min(limit, operation.longestPage ?? limit),
      offset,
      fetchPage: (next) => this.list(operation, { ...input, offset: next }, options),
    };
  }

  #wire({ checkInput, gate }: Checks, operation: Operation, input: object): WireRequest {
    const { path, query, body, session } = checkInput(operation, input, this.defaults.session);
    gate?.check(operation.id, body);
    const { id, method, path: template, retry } = operation;
    return { id, method, template, path: fillPath(template, path), query, body, session, retry };
  }

  /** Asynchronous from its first line, so that bad input rejects like every other failure. */
  async #perform<Input>(
    id: string,
    input: Input,
    options: RequestOptions,
    prepare: (given: Given<Input>) => WireRequest | Promise<WireRequest>,
  ): Promise<CallAnswer> {
    const given = this.#given(id, input, options);
    try {
      const wire = prepare(given);
      const request = this.#callRequest(wire instanceof Promise ? await wire : wire, given);
      return await performCall(this.#context, request);
    } finally {
      given.deadline.dispose();
    }
  }

  #given<Input>(id: string, input: Input, options: RequestOptions): Given<Input> {
    const own = snapshot(id, options);
    checkRequestOptions(id, own);
    const copy = snapshot(id, input);
    const usual = hasFile(copy) ? MEDIA_DEADLINE_MS : DEADLINE_MS;
    const deadline = new Deadline(own.deadline ?? this.defaults.deadline ?? usual, own.signal);
    return { input: copy, options: own, deadline };
  }

  #callRequest(wire: WireRequest, { options, deadline }: Given<unknown>): CallRequest {
    const defaults = this.defaults;
    const body = toJson(wire, options);
    const data = (wire.body as { data?: unknown } | undefined)?.data;
    const hasMedia = typeof data === "string" || data instanceof Content;
    this.#calls += 1;
    return {
      event: {
        callId: `c${this.#calls.toString(36)}`,
        operation: wire.id,
        method: wire.method,
        path: wire.template,
        session: wire.session,
      },
      retry: wire.retry,
      http: {
        method: wire.method,
        url: `${defaults.baseUrl}${wire.path}${encodeQuery(wire.query)}`,
        headers: mergeHeaders(
          { accept: "application/json", "user-agent": defaults.userAgent },
          body === undefined ? undefined : { "content-type": "application/json" },
          defaults.headers,
          options.headers,
          { authorization: `Bearer ${defaults.apiKey}` },
        ),
        body,
      },
      timeoutMs: options.timeout ?? defaults.timeout ?? (hasMedia ? MEDIA_TIMEOUT_MS : TIMEOUT_MS),
      deadline,
      maxRetries: options.maxRetries ?? defaults.maxRetries ?? MAX_RETRIES,
      secrets: () => [
        defaults.apiKey,
        ...secretsOf([wire.body, wire.query]),
        ...(wire.id === "request" ? numbersOfPath(wire.path) : numbersIn(wire.path)),
        ...[defaults.headers, options.headers].flatMap(longValues),
      ],
    };
  }
}

/** Whether a file goes along as `data`: here, or in the body of a request that no operation describes. */
function hasFile(input: unknown): boolean {
  if (typeof input !== "object" || input === null) return false;
  const { data, body } = input as { data?: unknown; body?: unknown };
  return (data !== undefined && data !== null) || hasFile(body);
}

/** The phone numbers in a path, each with the sign of one: a reader is shown its last digits. */
function numbersIn(path: string): string[] {
  return (path.match(/\d{7,}/g) ?? []).map((digits) => `+${digits}`);
}

/** Headers of the user's own may hold a token. A shorter value is none, and could be any word. */
function longValues(headers: HeaderOptions | undefined): string[] {
  return Object.values(headers ?? {}).filter((value): value is string => (value?.length ?? 0) >= 8);
}

function toJson({ id, body }: WireRequest, { onUploadProgress }: RequestOptions): RequestBody {
  try {
    return jsonBody(body, onUploadProgress);
  } catch {
    throw new ValidationError(id, [{ path: "body", message: "must be JSON: no cycles, no BigInt" }]);
  }
}

/** Not everything that answers 2xx with a text is JSON: a bare string comes without its quotes. */
function readReply<Reply>(operation: Operation<Reply>, answer: CallAnswer): Reply {
  const { body } = answer;
  const value = "json" in body ? body.json : body.text === "" ? undefined : body.text;
  const reply = operation.reply(value) as Reply;
  if (reply === undefined && operation.reply !== nothing) throw formatError(answer, operation.expects);
  return reply;
}
