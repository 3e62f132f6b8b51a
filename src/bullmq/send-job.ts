import { DelayedError, type Job, type Queue, RateLimitError, WaitingError } from "bullmq";
import { lastChecks } from "../bulk/last-checks.js";
import type { CampaignOutcome, CampaignStatus, Clock, RenderedMessage, Suppressions } from "../bulk/types.js";
import { type Verdict, verdictOf } from "../bulk/verdict.js";
import { describeThrown, type Logger } from "../logger.js";
import type { Attempt } from "./campaign-store.js";
import type { Campaigns, KnownCampaign } from "./campaigns.js";
import type { Closing } from "./closing.js";
import type { JobData } from "./header.js";
import type { NumberRest } from "./number-rest.js";
import type { RedisClock } from "./redis-clock.js";

/** A slot that is nearer than this is waited for with the job in hand. */
const NEAR_MS = 10_000;

/** The longest hold of a queue at once, so that what ends it early (a resume, a cancel) shows soon. */
const LONGEST_HOLD_MS = 1_000;

/** A job that this worker must not send waits this long for one that may. */
const NOT_OURS_MS = 5_000;

/** With `onUnknown: "mayDuplicate"`, how often one job sends a message of which nobody knows. */
const TRIES = 3;

/** What the jobs of one number's queue share. */
export interface LaneParts {
  session: string;
  queue: Queue<JobData>;
  rest: NumberRest;
  clock: RedisClock;
  campaigns: Campaigns;
  logger: Logger;
  /** The worker's end: who waits then gives the job back. */
  closing: Closing;
}

/** What is written down about a job's row. */
export function outcomeOf(
  { row, to }: JobData,
  session: string,
  clock: Clock,
  status: CampaignStatus,
  reason?: string,
): CampaignOutcome & { at: number } {
  const at = Math.floor(clock.now());
  return { row, to, status, session, ...(reason !== undefined && { reason }), at };
}

/** One job of one number, from being fetched to being through or put back. */
export class SendJob {
  readonly #lane: LaneParts;
  readonly #job: Job<JobData>;
  readonly #token: string;

  constructor(lane: LaneParts, job: Job<JobData>, token: string) {
    this.#lane = lane;
    this.#job = job;
    this.#token = token;
  }

