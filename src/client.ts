import { platform } from "#platform";
import { Bulk, type PaceStores } from "./bulk/bulk.js";
import { ConfigurationError } from "./errors/index.js";
import { Events, type Listener } from "./events.js";
import type { ApiPromise } from "./http/api-promise.js";
import { Caller } from "./http/caller.js";
import type { WasendEvents } from "./http/events.js";
import { loadOnce } from "./http/load-once.js";
import { RateLimiter } from "./http/rate-limiter.js";
import { type RawRequest, rawWire } from "./http/raw-request.js";
import { layerHeaders, mergeHeaders, type RequestOptions } from "./http/request-options.js";
import type { Transport } from "./http/transport.js";
import { describeThrown, type Logger, leveled } from "./logger.js";
import type { MediaGate } from "./media/gate.js";
import { type MediaLimits, resolveLimits } from "./media/limits.js";
import {
  checkConfiguration,
  checkOptionsObject,
  type ResolvedOptions,
  resolveOptions,
  type WasendOptions,
} from "./options.js";
import { Account } from "./resources/account.js";
import { Chats } from "./resources/chats.js";
import { Contacts } from "./resources/contacts.js";
import { Groups } from "./resources/groups.js";
import { Media } from "./resources/media.js";
import { Messages } from "./resources/messages.js";
import { Numbers } from "./resources/numbers.js";
import { VERSION } from "./version.js";
import { WebhookReceiver } from "./webhooks/receiver.js";

/** What a tuned copy of a client shares with the one it was made from. */
interface Shared {
  limiter: RateLimiter;
  events: Events;
  transport: () => Promise<Transport>;
  receiver: () => WebhookReceiver;
  paces: PaceStores;
}

/**
 * The client. One is enough for a whole program; it keeps connections, paces and events together.
 *
 * @example
 * ```ts
 * import { Wasend } from "@wasend/sdk";
 *
 * const wasend = new Wasend({ apiKey: "…", session: "sess_…" });
 * const sent = await wasend.messages.sendText({ to: "+14155550123", text: "Hello!" });
 * ```
 */
export class Wasend {
  /** WhatsApp numbers: create, connect, start, stop. */
  readonly numbers: Numbers;
  /** Send, react, mark as seen. */
  readonly messages: Messages;
  /** Chats and the messages in them. */
  readonly chats: Chats;
  /** The number's address book, and who is on WhatsApp. */
  readonly contacts: Contacts;
  /** WhatsApp groups and their members. */
  readonly groups: Groups;
  /** The account that the key belongs to. */
  readonly account: Account;
  /** Files: sent as what they are, looked at, loaded. */
  readonly media: Media;
  /** Campaigns to many people. */
  readonly bulk: Bulk;

  readonly #options: ResolvedOptions;
  readonly #shared: Shared;
  readonly #caller: Caller;

