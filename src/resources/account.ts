import { type Account as AccountInfo, getAccount } from "../contract/account.js";
import type { ApiPromise } from "../http/api-promise.js";
import type { Caller } from "../http/caller.js";
import type { RequestOptions } from "../http/request-options.js";

/** The account that the key belongs to. */
export class Account {
  readonly #caller: Caller;

  /** @internal */
  constructor(caller: Caller) {
    this.#caller = caller;
  }

  /**
   * The account. The endpoint is old and nobody but the vendor's client attests it, so every field may be missing.
   *
   * Source: `GET /account` (vendor's client only; unproven).
   *
   * @example
   * ```ts
   * const { plan } = await wasend.account.get();
   * ```
   */
  get(options?: RequestOptions): ApiPromise<AccountInfo> {
    return this.#caller.call(getAccount, {}, options);
  }
}
