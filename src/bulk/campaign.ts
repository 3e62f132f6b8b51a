import { Cancelled, checkRunOptions, needJournal, refuseForeign } from "./campaign-checks.js";
import { CampaignEmitter, type CampaignListener } from "./events.js";
import type { HeaderRecord, Journal } from "./journal.js";
import { JournalTurn } from "./journal-turn.js";
import { Ledger } from "./ledger.js";
import type { CampaignEvents, CampaignOptions, CampaignPlan, CampaignReport, RunOptions } from "./options.js";
import type { PlannedCampaign } from "./plan.js";
import type { Reconciled, ReconcileOptions } from "./reconcile.js";
import { exportOutcomes, outcomesOf, reportOf } from "./report.js";
import type { Run } from "./run.js";
import { type CampaignHost, type Setup, setUp } from "./setup.js";
import type { CampaignOutcome, CampaignRecipient, Recipients } from "./types.js";

/**
 * One message to many people: plan it, run it, watch it, stop it, and run it again. Nobody is written to twice, whatever
 * happens in between, unless `onUnknown: "mayDuplicate"` asks for it.
 *
 * @example
 * ```ts
 * const campaign = wasend.bulk.campaign({
 *   name: "spring-sale",
 *   recipients: [{ to: "+14155550123", firstName: "Ada", orderId: 7 }],
 *   message: { text: "Hi {{firstName|there}}, order {{orderId}} ships today." },
 *   journal: fileJournal("spring-sale.jsonl"),
 * });
 * const { ready, skipped, etaMs } = await campaign.plan();
 * for await (const outcome of campaign.run()) console.log(outcome.row, outcome.status);
 * ```
 */
export class Campaign<R extends CampaignRecipient = CampaignRecipient> {
  readonly #options: CampaignOptions<R>;
  readonly #setup: Setup<R>;
  readonly #events = new CampaignEmitter();
  #planned: PlannedCampaign | undefined;
  #ledger = new Ledger();
  readonly #turn = new JournalTurn();
  #isPaused = false;
  #isCancelled = false;
  #run: Run | undefined;

  /** @internal */
  constructor(host: CampaignHost, options: CampaignOptions<R>) {
    this.#options = options;
    this.#setup = setUp(host, options);
  }

  /** The name that the journal knows it by. */
  get name(): string {
    return this.#setup.name;
  }

