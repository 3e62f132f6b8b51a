import type { MessageRecord } from "../records.js";
import type { Told } from "./tell.js";

const DEVICE = 2;

/** Turns the acks of own messages round: DEVICE is held back until a higher one has been delivered. */
export class AckOrder {
  readonly #held = new Map<string, Told[]>();

  /** What may leave now, and what after it. */
  turn({ id, fromMe, ack }: MessageRecord, told: Told[]): { now: Told[]; later: Told[] } {
    if (!fromMe) return { now: told, later: [] };
    if (ack === DEVICE) {
      this.#held.set(id, told);
      return { now: [], later: [] };
    }
    const later = this.#held.get(id) ?? [];
    this.#held.delete(id);
    return { now: told, later };
  }
}
