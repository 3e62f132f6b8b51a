import { answer, refusal, toResponse, type WebhookAnswer } from "./answer.js";
import { WebhookDelivery, type WebhookInput } from "./delivery.js";
import { eventKey } from "./event-key.js";
import type { UnknownEvent, WebhookEvent, WebhookEventName } from "./events/event-types.js";
import { type HandlerResult, Handlers, type WebhookHandler } from "./handlers.js";
import { whileLeased } from "./lease.js";
import { mayHaveSent } from "./may-have-sent.js";
import { parseEnvelope } from "./parse.js";
import { rawBody } from "./raw-body.js";
import { isRequest, readRequest } from "./read-request.js";
import { Reporter, type WebhookErrorListener, type WebhookLogger } from "./reporter.js";
import type { WebhookScheme } from "./schemes/scheme.js";
import { memoryStore, type WebhookStore } from "./store.js";
import { type VerifyOptions, VerifySettings, verifyDelivery } from "./verify.js";

const DAY_MS = 86_400_000;

/** Options of a {@link WebhookReceiver}. */
export interface WebhookReceiverOptions extends VerifyOptions {
  /** Remembers what was handled. Default `memoryStore()`: one process, until it ends. */
  store?: WebhookStore;
  /**
   * When to answer: `"after"` the handlers, so that a failure makes the sender repeat; or `"first"`, for handlers slower
   * than the sender's patience: a failure then only reaches `onError`. Default `"after"`.
   */
  acknowledge?: "after" | "first";
  /** How long, in milliseconds, an event is taken; renewed while its handlers run. After a crash it is free again by then. Default 30 000. */
  leaseMs?: number;
  /** How long, in milliseconds, a handled event is remembered. Default 24 hours, the `maxAge` of signatures. */
  ttlMs?: number;
  /** Where to write what no `onError` listener hears: never a key, a text or a number. Default `console`. */
  logger?: WebhookLogger;
}

/** What a runtime offers beside the request; an edge runtime's own context object fits. */
export interface WebhookContext {
  /** Keeps the runtime alive until the promise settles. Used with `acknowledge: "first"`. */
  waitUntil?(promise: Promise<unknown>): void;
}

/** A delivery that is not read yet; what adapters hand to {@link WebhookReceiver.receive}. */
export interface WebhookSource {
  /** The HTTP method. */
  readonly method: string | undefined;
  /** Reads the delivery; called once, and only for a POST. Gives up at `maxBytes`. */
  read(maxBytes: number): WebhookInput | Promise<WebhookInput>;
}

/**
 * Receives deliveries: proves them genuine, types them, runs your listeners once per event, and says to the sender what
 * makes it repeat or stop.
 *
 * @example
 * ```ts
 * const receiver = new WebhookReceiver({ secret: process.env.WASEND_WEBHOOK_SECRET });
 * receiver.on("message", async ({ message }) => {
 *   if (message.kind === "text") await wasend.messages.sendText({ to: message.from, text: "Thanks!" });
 * });
 * export const POST = (request: Request) => receiver.handle(request);
 * ```
 */
export class WebhookReceiver {
  readonly #settings: VerifySettings;
  readonly #store: WebhookStore;
  readonly #acknowledge: "after" | "first";
  readonly #leaseMs: number;
  readonly #ttlMs: number;
  readonly #handlers = new Handlers();
  readonly #reporter: Reporter;

  constructor(options: WebhookReceiverOptions = {}) {
    this.#settings = new VerifySettings(options);
    this.#store = options.store ?? memoryStore({ clock: this.#settings.clock });
    this.#acknowledge = options.acknowledge ?? "after";
    this.#leaseMs = options.leaseMs ?? 30_000;
    this.#ttlMs = options.ttlMs ?? DAY_MS;
    this.#reporter = new Reporter(options.logger ?? console);
  }

  /** How deliveries are proven genuine. */
  get scheme(): WebhookScheme {
    return this.#settings.scheme;
  }

  /**
   * Calls the listener for each event of this name. All listeners of an event run at the same time; what one throws does
   * not stop the others. A promise is awaited.
   *
   * @example
   * ```ts
   * receiver.on("message.ack", ({ ack }) => console.log(ack.messageId, ack.status));
   * ```
   */
  on<Name extends WebhookEventName>(name: Name, listener: WebhookHandler<Name>): this {
    this.#handlers.on(name, listener);
    return this;
  }

  /**
   * Takes a listener away again.
   *
   * @example
   * ```ts
   * receiver.off("message", listener);
   * ```
   */
  off<Name extends WebhookEventName>(name: Name, listener: WebhookHandler<Name>): this {
    this.#handlers.off(name, listener);
    return this;
  }

