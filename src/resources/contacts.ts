import {
  type ContactInfo,
  checkContactExists,
  type Existence,
  getContact,
  getContactPicture,
  listContacts,
} from "../contract/contacts.js";
import type { Picture } from "../contract/picture.js";
import type { Recipient } from "../contract/recipient.js";
import type { ApiPromise } from "../http/api-promise.js";
import type { Caller } from "../http/caller.js";
import type { PagePromise } from "../http/page.js";
import type { RequestOptions } from "../http/request-options.js";
import type { PageParams, RefreshParams, SessionParams, SortParams } from "./params.js";
import { withIds } from "./with-ids.js";

/** For {@link Contacts.list}. */
export interface ContactListParams extends SessionParams, PageParams, SortParams<"id" | "name"> {}

/** For {@link Contacts.checkExists}. */
export interface CheckExistsParams extends SessionParams {
  /** The number to look up, with `+`. */
  phone: string;
}

/** The number's address book, and who is on WhatsApp. */
export class Contacts {
  readonly #caller: Caller;

  /** @internal */
  constructor(caller: Caller) {
    this.#caller = caller;
  }

  /**
   * The contacts of the number.
   *
   * Source: `GET /contacts/all` (vendor's client only).
   *
   * @example
   * ```ts
   * for await (const contact of wasend.contacts.list()) console.log(contact.name);
   * ```
   */
  list(params: ContactListParams = {}, options?: RequestOptions): PagePromise<ContactInfo> {
    return this.#caller.list(listContacts, params, options);
  }

  /**
   * One contact, by its id or phone number.
   *
   * Source: `GET /contacts` (vendor's client only).
   *
   * @example
   * ```ts
   * const contact = await wasend.contacts.get("14155550123@c.us");
   * ```
   */
  get(contactId: Recipient, params: SessionParams = {}, options?: RequestOptions): ApiPromise<ContactInfo> {
    return this.#caller.call(getContact, withIds(params, { contactId }), options);
  }

  /**
   * Whether a number is on WhatsApp. Send to the `jid` of the answer: it may differ from the number asked for (Brazil's
   * ninth digit, for one).
   *
   * Source: `GET /contacts/check-exists` (vendor's client only).
   *
   * @example
   * ```ts
   * const { exists, jid } = await wasend.contacts.checkExists({ phone: "+5511987654321" });
   * ```
   */
  checkExists(params: CheckExistsParams, options?: RequestOptions): ApiPromise<Existence> {
    return this.#caller.call(checkContactExists, params, options);
  }

  /**
   * A contact's profile picture.
   *
   * Source: `GET /contacts/profile-picture` (vendor's client only).
   *
   * @example
   * ```ts
   * const { url } = await wasend.contacts.getPicture("+14155550123", { refresh: true });
   * ```
   */
  getPicture(
    contactId: Recipient,
    params: RefreshParams = {},
    options?: RequestOptions,
  ): ApiPromise<Picture> {
    return this.#caller.call(getContactPicture, withIds(params, { contactId }), options);
  }
}
