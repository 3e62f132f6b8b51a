import { ConfigurationError } from "../errors/index.js";
import type { Journal, OpenJournal } from "./journal.js";

/** Whose turn it is with a campaign's journal: one run or reconciliation at a time. */
export class JournalTurn {
  isTaken = false;

  /** @throws {@link ConfigurationError} when it is somebody's turn. */
  refuse(what: string): void {
    if (!this.isTaken) return;
    throw new ConfigurationError(`campaign.${what}: wait until the run that is going on has ended.`);
  }

  async take(what: string, journal: Journal): Promise<OpenJournal> {
    this.refuse(what);
    this.isTaken = true;
    try {
      return await journal.open();
    } catch (error) {
      this.isTaken = false;
      throw error;
    }
  }

  giveBack(open: OpenJournal): Promise<void> {
    this.isTaken = false;
    return open.close();
  }
}
