import { checkRecipient, type Recipient, type RecipientContact } from "../../contract/recipient.js";
import { ValidationError } from "../../errors/index.js";
import { addressesOf } from "../addresses.js";
import { csvLine } from "../csv/write.js";
import type { RecordLog } from "../store/record-log.js";
import type { Suppressions } from "../types.js";
import { hashOf } from "./hash.js";
import { type ListenOptions, listenForConsent, type MessageReceiver } from "./listen.js";
import { type SuppressionRecord, SuppressionState } from "./state.js";
import type { Suppression, SuppressionList, SuppressOptions } from "./types.js";

/** As campaigns ask: a phone number that needs no reading. */
const WIRE_PHONE = /^\+[1-9]\d{6,14}$/;

/** Suppressions on a log, which is never compacted: it is the audit. */
export class SuppressionStore implements SuppressionList {
  readonly #state = new SuppressionState();
  readonly #log: RecordLog<SuppressionRecord>;

  constructor(log: (state: SuppressionState) => RecordLog<SuppressionRecord>) {
    this.#log = log(this.#state);
  }

  has(to: Recipient, { category }: { category?: string } = {}): boolean | Promise<boolean> {
    const addresses = typeof to === "string" && WIRE_PHONE.test(to) ? [to] : addressesFor(to, "to", "has");
    const late = this.#log.refresh();
    if (late !== undefined) return late.then(() => this.#has(addresses, category));
    return this.#has(addresses, category);
  }

  async add(who: Recipient | readonly Recipient[], options: SuppressOptions = {}): Promise<void> {
    const people = peopleOf(who, "add");
    const { reason = "manual", categories, at = Date.now() } = options;
    const rest = { reason, at, ...(categories !== undefined && { categories: [...categories] }) };
    await this.#log.add(() => people.flatMap((addresses) => this.#added(addresses, rest)));
  }

  async remove(
    who: Recipient | readonly Recipient[],
    { reason = "manual", at = Date.now() }: { reason?: string; at?: number } = {},
  ): Promise<number> {
    const people = peopleOf(who, "remove");
    await this.#log.refresh();
    const hashes = await this.#hashes(people.flat());
    let count = 0;
    await this.#log.add(() =>
      people.flatMap((addresses) => {
        const found = addresses.find((to) => this.#state.has(to, undefined));
        const forgotten = addresses
          .map((to) => hashes.get(to)!)
          .filter((hash) => this.#state.hashes.has(hash));
        if (found === undefined && forgotten.length === 0) return [];
        count++;
        return [
          ...this.#news(addresses),
          ...(found === undefined ? [] : [{ op: "remove" as const, to: found, reason, at }]),
          ...forgotten.map((hash) => ({ op: "unhash" as const, hash })),
        ];
      }),
    );
    return count;
  }

  async learn(to: string, alias: string): Promise<void> {
    const addresses = [to, alias].map((address) => checkRecipient(address));
    const [a, b] = addresses.map((checked) => ("value" in checked ? checked.value : undefined));
    if (a === undefined || b === undefined || this.#state.isKnownTogether(a, b)) return;
    await this.#log.add(() => this.#news([a, b]), { durable: false });
  }

  for(category: string): Suppressions {
    return {
      has: (to) => this.has(to, { category }),
      learn: (to, alias) => this.learn(to, alias),
    };
  }

  async list(): Promise<Suppression[]> {
    await this.#log.refresh();
    return this.#state.list();
  }

  async export(format: "csv" | "json"): Promise<string> {
    await this.#log.refresh();
    const events = [...this.#state.events()].map((event) => ({
      ...event,
      at: new Date(event.at).toISOString(),
    }));
    if (format === "json") return JSON.stringify(events, undefined, 2);
    const lines = events.map(({ event, to, at, reason, categories }) =>
      csvLine([to, event, at, reason, categories?.join(",") ?? ""]),
    );
    return csvLine(["to", "wasend_event", "at", "reason", "categories"]) + lines.join("");
  }

  async aliases(who: Recipient): Promise<string[]> {
    const [addresses] = peopleOf(who, "aliases");
    await this.#log.refresh();
    return [...new Set(addresses!.flatMap((to) => [...this.#state.keysOf(to)]))];
  }

  async forget(who: Recipient): Promise<boolean> {
    const [addresses] = peopleOf(who, "forget");
    // The header with the salt has to be there before there can be a hash.
    await this.#log.add(() => []);
    const keys = new Set(await this.aliases(who));
    const found = keys.size > addresses!.length || addresses!.some((to) => this.#state.has(to, undefined));
    const hashes = await this.#hashes([...keys]);
    await this.#log.replace(() => [
      ...this.#state.without(keys),
      ...[...new Set(hashes.values())].map((hash) => ({ op: "hash" as const, hash })),
    ]);
    return found;
  }

  listen(receiver: MessageReceiver, options: ListenOptions = {}): () => void {
    const { categories } = options;
    return listenForConsent(receiver, options, {
      stop: (contact) => this.#stop(contact, categories),
      start: async (contact) => (await this.remove(contact, { reason: "replied START" })) > 0,
    });
  }

  async #stop(
    contact: RecipientContact,
    categories: readonly string[] | undefined,
  ): Promise<{ changed: boolean; hasPhone: boolean }> {
    const [addresses] = peopleOf(contact, "listen");
    await this.#log.refresh();
    const hashes = await this.#hashes(addresses!);
    let changed = false;
    await this.#log.add(() => {
      const isForgotten = [...hashes.values()].some((hash) => this.#state.hashes.has(hash));
      // A category that nobody can name: only who is suppressed from everything is from this one.
      const covered = (categories ?? ["\0"]).every((name) =>
        addresses!.some((to) => this.#state.has(to, name)),
      );
      changed = !covered && !isForgotten;
      if (!changed) return this.#news(addresses!);
      return this.#added(addresses!, {
        reason: "replied STOP",
        at: Date.now(),
        ...(categories && { categories }),
      });
    });
    return { changed, hasPhone: (await this.aliases(contact)).some((key) => key.startsWith("+")) };
  }

  #has(addresses: readonly string[], category: string | undefined): boolean | Promise<boolean> {
    if (addresses.some((to) => this.#state.has(to, category))) return true;
    if (this.#state.hashes.size === 0) return false;
    const keys = addresses.flatMap((to) => [...this.#state.keysOf(to)]);
    return this.#hashes(keys).then((hashes) =>
      [...hashes.values()].some((hash) => this.#state.hashes.has(hash)),
    );
  }

  async #hashes(addresses: readonly string[]): Promise<Map<string, string>> {
    const { salt } = this.#state;
    return new Map(await Promise.all(addresses.map(async (to) => [to, await hashOf(to, salt)] as const)));
  }

  #added(addresses: readonly string[], rest: Omit<Suppression, "to">): SuppressionRecord[] {
    return [...this.#news(addresses), { op: "add", to: addresses[0]!, ...rest }];
  }

  /** The records that tell what is not known yet about addresses of one person. */
  #news([first, ...others]: readonly string[]): SuppressionRecord[] {
    return others
      .filter((other) => !this.#state.isKnownTogether(first!, other))
      .map((other) => ({ op: "same", a: first!, b: other }));
  }
}

/** The addresses of each person that are not merely forms of each other, the phone number first. */
function peopleOf(who: Recipient | readonly Recipient[], method: string): string[][] {
  const people = (Array.isArray(who) ? who : [who]) as readonly Recipient[];
  return people.map((person) => addressesFor(person, "who", method));
}

function addressesFor(person: Recipient, path: string, method: string): string[] {
  const known = addressesOf(person, ["phone", "chatId", "lid"]);
  if ("wrong" in known) throw new ValidationError(`suppressions.${method}`, [{ path, message: known.wrong }]);
  return known.values;
}
