import type { JournalRecord } from "./journal.js";
import type { CampaignStatus } from "./types.js";

/** How a row stands. `attempted`: its request may be under way, or its process may have died. */
export type RowStatus = CampaignStatus | "pending" | "attempted";

const STATUSES = ["pending", "attempted", "sent", "failed", "skipped", "unknown"] as const;

/** How every row stands, a byte a row: what the journal's records add up to. */
export class Ledger {
  #rows = new Uint8Array(1 << 10);
  readonly #counts = new Map<RowStatus, number>();

  /** Takes in a record. */
  apply(record: JournalRecord): void {
    if (record.type === "attempt") this.set(record.row, "attempted");
    else if (record.type === "result") this.set(record.row, record.status);
  }

  set(row: number, status: RowStatus): void {
    if (row >= this.#rows.length) {
      const wider = new Uint8Array(Math.max(row + 1, this.#rows.length * 2));
      wider.set(this.#rows);
      this.#rows = wider;
    }
    const before = this.of(row);
    this.#rows[row] = STATUSES.indexOf(status);
    this.#counts.set(before, this.count(before) - 1);
    this.#counts.set(status, this.count(status) + 1);
  }

  of(row: number): RowStatus {
    return STATUSES[this.#rows[row] ?? 0] ?? "pending";
  }

  /** How many rows stand so; of `pending` only a difference, since rows without a record are not counted. */
  count(status: RowStatus): number {
    return this.#counts.get(status) ?? 0;
  }

  /** How many rows are through. */
  get done(): number {
    return this.count("sent") + this.count("failed") + this.count("skipped") + this.count("unknown");
  }

  /** The rows that stand so, in order. */
  *rowsWith(status: RowStatus): Generator<number> {
    const wanted = STATUSES.indexOf(status);
    for (let row = 1; row < this.#rows.length; row += 1) if (this.#rows[row] === wanted) yield row;
  }
}
