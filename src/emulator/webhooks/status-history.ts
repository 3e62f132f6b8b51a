import type { NumberRecord } from "../records.js";
import { statusWord } from "../replies/sessions.js";
import type { World } from "../world.js";
import type { WebhookQuirks } from "./options.js";

interface Status {
  status: string;
  timestamp: number;
}

const KEPT = 3;

/** The states that each number went through, for `session.status`. */
export class StatusHistory {
  readonly #of = new WeakMap<NumberRecord, Status[]>();

  /** Payload of the state just entered, or nothing when the engine would keep quiet. */
  enter(world: World, number: NumberRecord, { bodies2024 }: WebhookQuirks): object | undefined {
    // A number that was never seen before is the first one, ready from the start, or just made.
    const before = this.#of.get(number) ?? firstOf(world, number);
    const status = statusWord(world, number);
    const repeated = before.at(-1)?.status === status && number.state !== "scan_qr";
    // The engine has no word for a number that was made and not yet started.
    const unknown = number.state === "created" && world.settings.statusWords === "engine";
    const statuses =
      repeated || unknown ? before : [...before, { status, timestamp: world.now() }].slice(-KEPT);
    this.#of.set(number, statuses);
    if (repeated || unknown) return undefined;
    return { name: number.session, status, statuses: bodies2024 ? undefined : statuses };
  }
}

function firstOf(world: World, number: NumberRecord): Status[] {
  if (number.session !== world.settings.session) return [];
  return [{ status: statusWord(world, { state: "ready" }), timestamp: number.createdAt }];
}
