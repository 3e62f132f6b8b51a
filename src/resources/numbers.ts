import {
  createNumber,
  deleteNumber,
  getNumber,
  getQr,
  listNumbers,
  type NumberInfo,
  type Qr,
  restartNumber,
  startNumber,
  stopNumber,
} from "../contract/numbers.js";
import type { ApiPromise } from "../http/api-promise.js";
import type { Caller } from "../http/caller.js";
import { loadOnce } from "../http/load-once.js";
import type { PagePromise } from "../http/page.js";
import type { RequestOptions } from "../http/request-options.js";
import { snapshot } from "../http/snapshot.js";
import type { ReportThrown, WaitOptions, WaitParams } from "./wait-until-ready.js";

/** For {@link Numbers.create}. */
export interface NumberCreateParams {
  /** A name for you to know it by. */
  sessionName: string;
  /** The WhatsApp number itself, with `+`. */
  phoneNumber: string;
  /** The server's own pacing; its effect is not documented. Default: false. */
  enableAccountProtection?: boolean | undefined;
  /** Its effect is not documented. Default: false. */
  enableMessageLogging?: boolean | undefined;
  /** Whether events go to `webhookUrl`. Can only be set here. Default: false. */
  enableWebhook?: boolean | undefined;
  /** Where events go; required with `enableWebhook`. */
  webhookUrl?: string | undefined;
}

const loadWaiting = loadOnce(() => import("./wait-until-ready.js"));

/** WhatsApp numbers. The wire calls a connected number a session; its id is what every other call takes as `session`. */
export class Numbers {
  readonly #caller: Caller;
  readonly #report: ReportThrown | undefined;

  /** @internal */
  constructor(caller: Caller, report?: ReportThrown) {
    this.#caller = caller;
    this.#report = report;
  }

  /**
   * Adds a WhatsApp number. It still has to be started and connected.
   *
   * Source: `POST /sessions`, `/docs/sessions/create`.
   *
   * @example
   * ```ts
   * const sales = await wasend.numbers.create({ sessionName: "sales", phoneNumber: "+14155550100" });
   * await wasend.numbers.start(sales.session);
   * await wasend.numbers.waitUntilReady(sales.session, { onQr: (qr) => drawQr(qr) });
   * ```
   */
  create(params: NumberCreateParams, options?: RequestOptions): ApiPromise<NumberInfo> {
    return this.#caller.call(createNumber, params, options);
  }

  /**
   * Every number of the account.
   *
   * Source: `GET /sessions`, `/docs/sessions/get-all`.
   *
   * @example
   * ```ts
   * for await (const number of wasend.numbers.list()) console.log(number.session, number.state);
   * ```
   */
  list(options?: RequestOptions): PagePromise<NumberInfo> {
    return this.#caller.list(listNumbers, {}, options);
  }

  /**
   * One number and its state.
   *
   * Source: `GET /sessions/{sessionId}`, `/docs/sessions/get-info`.
   *
   * @example
   * ```ts
   * const { state } = await wasend.numbers.get(session);
   * ```
   */
  get(session: string, options?: RequestOptions): ApiPromise<NumberInfo> {
    return this.#caller.call(getNumber, { sessionId: session }, options);
  }

  /**
   * Removes a number from the account.
   *
   * Source: `DELETE /sessions/{sessionId}`, `/docs/sessions/delete`.
   *
   * @example
   * ```ts
   * await wasend.numbers.delete(session);
   * ```
   */
  delete(session: string, options?: RequestOptions): ApiPromise<void> {
    return this.#caller.call(deleteNumber, { sessionId: session }, options);
  }

  /**
   * Starts a number; it then asks for its QR code, or is ready if it was connected before.
   *
   * Source: `POST /sessions/{sessionId}/start` (vendor's client only).
   *
   * @example
   * ```ts
   * await wasend.numbers.start(session);
   * ```
   */
  start(session: string, options?: RequestOptions): ApiPromise<NumberInfo> {
    return this.#caller.call(startNumber, { sessionId: session }, options);
  }

  /**
   * Stops a number; it can be started again.
   *
   * Source: `POST /sessions/{sessionId}/stop` (vendor's client only).
   *
   * @example
   * ```ts
   * await wasend.numbers.stop(session);
   * ```
   */
  stop(session: string, options?: RequestOptions): ApiPromise<NumberInfo> {
    return this.#caller.call(stopNumber, { sessionId: session }, options);
  }

  /**
   * Restarts a number that stopped or failed.
   *
   * Source: `POST /sessions/{sessionId}/restart`, `/docs/sessions/restart`.
   *
   * @example
   * ```ts
   * await wasend.numbers.restart(session);
   * ```
   */
  restart(session: string, options?: RequestOptions): ApiPromise<NumberInfo> {
    return this.#caller.call(restartNumber, { sessionId: session }, options);
  }

  /**
   * The QR code to scan. `waitUntilReady` asks for it as often as it changes.
   *
   * Source: `GET /sessions/{sessionId}/auth/qr`; `/docs/sessions/get-qr` spells the path differently.
   *
   * @example
   * ```ts
   * const { data } = await wasend.numbers.getQr(session);
   * ```
   */
  getQr(session: string, options?: RequestOptions): ApiPromise<Qr> {
    return this.#caller.call(getQr, { sessionId: session }, options);
  }

  /**
   * Waits until a number is ready, and hands out each new QR code on the way. It only watches: start the number first.
   *
   * @throws {@link NumberNotReadyError} when the number failed, {@link TimeoutError} at the deadline,
   * {@link AbortedError} at the signal.
   *
   * @example
   * ```ts
   * const ready = await wasend.numbers.waitUntilReady(session, { onQr: (qr) => drawQr(qr) }, { deadline: 120_000 });
   * ```
   */
  async waitUntilReady(session: string, params: WaitParams = {}, options?: WaitOptions): Promise<NumberInfo> {
    const name = "numbers.waitUntilReady";
    const own = [snapshot(name, params), snapshot(name, options)] as const;
    const { waitUntilReady } = await loadWaiting();
    return waitUntilReady(this.#caller, session, ...own, this.#report);
  }
}
