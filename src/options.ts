import { ConfigurationError } from "./errors/index.js";
import type { FetchLike } from "./http/ky-transport.js";
import type { RateLimitOptions } from "./http/rate-limiter.js";
import {
  checkLimits,
  type HeaderOptions,
  layerHeaders,
  type RequestOptions,
} from "./http/request-options.js";
import { LOG_LEVELS, type Logger, type LogLevel } from "./logger.js";
import type { MediaLimits } from "./media/limits.js";
import type { WebhookScheme } from "./webhooks/schemes/scheme.js";

/** Options of {@link Wasend}. Everything has a default but the key. */
export interface WasendOptions {
  /** The API key. Default: the environment variable `WASEND_API_KEY`. Trimmed. */
  apiKey?: string | undefined;
  /** Where the API is. Default: `WASEND_BASE_URL`, else `https://api.wasend.dev`. `http:` only for this machine itself. */
  baseUrl?: string | undefined;
  /** The id of the WhatsApp number that acts when a call names none. Default: `WASEND_SESSION`. */
  session?: string | undefined;
  /** The secret of webhook deliveries; several while one replaces the other. Default: `WASEND_WEBHOOK_SECRET`. */
  webhookSecret?: string | readonly string[] | undefined;
  /** How webhook deliveries are proven genuine. Default: `schemes.auto()` of `@wasend/sdk/webhooks`. */
  webhookScheme?: WebhookScheme | undefined;
  /** Milliseconds for one attempt, reading the answer included. Default: 30,000; 120,000 for media as `data`. */
  timeout?: number | undefined;
  /** Milliseconds (or the moment) for one whole call, waits included. Default: 60,000; 300,000 for media as `data`. */
  deadline?: number | Date | undefined;
  /** How often a call that may be repeated is repeated. 0 is exactly one request. Default: 2. */
  maxRetries?: number | undefined;
  /** How fast each number may go, kept to here before anything is sent. Default: no limit. */
  rateLimit?: RateLimitOptions | undefined;
  /** Headers for every request. */
  headers?: HeaderOptions | undefined;
  /** How large files and texts may be, where the server's own limits differ from WhatsApp's usual ones. */
  mediaLimits?: Partial<MediaLimits> | undefined;
  /** A `fetch` to use instead of this runtime's transport: an instrumented one, the emulator's, a test's. */
  fetch?: FetchLike | undefined;
  /** A `node:http` or `node:https` Agent: a proxy, other keep-alive. Node, Bun and Deno only; not together with `fetch`. */
  agent?: object | undefined;
  /** Where log lines go. Default: `console`. */
  logger?: Logger | undefined;
  /** How much is logged. Default: `WASEND_LOG`, else `"warn"`. Never a key, a text or a whole number, at any level. */
  logLevel?: LogLevel | undefined;
  /** Allows use in a web page, where everyone can read the key, and where the browser may repeat a send by itself. Default: false. */
  dangerouslyAllowBrowser?: boolean | undefined;
}

/** A client's options, checked and complete. */
export interface ResolvedOptions extends WasendOptions {
  apiKey: string;
  baseUrl: string;
  logger: Logger;
  logLevel: LogLevel;
}

const DEFAULT_BASE_URL = "https://api.wasend.dev";

/** Checks the options of a client and fills in what the environment and the defaults give. */
export function resolveOptions(
  options: WasendOptions,
  can: { isBrowser: boolean; agent: boolean },
): ResolvedOptions {
  checkOptionsObject(options);
  if (can.isBrowser && options.dangerouslyAllowBrowser !== true) {
    throw new ConfigurationError(
      "this looks like a web page, where everyone could read the API key. Call WASend from your server; if you know what you do, pass dangerouslyAllowBrowser: true.",
    );
  }
  if (options.agent !== undefined && (options.fetch !== undefined || !can.agent)) {
    const why =
      options.fetch === undefined ? "this runtime has no node:http" : "a fetch brings its own connections";
    throw new ConfigurationError(`agent cannot be used here: ${why}.`);
  }
  const baseUrl = checkBaseUrl(options.baseUrl ?? environment("WASEND_BASE_URL") ?? DEFAULT_BASE_URL);
  if (options.agent !== undefined) checkAgent(options.agent, baseUrl);
  checkConfiguration(options);
  if (options.rateLimit !== undefined) checkRateLimit(options.rateLimit);
  const session = options.session ?? environment("WASEND_SESSION");
  return {
    ...options,
    headers: layerHeaders(options.headers),
    apiKey: checkKey(options.apiKey ?? environment("WASEND_API_KEY")),
    baseUrl,
    session: session === "" ? undefined : session,
    webhookSecret: options.webhookSecret ?? environment("WASEND_WEBHOOK_SECRET"),
    logger: options.logger ?? console,
    logLevel: checkLevel(options.logLevel ?? environment("WASEND_LOG") ?? "warn"),
  };
}

