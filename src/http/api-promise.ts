import type { RateLimitInfo } from "../errors/index.js";
import type { CallAnswer } from "./call.js";
import { rateLimitInfo } from "./rate-limit-headers.js";
import { requestIdOf, toResponse } from "./response.js";

/** A call's data, with the answer it came in. */
export interface WithResponse<T> {
  /** What `await` alone would have given. */
  data: T;
  /** The answer, rebuilt from the bytes that were read. */
  response: Response;
  /** The server's id for the request, `undefined` when it gave none. */
  requestId: string | undefined;
  /** The server's rate-limit figures, `undefined` when it gave none. */
  rateLimit: RateLimitInfo | undefined;
  /** How many requests the call made. */
  attempts: number;
}

/**
 * The promise of one call. The request is under way when you get it; the answer is shaped only when you ask for it.
 *
 * @example
 * ```ts
 * const sent = await wasend.messages.sendText({ to, text });
 * const { data, requestId, rateLimit, attempts } = await wasend.messages.sendText({ to, text }).withResponse();
 * const response = await wasend.messages.sendText({ to, text }).asResponse();
 * ```
 */
export class ApiPromise<T> extends Promise<T> {
  /** Derived promises are plain ones: they have no answer of their own. */
  static override get [Symbol.species](): PromiseConstructor {
    return Promise;
  }

  readonly #answer: Promise<CallAnswer>;
  readonly #shape: (answer: CallAnswer) => T;
  #data: Promise<T> | undefined;

  /** @internal */
  constructor(answer: Promise<CallAnswer>, shape: (answer: CallAnswer) => T) {
    // The promise underneath is never looked at. It must not reject, or a handled call would count as unhandled.
    super((resolve) => resolve(undefined as T));
    this.#answer = answer;
    this.#shape = shape;
  }

  /** The answer as a standard `Response`, its body not looked at. Rejects as the call does. */
  async asResponse(): Promise<Response> {
    return toResponse((await this.#answer).response);
  }

  /** The data together with the answer, the request id, the rate-limit figures and the number of attempts. */
  async withResponse(): Promise<WithResponse<T>> {
    const answer = await this.#answer;
    const { headers } = answer.response;
    return {
      data: await this.#parse(),
      response: toResponse(answer.response),
      requestId: requestIdOf(headers),
      rateLimit: rateLimitInfo(headers, Date.now()),
      attempts: answer.attempts,
    };
  }

  override then<A = T, B = never>(
    onFulfilled?: ((value: T) => A | PromiseLike<A>) | null,
    onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.#parse().then(onFulfilled, onRejected);
  }

  override catch<B = never>(onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null): Promise<T | B> {
    return this.#parse().catch(onRejected);
  }

  override finally(onFinally?: (() => void) | null): Promise<T> {
    return this.#parse().finally(onFinally);
  }

  #parse(): Promise<T> {
    this.#data ??= this.#answer.then(this.#shape);
    return this.#data;
  }
}
