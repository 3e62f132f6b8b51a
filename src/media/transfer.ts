import { ConnectionError, isWasendError, RateLimitError, ServerError } from "../errors/index.js";
import type { Deadline } from "../http/deadline.js";
import { header, type ResponseHeaders } from "../http/response.js";
import {
  endedError,
  lostError,
  missingError,
  privateError,
  refusedError,
  tooLargeError,
  unreachableError,
} from "./download-errors.js";
import type { Progress } from "./download-options.js";
import { type OpenUrl, PrivateAddressError, type UrlAnswer } from "./open-url.js";
import { isPrivateHost } from "./private-address.js";

/** What one transfer keeps to. */
export interface TransferInit {
  url: URL;
  open: OpenUrl;
  /** Headers for every server. */
  headers: Readonly<Record<string, string>>;
  /** Headers for the API itself, the key among them; they never follow a redirect. */
  ownHeaders: Readonly<Record<string, string>>;
  ownOrigin: string;
  allowPrivate: boolean;
  maxBytes: number;
  maxRetries: number;
  timeoutMs: number;
  deadline: Deadline;
  onProgress: ((progress: Progress) => void) | undefined;
}

const MOST_REDIRECTS = 5;
const BACKOFF_MS = 200;
const LONGEST_BACKOFF_MS = 5_000;

/** One file on its way here. A broken connection is taken up where it broke, if the server can prove it is the same file. */
export class Transfer {
  readonly #init: TransferInit;
  #answer: UrlAnswer | undefined;
  #controller = new AbortController();
  #attempts = 0;
  /** Bytes that a server sends again because it cannot begin in the middle. */
  #skip = 0;
  #isClosed = false;
  /** Ends the watch between two reads. */
  #unwatch = () => {};
  /** All bytes, where the server says so. */
  total: number | undefined;

  constructor(init: TransferInit) {
    this.#init = init;
  }

