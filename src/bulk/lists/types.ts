import type { Recipient } from "../../contract/recipient.js";
import type { CampaignRecipient, Recipients } from "../types.js";

/** A value of a contact's field. */
export type FieldValue = string | number | boolean;

/** A contact of a list. Not a WhatsApp contact: lists are kept by this SDK. */
export interface ListContact {
  /** `+` and digits, or a JID, as it was first given. */
  readonly to: string;
  /** What templates can say about the person. */
  readonly fields: Readonly<Record<string, FieldValue>>;
  readonly tags: readonly string[];
}

/** A contact of a list as a campaign's recipient: `to` and its fields. */
export interface ListRecipient extends CampaignRecipient {
  readonly [field: string]: unknown;
}

/** A contact to be added. */
export interface NewContact {
  to: Recipient;
  fields?: Record<string, FieldValue | null | undefined>;
  tags?: readonly string[];
}

/** A list. */
export interface ContactListInfo {
  name: string;
  /** How many contacts it has. */
  count: number;
}

/** Which contacts of a list. */
export interface ContactFilter {
  /** Only those with this tag, or with all of these. */
  tag?: string | readonly string[];
}

/** What adding did. */
export interface AddReport {
  /** People who were not in the list. */
  added: number;
  /** People who were, and of whom something new is known now. */
  updated: number;
  /** People who were, just as given. */
  unchanged: number;
}

/** What an import did: `rows` is the sum of all the others, `skipped` by its length. */
export interface ImportReport extends AddReport {
  rows: number;
  /** The rows that are not in the list, with their number in the source, their line if it has lines, and why. */
  skipped: { row: number; line?: number; reason: string }[];
}

/**
 * Lists of people to write to, with fields and tags. `memoryContactLists()` and `fileContactLists(path)` are the two
 * that there are. A person is in a list once, in whichever form the number is written (Brazil's ninth digit, Mexico's
 * `521`, Argentina's `549`, a JID); the form that came first stays.
 *
 * Every method that names a list throws a {@link ValidationError} when there is none of that name.
 *
 * @example
 * ```ts
 * const lists = fileContactLists("contacts.jsonl");
 * await lists.create("customers");
 * const report = await lists.import("customers", csvFile("customers.csv", { to: "Mobile" }), { tags: ["2026"] });
 * const campaign = wasend.bulk.campaign({
 *   name: "spring-sale",
 *   recipients: lists.recipients("customers", { tag: "vip" }),
 *   message: { text: "Hi {{firstName|there}}" },
 *   journal,
 * });
 * ```
 */
export interface ContactLists {
  /** Makes a list; one that is there already stays as it is. */
  create(list: string): Promise<ContactListInfo>;
  /** All lists. */
  list(): Promise<ContactListInfo[]>;
  /** Removes a list with its contacts. Whether there was one. */
  delete(list: string): Promise<boolean>;
  /**
   * Adds contacts. Of a person who is there, fields that are given replace those of the same name, and tags are added.
   *
   * @throws ValidationError when one of them has no usable `to`, field or tag; then none is added.
   */
  add(list: string, contacts: NewContact | readonly NewContact[]): Promise<AddReport>;
  /**
   * Adds the rows of a source: `to`, and every other value as a field; an empty one takes nothing away. What
   * {@link export} wrote can be imported, tags included. Rows that cannot be used are in the report. If the source
   * fails, what came before stays; importing again does no harm.
   */
  import<R extends CampaignRecipient>(
    list: string,
    source: Recipients<R>,
    options?: { tags?: readonly string[] },
  ): Promise<ImportReport>;
  /** Removes people. How many were there. */
  remove(list: string, who: Recipient | readonly Recipient[]): Promise<number>;
  /** Adds tags to people. How many did not have all of them. */
  tag(list: string, who: Recipient | readonly Recipient[], tags: string | readonly string[]): Promise<number>;
  /** Takes tags away from people. How many had one of them. */
  untag(
    list: string,
    who: Recipient | readonly Recipient[],
    tags: string | readonly string[],
  ): Promise<number>;
  /** A person of a list. */
  get(list: string, who: Recipient): Promise<ListContact | undefined>;
  /** How many contacts there are. */
  count(list: string, filter?: ContactFilter): Promise<number>;
  /** The contacts, in the order in which they came, as they are when the reading begins. */
  contacts(list: string, filter?: ContactFilter): AsyncIterable<ListContact>;
  /** The contacts as the recipients of a campaign: `to` and their fields. Can be read as often as one likes. */
  recipients(list: string, filter?: ContactFilter): AsyncIterable<ListRecipient>;
  /**
   * The contacts as CSV: `to`, a column for each field, and `wasend_tags`. Opens in a spreadsheet without running
   * formulas or changing numbers; {@link import} through `csv()` brings back what there was, values as text.
   */
  export(list: string, filter?: ContactFilter): Promise<string>;
  /** Removes a person from every list. How many had them. */
  forget(who: Recipient): Promise<number>;
}
