import { ValidationError } from "../errors/index.js";
import { type CampaignRecipient, type Recipients, ROW, type RowInfo } from "./types.js";
import { wordsOf } from "./words-of.js";

/** One row of a source: its number, and either a recipient or why there is none. */
export interface RecipientRow<R extends CampaignRecipient = CampaignRecipient> {
  /** From 1. */
  row: number;
  /** The line of the file, when the source knows it. */
  line?: number;
  /** The recipient as the source gave it; also there, as far as it could be read, when it is rejected. */
  recipient: R;
  /** Why it cannot be used. */
  reject?: string;
}

/** What a source is read for, and what to give instead of one that cannot be. */
interface SourceUse {
  subject: string;
  path: string;
  advice: string;
  /** Whether it is read once, so that a generator will do. */
  isOnce: boolean;
}

const CAMPAIGN: SourceUse = {
  subject: "bulk.campaign",
  path: "recipients",
  advice:
    "give an array, csv(…), a function that opens it anew (() => readRows()), or a journal that spools (fileJournal)",
  isOnce: false,
};

/** For {@link readRecipients}: a source of a list's contacts. */
export const IMPORT: SourceUse = {
  subject: "contactLists.import",
  path: "source",
  advice: "give an array, csv(…), a generator, or a function that opens it anew (() => readRows())",
  isOnce: true,
};

/** One-shot iterators that were read: a second time they would be empty. */
const spent = new WeakSet<object>();

/**
 * Whether a source can be read only once: a generator object, another iterator, a stream. It is told by its methods;
 * nothing is read or locked.
 */
export function isOneShot(source: unknown): boolean {
  if (typeof source !== "object" || source === null) return false;
  return ["next", "getReader", "pipe"].some(
    (method) => typeof (source as Record<string, unknown>)[method] === "function",
  );
}

/**
 * Reads a source row by row, never further than asked for.
 *
 * @throws ValidationError when a campaign's source can be read only once, or it is no source. The message says what to
 * do.
 */
export async function* readRecipients<R extends CampaignRecipient>(
  source: Recipients<R>,
  use: SourceUse = CAMPAIGN,
): AsyncGenerator<RecipientRow<R>, void, undefined> {
  let place = 0;
  const opened = await open(source, use);
  if (Symbol.asyncIterator in opened) {
    for await (const recipient of opened) yield rowOf(recipient, ++place);
    return;
  }
  // Not for await: it looks at every value, and one that throws then would end the reading.
  for (const value of opened) yield rowOf(isThenable(value) ? await value : value, ++place);
}

function rowOf<R extends CampaignRecipient>(recipient: R, place: number): RecipientRow<R> {
  const info = infoOf(recipient);
  const read: RecipientRow<R> = { row: info.row ?? place, recipient };
  if (info.line !== undefined) read.line = info.line;
  if (info.reject !== undefined) read.reject = info.reject;
  return read;
}

function isThenable(value: unknown): boolean {
  try {
    return typeof (value as { then?: unknown } | null | undefined)?.then === "function";
  } catch {
    return false;
  }
}

function checkSource(source: unknown, use: SourceUse): void {
  if (!use.isOnce && isOneShot(source))
    throw refused(use, "can be read only once, but a plan reads it and every run reads it again");
  if (typeof source !== "function" && !isIterable(source))
    throw refused(use, "must be an array or anything else that can be iterated, or a function that gives it");
}

async function open<R extends CampaignRecipient>(
  source: Recipients<R>,
  use: SourceUse,
): Promise<Iterable<R> | AsyncIterable<R>> {
  checkSource(source, use);
  const isFunction = typeof source === "function";
  const opened: unknown = isFunction ? await source() : source;
  if (!isIterable(opened))
    throw refused(use, "is a function, which must give something that can be iterated");
  if (isOneShot(opened)) {
    if (spent.has(opened))
      throw refused(
        use,
        `${isFunction ? "is a function that gave" : "is"} the same iterator again, which is used up`,
      );
    spent.add(opened);
  }
  return opened as Iterable<R> | AsyncIterable<R>;
}

function isIterable(value: unknown): value is object {
  if (typeof value !== "object" || value === null) return false;
  return Symbol.iterator in value || Symbol.asyncIterator in value;
}

function infoOf(recipient: unknown): Partial<RowInfo> {
  try {
    if (typeof recipient !== "object" || recipient === null || Array.isArray(recipient))
      return { reject: "is no object with a to" };
    const info = (recipient as { [ROW]?: RowInfo })[ROW];
    if (info === undefined || info === null) return {};
    const { row, line, reject } = info;
    return { row, line, reject } as Partial<RowInfo>;
  } catch (error) {
    // One row of a source is not worth the others, whatever is wrong with it.
    return { reject: `could not be read: ${wordsOf(error)}` };
  }
}

function refused({ subject, path, advice }: SourceUse, wrong: string): ValidationError {
  return new ValidationError(subject, [{ path, message: `${wrong}: ${advice}` }]);
}