  /**
   * Calls the listener for every event, unknown ones included.
   *
   * @example
   * ```ts
   * receiver.onAny((event) => metrics.count(event.event));
   * ```
   */
  onAny(listener: (event: WebhookEvent) => HandlerResult): this {
    this.#handlers.onAny(listener);
    return this;
  }

  /**
   * Calls the listener for events without a type: a new name, or a known one whose payload lacks something.
   *
   * @example
   * ```ts
   * receiver.onUnknown((event) => console.warn(event.event, event.problem));
   * ```
   */
  onUnknown(listener: (event: UnknownEvent) => HandlerResult): this {
    this.#handlers.onUnknown(listener);
    return this;
  }

  /**
   * Calls the listener for everything that goes wrong: refused deliveries, listeners that threw, a store that failed.
   * Without a listener a line goes to the `logger`.
   *
   * @example
   * ```ts
   * receiver.onError((error, event) => sentry.captureException(error, { tags: { event: event?.event } }));
   * ```
   */
  onError(listener: WebhookErrorListener): this {
    this.#reporter.onError(listener);
    return this;
  }

  /**
   * Proves a delivery genuine and reads it; runs no listener and remembers nothing.
   *
   * @throws {@link WebhookSignatureError} when it is not genuine, too large, or no longer raw; `reason` says which.
   * @throws {@link WebhookPayloadError} when it is genuine, but no event.
   *
   * @example
   * ```ts
   * const event = await receiver.unwrap({ body, headers, url });
   * ```
   */
  async unwrap(request: Request | WebhookInput): Promise<WebhookEvent> {
    const { maxBytes } = this.#settings;
    const input = isRequest(request) ? await readRequest(request, maxBytes) : request;
    const delivery = new WebhookDelivery(input, maxBytes);
    await verifyDelivery(delivery, this.#settings);
    return parseEnvelope(delivery.json(), this.#settings.clock);
  }

  /**
   * Answers a delivery: 200 handled, now or before; 401 not genuine; 400 no event; 405 no POST; 409 with `Retry-After`
   * while another delivery of the same event is being handled; 413 too large; 500 a listener failed, so that the sender
   * repeats. A listener whose error says that a send may have gone out is not run again: 200, and `onError` hears of it.
   * Never throws.
   *
   * @example
   * ```ts
   * export default { fetch: (request, env, context) => receiver.handle(request, context) };
   * ```
   */
  async handle(request: Request, context: WebhookContext = {}): Promise<Response> {
    const read = (maxBytes: number) => readRequest(request, maxBytes);
    return toResponse(await this.receive({ method: request.method, read }, context));
  }

  /**
   * {@link WebhookReceiver.handle} for frameworks without `Request` and `Response`; the adapters stand on it. Never throws.
   *
   * @example
   * ```ts
   * const { status, headers, body } = await receiver.receive({ method, read: () => ({ body: raw, headers: requestHeaders }) });
   * ```
   */
  async receive(source: WebhookSource, context: WebhookContext = {}): Promise<WebhookAnswer> {
    if (source.method !== "POST") return answer(405, "method", { allow: "POST" });
    try {
      const input = await source.read(this.#settings.maxBytes);
      const event = await this.unwrap(input);
      return await this.#once(await eventKey(event, rawBody(input.body)), event, context);
    } catch (error) {
      this.#reporter.report(error);
      return refusal(error);
    }
  }

  async #once(key: string, event: WebhookEvent, context: WebhookContext): Promise<WebhookAnswer> {
    const claim = await this.#store.claim(key, this.#leaseMs);
    if (claim === "done") return answer(200, "done_before");
    // After a whole lease the claim is done, given back, or its holder is dead: the next try always gets further.
    if (claim !== "claimed")
      return answer(409, "busy", { "retry-after": `${Math.ceil(this.#leaseMs / 1000)}` });
    if (this.#acknowledge === "after") return this.#work(key, event);
    const working = this.#work(key, event);
    context.waitUntil?.(working);
    return answer(200, "accepted");
  }

  /** Never rejects. */
  async #work(key: string, event: WebhookEvent): Promise<WebhookAnswer> {
    const report = (error: unknown) => this.#reporter.report(error, event);
    const failures = await whileLeased(
      this.#store,
      key,
      this.#leaseMs,
      () => this.#handlers.run(key, event),
      report,
    );
    failures.forEach(report);
    const isOver = failures.length === 0 || failures.some((failure) => mayHaveSent(failure));
    try {
      await (isOver ? this.#store.complete(key, this.#ttlMs) : this.#store.release(key));
    } catch (error) {
      report(error);
    }
    if (!isOver) return answer(500, "handler");
    return answer(200, failures.length === 0 ? "handled" : "outcome_unknown");
  }
}
