import { identityKey } from "../candidates.js";
import type { LogHeader, RecordState } from "../store/record-log.js";
import type { Suppression, SuppressionEvent } from "./types.js";

/** One change of the suppressions. */
export type SuppressionRecord =
  | { op: "add"; to: string; reason: string; at: number; categories?: readonly string[] }
  | { op: "remove"; to: string; reason: string; at: number }
  | { op: "same"; a: string; b: string }
  | { op: "hash" | "unhash"; hash: string };

/** The suppressions as their records make them. */
export class SuppressionState implements RecordState<SuppressionRecord> {
  salt = "";
  readonly #records = new Set<SuppressionRecord>();
  readonly #active = new Map<string, Suppression>();
  readonly #hashes = new Set<string>();
  /** For each key of a person with several, all of them. */
  readonly #people = new Map<string, Set<string>>();

  reset({ salt }: LogHeader): void {
    this.salt = salt;
    for (const part of [this.#records, this.#active, this.#hashes, this.#people]) part.clear();
  }

  apply(record: SuppressionRecord): void {
    this.#records.add(record);
    if (record.op === "add") {
      const key = identityKey(record.to);
      const { to, reason, at } = record;
      const before = this.#active.get(key);
      const categories =
        before === undefined ? record.categories : wider(before.categories, record.categories);
      this.#active.delete(key);
      this.#active.set(key, { to, reason, at, ...(categories !== undefined && { categories }) });
    } else if (record.op === "remove") {
      for (const key of this.keysOf(record.to)) this.#active.delete(key);
    } else if (record.op === "same") this.#join(identityKey(record.a), identityKey(record.b));
    else if (record.op === "hash") this.#hashes.add(record.hash);
    else this.#hashes.delete(record.hash);
  }

  /** Every key by which a person is known. */
  keysOf(address: string): Iterable<string> {
    const key = identityKey(address);
    return this.#people.get(key) ?? [key];
  }

  isKnownTogether(a: string, b: string): boolean {
    const [one, other] = [identityKey(a), identityKey(b)];
    return one === other || this.#people.get(one)?.has(other) === true;
  }

  has(address: string, category: string | undefined): boolean {
    for (const key of this.keysOf(address)) {
      const found = this.#active.get(key);
      if (found === undefined) continue;
      if (category === undefined || found.categories === undefined || found.categories.includes(category))
        return true;
    }
    return false;
  }

  get hashes(): ReadonlySet<string> {
    return this.#hashes;
  }

  list(): Suppression[] {
    return [...this.#active.values()];
  }

  *events(): Generator<SuppressionEvent> {
    for (const record of this.#records) {
      if (record.op === "add") {
        const { op: _, ...rest } = record;
        yield { event: "suppressed", ...rest };
      } else if (record.op === "remove") {
        const { op: _, ...rest } = record;
        yield { event: "resubscribed", ...rest };
      }
    }
  }

  /** All records but those that name one of these keys. */
  *without(keys: ReadonlySet<string>): Generator<SuppressionRecord> {
    const named = (address: string) => keys.has(identityKey(address));
    for (const record of this.#records) {
      const isTheirs =
        record.op === "same" ? named(record.a) || named(record.b) : "to" in record && named(record.to);
      if (!isTheirs) yield record;
    }
  }

  #join(a: string, b: string): void {
    const person = new Set([...(this.#people.get(a) ?? [a]), ...(this.#people.get(b) ?? [b])]);
    for (const key of person) this.#people.set(key, person);
  }
}

/** What is suppressed when one reason to leave somebody alone comes to another. */
function wider(
  a: readonly string[] | undefined,
  b: readonly string[] | undefined,
): readonly string[] | undefined {
  return a === undefined || b === undefined ? undefined : [...new Set([...a, ...b])];
}
