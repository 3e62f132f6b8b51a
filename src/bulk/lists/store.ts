import type { Recipient } from "../../contract/recipient.js";
import { ValidationError, type ValidationIssue } from "../../errors/index.js";
import type { RecordLog } from "../store/record-log.js";
import type { CampaignRecipient, Recipients } from "../types.js";
import { exportContacts } from "./export.js";
import { type Checked, checkContacts, checkTags, keysOf, merge } from "./merge.js";
import { type ListRecord, ListState, putRecord } from "./state.js";
import type {
  AddReport,
  ContactFilter,
  ContactListInfo,
  ContactLists,
  ImportReport,
  ListContact,
  ListRecipient,
  NewContact,
} from "./types.js";

/** Compaction is worth it when most of a log no longer counts. */
const STALE_AT_LEAST = 10_000;

/** Contact lists on a log. */
export class ContactListStore implements ContactLists {
  readonly #state = new ListState();
  readonly #log: RecordLog<ListRecord>;

  constructor(log: (state: ListState) => RecordLog<ListRecord>) {
    this.#log = log(this.#state);
  }

  async create(list: string): Promise<ContactListInfo> {
    if (typeof list !== "string" || list.trim() === "") throw wrong("create", "list", "must be a name");
    await this.#log.add(() => (this.#state.lists.has(list) ? [] : [{ op: "list", list }]));
    return { name: list, count: this.#contacts(list).size };
  }

  async list(): Promise<ContactListInfo[]> {
    await this.#log.refresh();
    return [...this.#state.lists].map(([name, contacts]) => ({ name, count: contacts.size }));
  }

  async delete(list: string): Promise<boolean> {
    let found = false;
    await this.#log.add(() => {
      found = this.#state.lists.has(list);
      return found ? [{ op: "drop", list }] : [];
    });
    return found;
  }

  async add(list: string, contacts: NewContact | readonly NewContact[]): Promise<AddReport> {
    const checked = checkContacts((Array.isArray(contacts) ? contacts : [contacts]) as readonly NewContact[]);
    const report: AddReport = { added: 0, updated: 0, unchanged: 0 };
    await this.#put(list, checked, report);
    return report;
  }

  async import<R extends CampaignRecipient>(
    list: string,
    source: Recipients<R>,
    { tags = [] }: { tags?: readonly string[] } = {},
  ): Promise<ImportReport> {
    const clean = this.#tags("import", tags);
    await this.#fresh(list);
    const { contactsOf } = await import("./import.js");
    const report: ImportReport = { rows: 0, added: 0, updated: 0, unchanged: 0, skipped: [] };
    for await (const batch of contactsOf(source, clean, report)) await this.#put(list, batch, report);
    return report;
  }

