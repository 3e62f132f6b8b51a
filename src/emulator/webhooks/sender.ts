import { orAbort } from "../abort.js";
import type { Ids } from "../ids.js";
import { merged, type OpenDelivery, reasonOf } from "./delivery.js";
import { USER_AGENT } from "./envelope.js";
import type { WebhookQuirks, WebhookSettings } from "./options.js";
import { delayBefore, retryAfterMs } from "./retries.js";
import { signatureOf } from "./signing.js";

/** What the sender has to know about a delivery to make it. */
export type ToDeliver = Pick<OpenDelivery, "id" | "event" | "session" | "url" | "body" | "given"> & {
  timestamp: number;
};

/** Carries deliveries: signs, posts, repeats. Each runs on its own, as the engine's do. */
export class Sender {
  readonly deliveries: OpenDelivery[] = [];
  readonly #settings: WebhookSettings;
  readonly #ids: Ids;
  readonly #now: () => number;
  readonly #running = new Set<AbortController>();
  #signing: Promise<unknown> = Promise.resolve();

  constructor(settings: WebhookSettings, ids: Ids, now: () => number) {
    this.#settings = settings;
    this.#ids = ids;
    this.#now = now;
  }

  /** Lists the delivery and starts it, or starts it `after` something; `attempted` settles with the first attempt. */
  send(
    { timestamp, ...given }: ToDeliver,
    duplicates?: WebhookQuirks["duplicates"],
    after?: Promise<unknown>,
  ): { delivery: OpenDelivery; attempted: Promise<void> } {
    const requestId = this.#ids.request();
    const engine = {
      accept: "application/json, text/plain, */*",
      "content-type": "application/json",
      "user-agent": USER_AGENT,
    };
    const own = { "x-webhook-request-id": requestId, "x-webhook-timestamp": String(timestamp) };
    const headers = merged(engine, this.#settings.headers, own);
    const delivery: OpenDelivery = { ...given, requestId, headers, attempts: [], status: "pending" };
    this.deliveries.push(delivery);
    return { delivery, attempted: this.#first(delivery, duplicates, after) };
  }

  /** One more request with the same bytes, whatever became of the earlier ones. */
  again(delivery: OpenDelivery): Promise<unknown> {
    return this.#stoppable((signal) => this.#attempt(delivery, signal));
  }

  /** Cuts what is under way and drops what is planned. */
  stop(): void {
    for (const one of this.#running) one.abort(new Error("the emulator was reset"));
  }

  async #stoppable<T>(run: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const controller = new AbortController();
    this.#running.add(controller);
    try {
      return await run(controller.signal);
    } finally {
      this.#running.delete(controller);
    }
  }

  #first(
    delivery: OpenDelivery,
    duplicates: WebhookQuirks["duplicates"],
    after?: Promise<unknown>,
  ): Promise<void> {
    return new Promise((resolve) => {
      this.#stoppable(async (signal) => {
        await after;
        const twin = duplicates === "concurrent" ? this.#attempt(delivery, signal) : undefined;
        const asked = await this.#attempt(delivery, signal);
        if (duplicates === "afterwards") await this.#attempt(delivery, signal);
        await twin;
        const retrying = this.#retry(delivery, asked, signal);
        resolve();
        await retrying;
      }).catch(resolve);
    });
  }

  async #retry(delivery: OpenDelivery, asked: number, signal: AbortSignal): Promise<void> {
    const { retries, wait } = this.#settings;
    let longest = asked;
    for (let retry = 1; isPending(delivery) && retry <= retries.attempts && !signal.aborted; retry++) {
      try {
        await wait(delayBefore(retry, retries, longest, this.#ids.fraction()), signal);
      } catch {
        break;
      }
      // Somebody may have redelivered it meanwhile.
      if (isPending(delivery)) longest = await this.#attempt(delivery, signal);
    }
    if (isPending(delivery)) delivery.status = "failed";
  }

  /** Never rejects. Gives how many milliseconds the answer asks to wait. */
  async #attempt(delivery: OpenDelivery, signal: AbortSignal): Promise<number> {
    const attempt: OpenDelivery["attempts"][number] = { at: new Date(this.#now()) };
    delivery.attempts.push(attempt);
    try {
      delivery.headers = merged(delivery.headers, await this.#signatureOf(delivery));
      signal.throwIfAborted();
      const response = await orAbort(this.#post(delivery, signal), signal);
      if (response.ok) delivery.status = "delivered";
      attempt.status = response.status;
      return retryAfterMs(response.headers.get("retry-after"), this.#now());
    } catch (error) {
      attempt.error = reasonOf(error);
      return 0;
    }
  }

  async #post({ url, headers, body }: OpenDelivery, signal: AbortSignal): Promise<Response> {
    const response = await this.#settings.fetch(new Request(url, { method: "POST", headers, body, signal }));
    // Read to its end, so that the connection is free for the next.
    if (!response.bodyUsed) await response.arrayBuffer();
    return response;
  }

  /** One after the other, so that deliveries leave in the order of their events: WebCrypto keeps none. */
  #signatureOf({ given, requestId, headers, body }: OpenDelivery): Promise<Record<string, string>> {
    const { scheme, secret } = this.#settings;
    if (given !== undefined) return Promise.resolve(given);
    // The engine signs the body alone, and once. Other schemes sign the moment too.
    if (scheme === "hmacSha512" && "x-webhook-hmac" in headers) return Promise.resolve({});
    const signed = this.#signing.then(() =>
      signatureOf(scheme, secret, { id: `msg_${requestId}`, body, now: this.#now() }),
    );
    this.#signing = signed.catch(() => {});
    return signed;
  }
}

const isPending = ({ status }: OpenDelivery): boolean => status === "pending";
