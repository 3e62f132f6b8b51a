import type { CampaignRecipient } from "../types.js";

/** Bytes or text of a file: what a function given to {@link csv} opens, anew each time. */
export type CsvStream = ReadableStream<Uint8Array | string> | AsyncIterable<Uint8Array | string>;

/** Where the text of a CSV comes from. It is read once per plan and once per run, so a stream is given as a function. */
export type CsvInput = string | Blob | Uint8Array | (() => CsvStream | Promise<CsvStream>);

/** What {@link csv} needs to know about a file. All of it has defaults. */
export interface CsvOptions {
  /** The column with the phone number, as the header spells it. Default `"to"`. */
  to?: string;
  /**
   * The country (two capital letters, such as `"IN"`) whose national numbers the column may hold. Needs
   * `libphonenumber-js`. Without it only numbers with `+` and country code are taken: a country is never guessed.
   */
  defaultCountry?: string;
  /** New names for columns: `{ "First name": "firstName" }`. Default: a field is called as its column. */
  columns?: Record<string, string>;
  /** The names of the columns of a file that has no header row. */
  headers?: readonly string[];
  /** Default: found out (comma, semicolon, tab or bar). */
  delimiter?: string;
  /**
   * The encoding, by its name in the web's Encoding standard. Default: found out (byte order mark, UTF-16, UTF-8, else
   * Windows-1252).
   */
  encoding?: string;
  /** Removes spaces around cells. Default `false`: a cell is data. */
  trim?: boolean;
  /** Takes a quote where it must not be as part of the text, instead of rejecting the row. Default `false`. */
  relaxQuotes?: boolean;
  /** The longest record, in characters. Default 1,048,576. Longer ones are rejected, and never held in memory. */
  maxRecordSize?: number;
}

/**
 * A row of a CSV file: `to` in the wire's form, and a field for each column with the cell as it stands. The number's
 * own column, if it is not called `to`, keeps what the file says.
 */
export interface CsvRecipient extends CampaignRecipient {
  to: string;
  readonly [field: string]: string;
}

/** What there is to know about a file before its rows are read. */
export interface CsvInfo {
  /** The fields that every recipient has. */
  columns: string[];
  delimiter: string;
  /** As found out from the first 64 kB or so; `"text"` when text was given. */
  encoding: string;
  /** What was done with column names that are empty or occur twice. */
  notes: string[];
}

/** One row of the file, usable or not. */
export interface CsvRow {
  /** 1 for the first record after the header. */
  row: number;
  /** The line on which it starts, from 1. */
  line: number;
  /** How many lines of the file it takes. */
  lines: number;
  /** The cells in the file's order. */
  cells: readonly string[];
  /** The number in the wire's form; without it the row is rejected. */
  to?: string;
  /** Why it is rejected. */
  reject?: string;
}
