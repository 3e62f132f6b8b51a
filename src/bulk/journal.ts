import type { CampaignRecipient, CampaignStatus, RenderedMessage } from "./types.js";

/** What a journal's campaign is; a campaign that is not the same refuses to go on with it. */
export interface HeaderRecord {
  type: "header";
  version: 1;
  name: string;
  /** A hash of each field of the template; `function` alone when a function makes the messages. */
  template: Readonly<Record<string, number>>;
  /** How many rows the plan has. */
  total: number;
  /** When the campaign was first run, in Unix milliseconds. */
  at: number;
}

/** A hash of each row's message, as planned. */
export interface RowsRecord {
  type: "rows";
  /** The first row of this stretch. */
  from: number;
  /** 32 bits a row, in hexadecimal digits. */
  hashes: string;
}

/** Written, and safe on the disk, before a request goes out. */
export interface AttemptRecord {
  type: "attempt";
  row: number;
  to: string;
  session: string;
  at: number;
  /** Exactly what was sent. */
  message: RenderedMessage;
}

/** What became of a row. `pending`: the attempt provably sent nothing, and the row is to be tried again. */
export interface ResultRecord {
  type: "result";
  row: number;
  to: string;
  status: CampaignStatus | "pending";
  at: number;
  session?: string;
  messageId?: string;
  reason?: string;
  detail?: string;
}

/** One line of a journal. */
export type JournalRecord = HeaderRecord | RowsRecord | AttemptRecord | ResultRecord;

/**
 * Where a campaign keeps what it did. One journal holds one campaign.
 *
 * @example
 * ```ts
 * import { fileJournal } from "@wasend/sdk/node";
 *
 * const campaign = wasend.bulk.campaign({ …, journal: fileJournal("spring-sale.jsonl") });
 * ```
 */
export interface Journal {
  /**
   * Takes the journal for this run alone.
   *
   * @throws {@link ConfigurationError} when somebody else has it.
   */
  open(): Promise<OpenJournal>;
  /** All records, oldest first, without taking the journal. */
  read(): AsyncIterable<JournalRecord>;
  /**
   * Takes a person's addresses and messages out, in whatever form they were written. The counts stay right.
   *
   * @returns how many records held something.
   */
  forget(person: string): Promise<number>;
  /** Keeps the recipients of a source that can be read only once. Left out by a journal that cannot. */
  spool?: RecipientSpool;
}

/** A journal that was taken. */
export interface OpenJournal {
  /** Adds a record, and returns once it is written; `durable`: once it would survive a power cut. */
  append(record: JournalRecord, options?: { durable?: boolean }): Promise<void>;
  /** Gives the journal back. */
  close(): Promise<void>;
}

/** Recipients, kept so that they can be read again. */
export interface RecipientSpool {
  /** The recipients that were kept whole, and the name of their campaign; `undefined` when there are none. */
  read(): Promise<{ campaign: string; recipients: AsyncIterable<CampaignRecipient> } | undefined>;
  /** Keeps all of a campaign's source. One that breaks off is not kept. */
  write(
    campaign: string,
    recipients: Iterable<CampaignRecipient> | AsyncIterable<CampaignRecipient>,
  ): Promise<void>;
}