  /**
   * Reads all recipients and says what a run would do: whom it would leave out and why, the first messages, how long it
   * takes, and what looks risky. Sends nothing. What was planned is what a run sends.
   *
   * @throws {@link ValidationError} when the recipients can be read only once and no journal keeps them.
   *
   * @example
   * ```ts
   * const plan = await campaign.plan();
   * console.log(`${plan.ready} of ${plan.total}, ${Math.round(plan.etaMs / 3_600_000)} hours`, plan.warnings);
   * ```
   */
  async plan(): Promise<CampaignPlan> {
    return (await this.#plan()).plan;
  }

  async #plan(beforeRow?: () => void): Promise<PlannedCampaign> {
    const { journal } = this.#options;
    const { makePlan, readJournal } = await import("./engine.js");
    const planned = await makePlan(this.#setup, await this.#source(), beforeRow);
    this.#planned = planned;
    if (journal !== undefined && !this.#turn.isTaken) {
      const { header, ledger } = await readJournal(journal.read());
      if (header?.name === this.name) this.#ledger = ledger;
    }
    return planned;
  }

  /**
   * Sends to all who are still to be sent to, and gives each outcome as it is known. The run starts with the first
   * outcome that is asked for. Leaving the loop, `cancel()`, `signal` and `maxDurationMs` end it: what is under way is
   * finished, and a later run goes on from there.
   *
   * @throws {@link ConfigurationError} without a journal, while another run is going on, or when the journal's campaign
   * is another one.
   *
   * @example
   * ```ts
   * for await (const { row, to, status, reason } of campaign.run({ signal, maxDurationMs: 50_000 })) {
   *   console.log(row, status, reason ?? "");
   * }
   * ```
   */
  run(options: RunOptions = {}): AsyncGenerator<CampaignOutcome, void, undefined> {
    const journal = needJournal("run", this.#options.journal);
    checkRunOptions(options);
    this.#turn.refuse("run");
    return this.#start(journal, options);
  }

  async *#start(journal: Journal, options: RunOptions): AsyncGenerator<CampaignOutcome, void, undefined> {
    const { clock, name } = this.#setup;
    if (!this.#turn.isTaken) this.#isCancelled = false;
    const endsAt = clock.now() + (options.maxDurationMs ?? Number.POSITIVE_INFINITY);
    const open = await this.#turn.take("run", journal);
    try {
      const { Run, takeUp, templateHashes } = await import("./engine.js");
      const beforeRow = () => Cancelled.throwIf(this.#isCancelled || options.signal?.aborted);
      const planned = this.#planned ?? (await this.#plan(beforeRow));
      const template = templateHashes(this.#options.message as never);
      const wanted = { name, template, total: planned.plan.total, at: clock.now() };
      const takenUp = await takeUp(journal, open, wanted, planned);
      this.#ledger = takenUp.ledger;
      const source = (await this.#source()) as Recipients;
      const setup = this.#setup as unknown as Setup; // It never looks at a recipient's own fields.
      const parts = { setup, source, planned, takenUp, journal: open, events: this.#events };
      const run = new Run({ ...parts, endsAt, signal: options.signal });
      this.#run = run;
      if (this.#isPaused) run.pause();
      if (this.#isCancelled) run.stop();
      run.start();
      for (let some = await run.outcomes(); some !== undefined; some = await run.outcomes()) {
        for (const outcome of some) yield outcome;
      }
    } catch (error) {
      if (!(error instanceof Cancelled)) throw error;
    } finally {
      try {
        await this.#run?.end();
      } finally {
        this.#run = undefined;
        await this.#turn.giveBack(open);
      }
    }
  }

  /**
   * Holds all numbers after what they are doing, until `resume()`. Before a run it makes the run start so.
   *
   * @example
   * ```ts
   * campaign.pause();
   * ```
   */
  pause(): void {
    this.#isPaused = true;
    this.#run?.pause();
  }

  /**
   * Goes on after `pause()`.
   *
   * @example
   * ```ts
   * campaign.resume();
   * ```
   */
  resume(): void {
    this.#isPaused = false;
    this.#run?.resume();
  }

  /**
   * Ends the run after what is under way; while it still reads the recipients, before anything is sent. A pause is over with it. The rest stays pending, for a later run.
   *
   * @example
   * ```ts
   * process.once("SIGINT", () => campaign.cancel());
   * ```
   */
  cancel(): void {
    this.#isCancelled = this.#turn.isTaken;
    this.#isPaused = false;
    this.#run?.stop();
  }

  /**
   * Looks for the messages of which nobody knows whether they went out, in the chats' histories and in the `messages`
   * given. A row becomes `sent` when one proves it: from this number, in the same chat, with the same text, not before
   * the attempt, and not another row's message. Nothing else ever changes: that no message is found proves nothing.
   *
   * @throws {@link ConfigurationError} without a journal, or while a run is going on.
   *
   * @example
   * ```ts
   * const { sent, unknown } = await campaign.reconcile();
   * ```
   */
  async reconcile(options: ReconcileOptions = {}): Promise<Reconciled> {
    const journal = needJournal("reconcile", this.#options.journal);
    const { readJournal, reconcile } = await import("./engine.js");
    const open = await this.#turn.take("reconcile", journal);
    try {
      refuseForeign("reconcile", this.name, (await readJournal(journal.read())).header);
      const reconciled = await reconcile(this.#setup, journal, open, options);
      this.#ledger = (await readJournal(journal.read())).ledger;
      return reconciled;
    } finally {
      await this.#turn.giveBack(open);
    }
  }

  /**
   * How many rows stand how; the parts add up to `total`. All zero before the first `plan()` or `run()`.
   *
   * @example
   * ```ts
   * const { total, sent, failed, skipped, unknown, pending } = campaign.report();
   * ```
   */
  report(): CampaignReport {
    return reportOf(this.#planned?.plan.total, this.#ledger, this.#turn.isTaken);
  }

  /**
   * Every outcome that the journal knows, also of earlier runs and other processes.
   *
   * @throws {@link ConfigurationError} without a journal.
   *
   * @example
   * ```ts
   * for await (const { row, status } of campaign.outcomes()) console.log(row, status);
   * ```
   */
  outcomes(): AsyncGenerator<CampaignOutcome & { at: number }, void, undefined> {
    return this.#outcomesOf("outcomes");
  }

  /**
   * {@link Campaign.outcomes} as a file, in pieces. In CSV, cells that a spreadsheet would take for formulas are made
   * harmless, and numbers stay text.
   *
   * @throws {@link ConfigurationError} without a journal.
   *
   * @example
   * ```ts
   * import { writeFile } from "node:fs/promises";
   *
   * await writeFile("outcomes.csv", campaign.export("csv"));
   * ```
   */
  export(format: "csv" | "json"): AsyncGenerator<string, void, undefined> {
    return exportOutcomes(this.#outcomesOf("export"), format);
  }

  /**
   * Takes a person out of the journal, in whatever form the number was written: address and messages go, counts stay.
   * The source of the recipients is yours to clean.
   *
   * @returns how many records held something.
   * @throws {@link ConfigurationError} without a journal, or while a run is going on.
   *
   * @example
   * ```ts
   * await campaign.forget("+14155550123");
   * ```
   */
  async forget(person: string): Promise<number> {
    const journal = needJournal("forget", this.#options.journal);
    this.#turn.refuse("forget");
    // Recipients that the journal keeps are others than those that were planned.
    this.#planned = undefined;
    return journal.forget(person);
  }

  /**
   * Hears what happens. What a listener throws never reaches the campaign.
   *
   * @example
   * ```ts
   * campaign.on("progress", ({ done, total, etaMs }) => bar.update(done / total, etaMs));
   * campaign.on("paused", ({ session, reason }) => console.warn(session, reason));
   * ```
   */
  on<Name extends keyof CampaignEvents>(event: Name, listener: CampaignListener<Name>): this {
    this.#events.on(event, listener);
    return this;
  }

  /** Takes a listener off again. */
  off<Name extends keyof CampaignEvents>(event: Name, listener: CampaignListener<Name>): this {
    this.#events.off(event, listener);
    return this;
  }

  async #source(): Promise<Recipients<R>> {
    const { spooled } = await import("./engine.js");
    return spooled(this.#options.recipients, this.name, this.#options.journal?.spool);
  }

  #outcomesOf(what: string): AsyncGenerator<CampaignOutcome & { at: number }, void, undefined> {
    const check = (header: HeaderRecord) => refuseForeign(what, this.name, header);
    return outcomesOf(needJournal(what, this.#options.journal), this.#turn.isTaken, check);
  }
}
