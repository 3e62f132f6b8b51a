import type { PlanWarning } from "./options.js";

/** Fewer are nobody's mass mailing. Ours. */
const MANY = 5;

/** Different texts that are told apart; a template with a name in it has more at once. */
const TEXTS = 1_000;

const LINK = /https?:\/\/|\bwww\.|\b(?:wa\.me|bit\.ly|t\.co)\//i;

/** Watches the rows of a plan for what gets numbers blocked. */
export class PlanWarnings {
  readonly #texts = new Map<string, number>();
  #ready = 0;
  #newChats = 0;
  #links = 0;

  /** `content` is the message without its address. */
  add(content: string, text: string, isNewChat: boolean): void {
    const known = this.#texts.get(content);
    if (known !== undefined || this.#texts.size < TEXTS) this.#texts.set(content, (known ?? 0) + 1);
    this.#ready += 1;
    if (!isNewChat) return;
    this.#newChats += 1;
    if (LINK.test(text)) this.#links += 1;
  }

  all(etaMs: number): PlanWarning[] {
    const found: PlanWarning[] = [];
    const same = Math.max(0, ...this.#texts.values());
    if (same >= MANY && same * 2 > this.#ready) {
      const message = `${same} people get the very same message, which is what spam looks like: use their name or order.`;
      found.push({ code: "same_text", message });
    }
    if (this.#links > 0) {
      const message = `${this.#links} first messages hold a link: many report such a message as spam. Send it after they answered.`;
      found.push({ code: "link_in_first_message", message });
    }
    if (this.#newChats >= MANY && this.#newChats * 2 > this.#ready) {
      const message = `${this.#newChats} of ${this.#ready} count as people that this number has not written with (see isNewChat). Write only to those who agreed to it.`;
      found.push({ code: "cold_list", message });
    }
    if (etaMs === Number.POSITIVE_INFINITY) {
      found.push({ code: "never_ends", message: "A budget of the pace is 0, so that this never ends." });
    }
    return found;
  }
}