  /**
   * @throws {@link ConfigurationError} when an option is missing or cannot work.
   */
  constructor(options: WasendOptions = {}) {
    this.#options = resolveOptions(options, { isBrowser: platform.isBrowser, agent: platform.supportsAgent });
    const logger = leveled(this.#options.logger, this.#options.logLevel);
    const from = inherited.get(options);
    this.#shared = { ...share(this.#options), ...from, events: new Events(logger, from?.events) };
    const { limiter, events, transport } = this.#shared;
    const { apiKey, baseUrl, session, timeout, deadline, maxRetries, headers } = this.#options;
    const userAgent = `wasend-sdk/${VERSION} (${platform.runtime})`;
    const limits = resolveLimits(this.#options.mediaLimits);
    const loadGate = loadOnce(() => loadMediaGate(limits, logger));
    this.#caller = new Caller(
      { limiter, transport, random: Math.random, emit: (name, event) => events.emit(name, event) },
      { apiKey, baseUrl, session, timeout, deadline, maxRetries, headers, userAgent },
      loadGate,
    );
    this.numbers = new Numbers(this.#caller, (error) =>
      logger.warn(`onQr of numbers.waitUntilReady failed: ${describeThrown(error)}`),
    );
    this.messages = new Messages(this.#caller);
    this.chats = new Chats(this.#caller);
    this.contacts = new Contacts(this.#caller);
    this.groups = new Groups(this.#caller);
    this.account = new Account(this.#caller);
    this.media = new Media(this.#caller, loadGate, {
      baseUrl,
      maxRetries,
      headers: { "user-agent": userAgent },
      ownHeaders: mergeHeaders(headers, { authorization: `Bearer ${apiKey}` }),
      opener: loadOnce(async () =>
        platform.createOpener({ agent: this.#options.agent, fetch: this.#options.fetch }),
      ),
    });
    this.bulk = new Bulk(this, session, this.#shared.paces);
  }

  /**
   * Receives deliveries, with the client's `webhookSecret` and `webhookScheme`. Made when it is first asked for.
   *
   * @throws {@link ConfigurationError} when the secret cannot be one.
   *
   * @example
   * ```ts
   * wasend.webhooks.on("message", ({ message }) => console.log(message.text));
   * export const POST = (request: Request) => wasend.webhooks.handle(request);
   * ```
   */
  get webhooks(): WebhookReceiver {
    return this.#shared.receiver();
  }

  /**
   * A copy with other options. It shares the listeners, the connections and the rate limiter, unless it is given a
   * `rateLimit`, `fetch` or `agent` of its own. What is `undefined` stays as it is.
   *
   * @example
   * ```ts
   * const asSales = wasend.withOptions({ session: sales.session, maxRetries: 0 });
   * ```
   */
  withOptions(options: WasendOptions): Wasend {
    checkOptionsObject(options);
    const given: WasendOptions = Object.fromEntries(
      Object.entries(options).filter(([, value]) => value !== undefined),
    );
    // Laid over the others, what is no object of headers could no longer be told from one.
    checkConfiguration({ headers: given.headers });
    const bringsTransport = "fetch" in given || "agent" in given;
    const merged: WasendOptions = {
      ...this.#options,
      ...(bringsTransport && { fetch: undefined, agent: undefined }),
      ...given,
      headers: layerHeaders(this.#options.headers, given.headers),
    };
    const { events, limiter, transport, receiver, paces } = this.#shared;
    inherited.set(merged, {
      events,
      paces,
      ...(!("rateLimit" in given) && { limiter }),
      ...(!bringsTransport && { transport }),
      ...(!("webhookSecret" in given || "webhookScheme" in given) && { receiver }),
    });
    return new (this.constructor as typeof Wasend)(merged);
  }

  /**
   * Calls an endpoint that the SDK does not know. GET, HEAD and DELETE may be repeated after any transient failure, the
   * others only when they provably were not sent.
   *
   * @throws {@link ValidationError} when the path could leave the API.
   *
   * @example
   * ```ts
   * const labels = await wasend.request({ method: "GET", path: "/sess_1/labels" });
   * ```
   */
  request(request: RawRequest, options: RequestOptions = {}): ApiPromise<unknown> {
    return this.#caller.raw(request, rawWire, options);
  }

  /**
   * Hears what the client does: `request`, `response`, `retry` and `rateLimited`. A listener that throws is logged and
   * never breaks a call.
   *
   * @example
   * ```ts
   * wasend.on("retry", ({ operation, waitMs }) => console.log(`${operation} again in ${waitMs} ms`));
   * ```
   */
  on<Name extends keyof WasendEvents>(event: Name, listener: Listener<Name>): this {
    checkListener("on", event, listener);
    this.#shared.events.on(event, listener);
    return this;
  }

  /**
   * As {@link Wasend.on}, for the next such event only.
   *
   * @example
   * ```ts
   * wasend.once("rateLimited", ({ waitMs }) => console.warn(`slow down: ${waitMs} ms`));
   * ```
   */
  once<Name extends keyof WasendEvents>(event: Name, listener: Listener<Name>): this {
    checkListener("once", event, listener);
    this.#shared.events.once(event, listener);
    return this;
  }

  /**
   * Takes a listener off again.
   *
   * @example
   * ```ts
   * const listener = () => console.log("a retry");
   * wasend.on("retry", listener);
   * wasend.off("retry", listener);
   * ```
   */
  off<Name extends keyof WasendEvents>(event: Name, listener: Listener<Name>): this {
    checkListener("off", event, listener);
    this.#shared.events.off(event, listener);
    return this;
  }
}

/** The emitter's own error says less, and without a listener it would take off those of others, too. */
function checkListener(method: string, event: string, listener: unknown): void {
  if (typeof listener !== "function")
    throw new ConfigurationError(`${method}("${String(event)}"): the listener must be a function.`);
}

/** How a copy gets its share without a constructor argument that users would see. */
const inherited = new WeakMap<WasendOptions, Partial<Shared>>();

function share(options: ResolvedOptions): Omit<Shared, "events"> {
  const { rateLimit, fetch, agent } = options;
  if (fetch !== undefined && typeof fetch !== "function")
    throw new ConfigurationError("fetch must be a function.");
  let receiver: WebhookReceiver | undefined;
  return {
    limiter: new RateLimiter(rateLimit),
    paces: new WeakMap(),
    transport: loadOnce(() => (fetch === undefined ? platform.createTransport({ agent }) : loadKy(fetch))),
    receiver: () => {
      const { webhookSecret: secret, webhookScheme: scheme, logger } = options;
      receiver ??= new WebhookReceiver({ secret, scheme, logger });
      return receiver;
    },
  };
}

/** With the first call, like all that looks at what goes out. */
async function loadMediaGate(limits: MediaLimits, logger: Logger): Promise<MediaGate> {
  const { MediaGate } = await import("./media/gate.js");
  return new MediaGate(limits, logger);
}

/** Only when it is used: ky costs more to load than all the rest. */
async function loadKy(fetch: NonNullable<WasendOptions["fetch"]>): Promise<Transport> {
  const { createKyTransport } = await import("./http/ky-transport.js");
  return createKyTransport(fetch);
}