  remove(list: string, who: Recipient | readonly Recipient[]): Promise<number> {
    const keys = new Set(keysOf(who, "contactLists.remove"));
    return this.#change(() => {
      const contacts = this.#contacts(list);
      return [...keys].filter((key) => contacts.has(key)).map((key) => ({ op: "del", list, key }));
    });
  }

  tag(
    list: string,
    who: Recipient | readonly Recipient[],
    tags: string | readonly string[],
  ): Promise<number> {
    const given = this.#tags("tag", tags);
    return this.#retag("tag", list, who, (own) => [...new Set([...own, ...given])]);
  }

  untag(
    list: string,
    who: Recipient | readonly Recipient[],
    tags: string | readonly string[],
  ): Promise<number> {
    const given = this.#tags("untag", tags);
    return this.#retag("untag", list, who, (own) => own.filter((tag) => !given.includes(tag)));
  }

  async get(list: string, who: Recipient): Promise<ListContact | undefined> {
    const keys = keysOf(who, "contactLists.get");
    const contacts = await this.#fresh(list);
    return contacts.get(keys.find((key) => contacts.has(key)) ?? "");
  }

  async count(list: string, filter?: ContactFilter): Promise<number> {
    return filter?.tag === undefined
      ? (await this.#fresh(list)).size
      : (await this.#select(list, filter)).length;
  }

  contacts(list: string, filter?: ContactFilter): AsyncIterable<ListContact> {
    const select = () => this.#select(list, filter);
    return {
      async *[Symbol.asyncIterator]() {
        yield* await select();
      },
    };
  }

  recipients(list: string, filter?: ContactFilter): AsyncIterable<ListRecipient> {
    const select = () => this.#select(list, filter);
    return {
      async *[Symbol.asyncIterator]() {
        for (const { to, fields } of await select())
          yield Object.assign(Object.create(null), fields, { to }) as ListRecipient;
      },
    };
  }

  async export(list: string, filter?: ContactFilter): Promise<string> {
    return exportContacts(await this.#select(list, filter));
  }

  async forget(who: Recipient): Promise<number> {
    const keys = keysOf(who, "contactLists.forget");
    let count = 0;
    await this.#log.replace(() => {
      for (const contacts of this.#state.lists.values())
        count += keys.filter((key) => contacts.delete(key)).length;
      return this.#state.records();
    });
    return count;
  }

  #contacts(list: string): Map<string, ListContact> {
    const contacts = this.#state.lists.get(list);
    if (contacts !== undefined) return contacts;
    throw wrong("list", "list", `must be one that there is; create ${JSON.stringify(String(list))} first`);
  }

  async #fresh(list: string): Promise<Map<string, ListContact>> {
    await this.#log.refresh();
    return this.#contacts(list);
  }

  async #select(list: string, { tag = [] }: ContactFilter = {}): Promise<ListContact[]> {
    const wanted = typeof tag === "string" ? [tag] : tag;
    const all = [...(await this.#fresh(list)).values()];
    return wanted.length === 0 ? all : all.filter(({ tags }) => wanted.every((name) => tags.includes(name)));
  }

  async #put(list: string, checked: readonly Checked[], report: AddReport): Promise<void> {
    await this.#log.add(() => {
      const contacts = this.#contacts(list);
      const changed = new Map<string, ListContact>();
      for (const contact of checked) {
        const known = changed.get(contact.key) ?? contacts.get(contact.key);
        const merged = merge(known, contact);
        report[known === undefined ? "added" : merged === known ? "unchanged" : "updated"]++;
        if (merged !== known) changed.set(contact.key, merged);
      }
      return [...changed].map(([key, contact]) => putRecord(list, key, contact));
    });
    await this.#compact();
  }

  async #retag(
    method: string,
    list: string,
    who: Recipient | readonly Recipient[],
    change: (tags: readonly string[]) => string[],
  ): Promise<number> {
    const keys = new Set(keysOf(who, `contactLists.${method}`));
    return this.#change(() => {
      const contacts = this.#contacts(list);
      return [...keys].flatMap((key) => {
        const contact = contacts.get(key);
        const tags = contact && change(contact.tags);
        return tags === undefined || tags.length === contact?.tags.length
          ? []
          : [putRecord(list, key, { ...contact!, tags })];
      });
    });
  }

  /** Adds records, and says how many there were. */
  async #change(make: () => ListRecord[]): Promise<number> {
    let count = 0;
    await this.#log.add(() => {
      const records = make();
      count = records.length;
      return records;
    });
    await this.#compact();
    return count;
  }

  #tags(method: string, tags: string | readonly string[]): string[] {
    const issues: ValidationIssue[] = [];
    const clean = checkTags(typeof tags === "string" ? [tags] : tags, "tags", issues);
    if (issues.length > 0) throw new ValidationError(`contactLists.${method}`, issues);
    return clean;
  }

  async #compact(): Promise<void> {
    let live = 0;
    for (const contacts of this.#state.lists.values()) live += contacts.size + 1;
    if (this.#state.stale > Math.max(STALE_AT_LEAST, live))
      await this.#log.replace(() => this.#state.records());
  }
}

function wrong(method: string, path: string, message: string): ValidationError {
  return new ValidationError(`contactLists.${method}`, [{ path, message }]);
}
