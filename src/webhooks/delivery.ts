import { WebhookPayloadError } from "../errors/webhook-errors.js";
import { findHeader, type WebhookHeaders } from "./headers.js";
import { checkSize, type RawBody, rawBody } from "./raw-body.js";

/** A delivery as a server has it in hand. */
export interface WebhookInput {
  /** The body, exactly as it came. */
  readonly body: RawBody;
  /** The request's headers: a `Headers`, or a record whose values may be lists. */
  readonly headers: WebhookHeaders;
  /** The request's address, with its query; a path will do. Only `urlToken` and `auto` read it. */
  readonly url?: string;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true });

/**
 * What a scheme gets to see: the body's bytes and the headers. Each form of the body is made once, when somebody asks.
 *
 * @example
 * ```ts
 * const mine = { name: "mine", verify: (delivery) => delivery.header("x-mine") === "1", sign: () => ({ "x-mine": "1" }) };
 * ```
 */
export class WebhookDelivery {
  /** The headers, as they were given. */
  readonly headers: WebhookHeaders;
  /** The request's address, if it was given. */
  readonly url: string | undefined;
  /** The body as it was given: a string or bytes. What to compute a signature over. */
  readonly raw: string | Uint8Array;
  #json: unknown;
  #parsed = false;

  /** @internal */
  constructor(input: WebhookInput, maxBytes: number) {
    this.raw = rawBody(input.body);
    checkSize(this.raw, maxBytes);
    this.headers = input.headers ?? {};
    this.url = input.url;
  }

  /** The body's bytes. */
  get body(): Uint8Array {
    return typeof this.raw === "string" ? encoder.encode(this.raw) : this.raw;
  }

  /** A header's value by its name, in any case; a list as one text. `undefined` when it is absent. */
  header(name: string): string | undefined {
    return findHeader(this.headers, name);
  }

  /**
   * The body as JSON.
   * @throws {@link WebhookPayloadError} when it is none.
   */
  json(): unknown {
    if (!this.#parsed) this.#json = parseJson(this.raw);
    this.#parsed = true;
    return this.#json;
  }
}

/** The only place where a delivery's JSON is read. The message does not quote the body, as JSON.parse's own does. */
export function parseJson(raw: string | Uint8Array): unknown {
  try {
    return JSON.parse(typeof raw === "string" ? raw : decoder.decode(raw));
  } catch {
    throw new WebhookPayloadError("The webhook's body is no JSON in UTF-8.");
  }
}