/** What every client's options are at least. */
export function checkOptionsObject(options: WasendOptions): void {
  if (typeof options !== "object" || options === null)
    throw new ConfigurationError(
      "options must be an object: new Wasend({ apiKey }), wasend.withOptions({ session }).",
    );
}

/** Checks what a call could be given as well. */
export function checkConfiguration(options: RequestOptions): void {
  const issues = checkLimits(options);
  if (issues.length > 0)
    throw new ConfigurationError(issues.map(({ path, message }) => `${path} ${message}`).join("; "));
}

function environment(name: string): string | undefined {
  try {
    const value = globalThis.process?.env?.[name]?.trim();
    return value === "" ? undefined : value;
  } catch {
    // Deno without --allow-env: the same as not set.
    return undefined;
  }
}

function checkKey(value: unknown): string {
  const key = typeof value === "string" ? value.trim() : "";
  if (key === "") {
    throw new ConfigurationError(
      "no API key: pass new Wasend({ apiKey }) or set the environment variable WASEND_API_KEY.",
    );
  }
  if (!/^[\x21-\x7e]+$/.test(key)) {
    throw new ConfigurationError(
      "the API key holds spaces, line breaks or other characters that no key has: copy it again.",
    );
  }
  return key;
}

const LOOPBACK = /^(?:localhost|(?:[\w-]+\.)+localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

function checkBaseUrl(value: string): string {
  const isText = typeof value === "string" || (value as unknown) instanceof URL;
  const url = isText && URL.canParse(value) ? new URL(value) : undefined;
  const wrong = (why: string) => new ConfigurationError(`baseUrl ${why}, such as ${DEFAULT_BASE_URL}.`);
  if (url === undefined) throw wrong("must be an absolute address");
  if (url.username !== "" || url.password !== "") throw wrong("must not hold credentials");
  if (url.search !== "" || url.hash !== "") throw wrong("must not have a query or a fragment");
  const isSafe = url.protocol === "https:" || (url.protocol === "http:" && LOOPBACK.test(url.hostname));
  if (!isSafe)
    throw wrong("must be https: (http: would send the key in the clear, and is for this machine only)");
  // Not `href`, which keeps the mark of an empty query.
  return url.origin + url.pathname.replace(/\/+$/, "");
}

function checkAgent(agent: unknown, baseUrl: string): void {
  const isObject = typeof agent === "object" && agent !== null;
  if (!isObject || typeof (agent as { addRequest?: unknown }).addRequest !== "function") {
    throw new ConfigurationError(
      'agent must be an Agent of node:http or node:https, or of a package such as https-proxy-agent; "undici" has others, which go with its own fetch.',
    );
  }
  // Proxy agents work it out at each request, and say anything before.
  const protocol: unknown = Object.getOwnPropertyDescriptor(agent, "protocol")?.value;
  if (typeof protocol === "string" && protocol !== "" && !baseUrl.startsWith(`${protocol}//`)) {
    throw new ConfigurationError(`agent is one for ${protocol} addresses, and baseUrl is ${baseUrl}.`);
  }
}

function checkLevel(value: string): LogLevel {
  if (LOG_LEVELS.includes(value as LogLevel)) return value as LogLevel;
  throw new ConfigurationError(`logLevel must be one of ${LOG_LEVELS.join(", ")}.`);
}

function checkRateLimit(rateLimit: RateLimitOptions): void {
  if (typeof rateLimit !== "object" || rateLimit === null) {
    throw new ConfigurationError("rateLimit must be an object, such as { perSecond: 1 }.");
  }
  const { perSecond, perMinute, concurrency, onLimit } = rateLimit;
  for (const [name, value] of Object.entries({ perSecond, perMinute, concurrency })) {
    if (value !== undefined && !(Number.isSafeInteger(value) && value >= 1)) {
      throw new ConfigurationError(`rateLimit.${name} must be a whole number, 1 or more.`);
    }
  }
  if (onLimit !== undefined && onLimit !== "wait" && onLimit !== "throw") {
    throw new ConfigurationError('rateLimit.onLimit must be "wait" or "throw".');
  }
}