  /** Throws one of BullMQ's own errors when the job went back to its queue. */
  async run(): Promise<void> {
    const { campaigns } = this.#lane;
    const campaign = await campaigns.get(this.#job.data.campaign);
    if (campaign === undefined) return;
    if (!campaign.isOurs) return this.#delay(Date.now() + NOT_OURS_MS);
    for (let tries = 1; ; ) {
      if (!(await this.#mayGoOn(campaign))) return;
      if (!(await this.#untilSlot(campaign))) continue;
      const message = await this.#checked(campaign);
      if (message === undefined) return;
      const started = this.#job.attemptsStarted;
      const attempt = { token: `${this.#token}:${started}`, started };
      if (!(await this.#mayGoOn(campaign, attempt))) return;
      const verdict = await this.#send(campaign, message, attempt);
      if (verdict === undefined) return;
      if (verdict.row === "unknown" && campaign.settings.mayDuplicate && tries < TRIES) {
        tries += 1;
        await campaign.store.release(this.#job.data.person, attempt.token);
        continue;
      }
      await this.#conclude(campaign, verdict, attempt);
      return;
    }
  }

  /** `false` when there is nothing left to do for this job; throws when it has to wait. */
  async #mayGoOn({ store, checks }: KnownCampaign, attempt?: Attempt): Promise<boolean> {
    const { session, rest, clock } = this.#lane;
    const { person } = this.#job.data;
    const leave = await store.begin(session, person, clock.now(), attempt);
    switch (leave.may) {
      case "go":
        return true;
      case "busy":
        // Its worker lost the lock on this job, or it would not be here.
        await store.recover(
          session,
          person,
          this.#job.attemptsStarted,
          outcomeOf(this.#job.data, session, clock, "unknown", "interrupted"),
        );
        return false;
      case "paused":
        return this.#hold(LONGEST_HOLD_MS);
      case "rest":
        return this.#hold(leave.until - clock.now());
      case "probe":
        await rest.probe(
          () => checks.sender.isReady(session, {}),
          () => clock.now(),
        );
        return this.#hold(LONGEST_HOLD_MS);
      default:
        return false;
    }
  }

  /** Waits for a slot of the pace. `false` when it is to be asked for again. */
  async #untilSlot(campaign: KnownCampaign): Promise<boolean> {
    const { session, clock } = this.#lane;
    const { to, isNew } = this.#job.data;
    const slot = await campaign.claim(session, to, isNew, clock.now() + NEAR_MS);
    if ("at" in slot) {
      await this.#sleep(slot.at - clock.now());
      return true;
    }
    const { notBefore, because } = slot;
    if (because === "new_chats_budget" || because === "reachout_timelock") await this.#delay(notBefore);
    return this.#hold(notBefore - clock.now());
  }

  async #checked({ checks, store }: KnownCampaign): Promise<RenderedMessage | undefined> {
    const { session, clock, closing } = this.#lane;
    const checked = await lastChecks(checks, session, this.#job.data, (ms) => closing.sleep(ms));
    if ("message" in checked) return checked.message;
    await store.settle(
      this.#job.data.person,
      outcomeOf(this.#job.data, session, clock, "skipped", checked.skip),
      session,
    );
    return undefined;
  }

  /** Sends. Nothing is left to decide when it was sent. */
  async #send(
    { checks, store }: KnownCampaign,
    message: RenderedMessage,
    { token }: Attempt,
  ): Promise<Verdict | undefined> {
    const { session, clock } = this.#lane;
    const { person, isNew, to } = this.#job.data;
    let sent: { id?: string; to?: string; recipient?: string } = {};
    try {
      sent = await checks.sender.send(message, { session });
    } catch (error) {
      const verdict = verdictOf(error);
      if (verdict.row !== "sent") return verdict;
    }
    const { id } = sent;
    const outcome = {
      ...outcomeOf(this.#job.data, session, clock, "sent"),
      ...(id !== undefined && { messageId: id }),
    };
    await store.settle(person, outcome, session, { token, isNew });
    const alias = sent.recipient || sent.to;
    if (alias && alias !== to) await this.#learn(checks.suppressions, alias);
    return undefined;
  }

  /** A hint for later: a list that cannot take it must not rest a number whose message has arrived. */
  async #learn(suppressions: Suppressions | undefined, alias: string): Promise<void> {
    try {
      await suppressions?.learn?.(this.#job.data.to, alias);
    } catch (error) {
      this.#lane.logger.warn(`suppressions.learn failed after a send: ${describeThrown(error)}`);
    }
  }

  /** What an attempt that did not simply succeed means for the row and for the number. */
  async #conclude(
    { settings, store, pace }: KnownCampaign,
    verdict: Verdict,
    { token }: Attempt,
  ): Promise<void> {
    const { session, rest, clock } = this.#lane;
    const { person, isNew, again } = this.#job.data;
    if (verdict.row === "pending") {
      const { pause, waitMs } = verdict;
      if (pause === "reachout_timelock") {
        const until = await rest.lock(clock.now());
        await pace.hold(session, "new_chats", until);
        if (!isNew) await rest.start(pause, clock.now(), until - clock.now());
      } else {
        await rest.start(pause, clock.now(), waitMs);
        const ends = (await rest.read())?.until ?? 0;
        if (pause === "rate_limited") await pace.hold(session, "all", ends);
      }
      await store.release(person, token);
      await this.#hold(0);
      return;
    }
    const mustRest = (await rest.failures()) >= settings.failuresBeforePause;
    if (mustRest) await rest.start("failures", clock.now());
    if (verdict.row === "failed" && mustRest && !again) {
      // Too many in a row are no coincidence: this one gets another chance once the number is well.
      await this.#job.updateData({ ...this.#job.data, again: true });
      await store.release(person, token);
      await this.#hold(0);
      return;
    }
    await store.settle(
      person,
      outcomeOf(this.#job.data, session, clock, verdict.row, verdict.reason),
      session,
      { token },
    );
  }

  /** The whole queue waits, for all workers, and this job goes back to its head. */
  async #hold(ms: number): Promise<never> {
    if (ms > 0) await this.#lane.queue.rateLimit(Math.ceil(Math.min(ms, LONGEST_HOLD_MS)));
    throw new RateLimitError();
  }

  /** This job alone waits. */
  async #delay(until: number): Promise<never> {
    await this.#job.moveToDelayed(Math.ceil(until), this.#token);
    throw new DelayedError();
  }

  /** Waits with the job in hand; gives it back when the worker is to end. */
  async #sleep(ms: number): Promise<void> {
    const { closing } = this.#lane;
    await closing.sleep(ms);
    if (!closing.isDue) return;
    await this.#job.moveToWait(this.#token);
    throw new WaitingError();
  }
}