  /** Gets status and headers; the body waits. */
  async start(): Promise<ResponseHeaders> {
    const answer = await this.#openPatiently({});
    this.#answer = answer;
    const { maxBytes } = this.#init;
    this.total = lengthOf(answer.headers);
    if (this.total !== undefined && this.total > maxBytes) {
      this.close();
      throw tooLargeError(this.total, maxBytes, this.#attempts);
    }
    return answer.headers;
  }

  /** Drops what is left. */
  close(): void {
    this.#isClosed = true;
    this.#unwatch();
    this.#answer?.close();
    this.#controller.abort();
    this.#init.deadline.dispose();
  }

  /** The file, to its end or to an error. */
  async *pieces(): AsyncGenerator<Uint8Array> {
    const { maxBytes, maxRetries, onProgress } = this.#init;
    let loaded = 0;
    let failures = 0;
    try {
      for (;;) {
        const answer = this.#answer as UrlAnswer;
        const { status } = answer;
        let cause: unknown;
        const reader = answer.body[Symbol.asyncIterator]();
        for (;;) {
          let next: IteratorResult<Uint8Array>;
          try {
            next = await this.#guard(reader.next());
          } catch (error) {
            if (isWasendError(error)) throw error;
            if (this.#isClosed) return;
            cause = error;
            break;
          }
          if (next.done === true) {
            if (this.total === undefined || loaded === this.total) return;
            break;
          }
          const piece = this.#afterSkip(next.value);
          if (piece.length === 0) continue;
          loaded += piece.length;
          failures = 0;
          if (loaded > maxBytes) throw tooLargeError(undefined, maxBytes, this.#attempts);
          if (loaded > (this.total ?? loaded))
            throw lostError("more came than the server had announced", status, this.#attempts);
          onProgress?.({ loaded, total: this.total });
          yield piece;
        }
        const validator = validatorOf(answer.headers);
        const isPlain = header(answer.headers, "content-encoding") === undefined;
        if (validator === undefined || !isPlain || failures >= maxRetries)
          throw lostError(`the connection broke after ${loaded} bytes`, status, this.#attempts, cause);
        failures += 1;
        this.#answer = await this.#resume(answer, validator, loaded, failures);
      }
    } finally {
      this.close();
    }
  }

  async #resume(before: UrlAnswer, validator: string, at: number, failures: number): Promise<UrlAnswer> {
    before.close();
    this.#skip = 0;
    await this.#sleep(BACKOFF_MS * (failures - 1));
    const answer = await this.#openPatiently({ range: `bytes=${at}-`, "if-range": validator });
    const { status, headers } = answer;
    const fail = (why: string) => {
      answer.close();
      return lostError(why, status, this.#attempts);
    };
    const isSame = validatorOf(headers) === validator;
    if (status !== 206) {
      if (!isSame) throw fail("the file changed on the server while it was loaded");
      this.#skip = at;
      return answer;
    }
    const [, start, total] = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(header(headers, "content-range") ?? "") ?? [];
    const isOther = validatorOf(headers) !== undefined && !isSame;
    const hasOtherSize = this.total !== undefined && total !== "*" && Number(total) !== this.total;
    if (Number(start) !== at || isOther || hasOtherSize)
      throw fail("the server went on with another part or another file");
    if (total !== undefined && total !== "*") this.total = Number(total);
    // The next break is judged by what the file was called first.
    return { ...answer, headers: before.headers };
  }

  #afterSkip(piece: Uint8Array): Uint8Array {
    if (this.#skip === 0) return piece;
    const rest = piece.subarray(Math.min(this.#skip, piece.length));
    this.#skip -= piece.length - rest.length;
    return rest;
  }

  /** A GET does no harm twice: what may pass is tried again. */
  async #openPatiently(extra: Record<string, string>): Promise<UrlAnswer> {
    for (let failures = 0; ; failures += 1) {
      try {
        return await this.#openOnce(extra);
      } catch (error) {
        const named = error instanceof RateLimitError ? error.retryAfter : undefined;
        const passes =
          error instanceof ServerError ||
          named !== undefined ||
          (error instanceof ConnectionError && error.code === "connection_error");
        const waitMs =
          named === undefined ? Math.min(BACKOFF_MS * 2 ** failures, LONGEST_BACKOFF_MS) : named * 1_000;
        const isLast = failures >= this.#init.maxRetries || waitMs >= this.#init.deadline.remainingMs;
        if (!passes || isLast) throw error;
        await this.#sleep(waitMs);
      }
    }
  }

  async #openOnce(extra: Record<string, string>): Promise<UrlAnswer> {
    const { headers, ownHeaders, ownOrigin, allowPrivate, open } = this.#init;
    let { url } = this.#init;
    let isOwn = url.origin === ownOrigin;
    this.#attempts += 1;
    for (let redirects = 0; ; redirects += 1) {
      const mayBePrivate = allowPrivate || isOwn;
      if (!mayBePrivate && isPrivateHost(url.hostname)) throw privateError(url.host, redirects > 0);
      this.#controller = new AbortController();
      const { signal } = this.#controller;
      const keyed = isOwn && redirects === 0 ? ownHeaders : {};
      const request = {
        url,
        headers: { ...headers, ...extra, ...keyed },
        signal,
        allowPrivate: mayBePrivate,
      };
      const answer = await this.#guard(open(request)).catch((error: unknown) => {
        if (isWasendError(error)) throw error;
        if (isPrivate(error)) throw privateError(url.host, redirects > 0);
        throw unreachableError(url.host, this.#attempts, error);
      });
      const { status } = answer;
      if (status === 200 || status === 203 || (status === 206 && "range" in extra)) return answer;
      answer.close();
      const location = status >= 300 && status < 400 ? header(answer.headers, "location") : undefined;
      if (location === undefined || redirects >= MOST_REDIRECTS || !URL.canParse(location, url))
        throw refusedError(url, answer, this.#attempts);
      url = new URL(location, url);
      if (!/^https?:$/.test(url.protocol))
        throw missingError("the address redirects to what is no web address", status, this.#attempts);
      // Whoever is redirected to the API by a stranger is not coming from the API.
      isOwn = isOwn && url.origin === ownOrigin;
    }
  }

  #sleep(ms: number): Promise<void> {
    const { deadline } = this.#init;
    return deadline.sleep(ms).then((ended) => {
      if (ended !== "limit") throw this.#ended(ended);
    });
  }

  /** Waits for something, but never past our own limits. Until the next time they are watched without it. */
  #guard<T>(work: Promise<T>): Promise<T> {
    const { deadline, timeoutMs } = this.#init;
    this.#unwatch();
    return new Promise<T>((resolve, reject) => {
      const end = (reason: "limit" | "deadline" | "aborted") => {
        reject(this.#ended(reason));
        this.#controller.abort();
      };
      const stop = deadline.watch(timeoutMs, end);
      // Before whoever waits goes on: their next watch must not be ended by this one.
      const settled = () => {
        stop();
        if (!this.#isClosed) this.#unwatch = deadline.watch(Number.POSITIVE_INFINITY, () => this.#letGo());
      };
      work.finally(settled).then(resolve, reject);
      const { endedBy } = deadline;
      if (endedBy !== undefined) end(endedBy);
    });
  }

  /** Nobody reads, and nobody may any more: the next read says why. */
  #letGo(): void {
    this.#answer?.close();
    this.#controller.abort();
  }

  #ended(reason: "limit" | "deadline" | "aborted") {
    return endedError(reason, this.#init.deadline, this.#init.timeoutMs, this.#attempts);
  }
}

function isPrivate(error: unknown): boolean {
  return (
    error instanceof PrivateAddressError || (error as Error | undefined)?.cause instanceof PrivateAddressError
  );
}

/** The length of the file itself: of an encoded body the header tells another. */
function lengthOf(headers: ResponseHeaders): number | undefined {
  if (header(headers, "content-encoding") !== undefined) return undefined;
  const length = header(headers, "content-length");
  return length !== undefined && /^\d+$/.test(length) ? Number(length) : undefined;
}

/** What proves that a file is still the same; a weak tag does not. */
function validatorOf(headers: ResponseHeaders): string | undefined {
  const tag = header(headers, "etag");
  return tag !== undefined && !tag.startsWith("W/") ? tag : header(headers, "last-modified");
}
