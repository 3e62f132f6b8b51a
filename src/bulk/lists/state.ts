import type { RecordState } from "../store/record-log.js";
import type { FieldValue, ListContact } from "./types.js";

/** One change of the lists. */
export type ListRecord =
  | { op: "list"; list: string }
  | { op: "drop"; list: string }
  | { op: "put"; list: string; key: string; to: string; fields: Record<string, FieldValue>; tags: string[] }
  | { op: "del"; list: string; key: string };

/** The lists as their records make them: by name, then by the person's key. */
export class ListState implements RecordState<ListRecord> {
  readonly lists = new Map<string, Map<string, ListContact>>();
  /** Records that no longer count. */
  stale = 0;

  reset(): void {
    this.lists.clear();
    this.stale = 0;
  }

  apply(record: ListRecord): void {
    const contacts = this.lists.get(record.list);
    if (record.op === "list") {
      if (contacts === undefined) this.lists.set(record.list, new Map());
    } else if (record.op === "drop") {
      this.stale += (contacts?.size ?? 0) + 2;
      this.lists.delete(record.list);
    } else if (record.op === "del") {
      if (contacts?.delete(record.key)) this.stale += 2;
    } else if (contacts !== undefined) {
      const { to, fields, tags } = record;
      if (contacts.has(record.key)) this.stale++;
      contacts.set(record.key, { to, fields, tags });
    }
  }

  /** The fewest records that make this state. */
  *records(): Generator<ListRecord> {
    for (const [list, contacts] of this.lists) {
      yield { op: "list", list };
      for (const [key, contact] of contacts) yield putRecord(list, key, contact);
    }
  }
}

export function putRecord(list: string, key: string, { to, fields, tags }: ListContact): ListRecord {
  return { op: "put", list, key, to, fields, tags: [...tags] };
}
