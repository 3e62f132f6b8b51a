import type { PageContent } from "../contract/operation.js";
import { ApiPromise } from "./api-promise.js";
import type { CallAnswer } from "./call.js";

/** How a list goes on. */
export interface PageSource<T> {
  /** The limit that was asked for, already cut to what the server gives at most. */
  limit: number | undefined;
  offset: number;
  fetchPage(offset: number): PagePromise<T>;
}

/**
 * One page of a list; iterate it to get every item of this page and of those behind it.
 *
 * @example
 * ```ts
 * const page = await wasend.chats.list({ limit: 50 });
 * console.log(page.data.length);
 * if (page.hasNextPage()) await page.getNextPage();
 * ```
 */
export class Page<T> implements AsyncIterable<T> {
  /** The items of this page. */
  readonly data: T[];
  readonly #hasMore: boolean | undefined;
  readonly #source: PageSource<T> | undefined;
  readonly #previous: string | undefined;

  /** @internal */
  constructor(content: PageContent<T>, source?: PageSource<T>, previous?: string) {
    this.data = content.items;
    this.#hasMore = content.hasMore;
    this.#source = source;
    this.#previous = previous;
  }

  /**
   * Whether there may be another page. The server's word counts where it gives one; else a page that is shorter than its
   * limit is the last, and so is one that repeats the page before (a server that takes no `offset`).
   */
  hasNextPage(): boolean {
    if (this.#source === undefined || this.data.length === 0 || this.#isRepeat()) return false;
    return this.#hasMore ?? this.data.length >= (this.#source.limit ?? 1);
  }

  /** The next page. Throws a `RangeError` when there is none. */
  getNextPage(): Promise<Page<T>> {
    if (this.#source === undefined || !this.hasNextPage()) {
      return Promise.reject(new RangeError("there is no next page: ask hasNextPage() first"));
    }
    // Not `new Page`: a class that names itself is renamed by the bundler, and prints so.
    const Next = this.constructor as typeof Page<T>;
    return this.#source
      .fetchPage(this.#source.offset + this.data.length)
      .then(
        (page) => new Next({ items: page.data, hasMore: page.#hasMore }, page.#source, this.#fingerprint()),
      );
  }

  /** Every item of this page and of the pages behind it, each page fetched when it is needed. */
  async *[Symbol.asyncIterator](): AsyncIterator<T> {
    for (let page: Page<T> = this; ; page = await page.getNextPage()) {
      if (page.#isRepeat()) return;
      yield* page.data;
      if (!page.hasNextPage()) return;
    }
  }

  #isRepeat(): boolean {
    return this.#previous !== undefined && this.#previous === this.#fingerprint();
  }

  #fingerprint(): string {
    return JSON.stringify(this.data);
  }
}

/**
 * The promise of a page. `await` gives the first page; iterating it gives every item of all pages.
 *
 * @example
 * ```ts
 * for await (const chat of wasend.chats.list()) console.log(chat.id);
 * ```
 */
export class PagePromise<T> extends ApiPromise<Page<T>> implements AsyncIterable<T> {
  /** @internal */
  constructor(answer: Promise<CallAnswer>, shape: (answer: CallAnswer) => Page<T>) {
    super(answer, shape);
  }

  /** Every item of all pages. */
  async *[Symbol.asyncIterator](): AsyncIterator<T> {
    yield* await this;
  }
}
