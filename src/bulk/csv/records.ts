import { bareCells, type CellRules, countQuotes, quoteTrouble } from "./cells.js";
import type { Line, LineReader } from "./lines.js";

/** One record of a file, or what cannot be read as one. */
export interface CsvRecord {
  /** The line on which it starts. */
  line: number;
  /** How many lines it takes. */
  lines: number;
  /** As far as they can be told apart. */
  cells: string[];
  /** Why it is no record. */
  wrong?: string;
}

/** What reading records needs to know. */
export interface RecordRules extends CellRules {
  /** In characters; what is longer is rejected. */
  maxRecordSize: number;
  /** Takes quotes where they must not be as text. */
  relaxQuotes: boolean;
  /** Whether cells look like a whole row of this file; then a quote that swallows them is taken for a stray one. */
  looksWhole(cells: readonly string[]): boolean;
  /** Whether a record over several lines has as many cells as it must. */
  fits(cells: readonly string[]): boolean;
}

/** Lines up to the one on which every quote is closed. */
interface Group {
  lines: Line[];
  text: string;
  quoted: boolean;
  wrong?: string;
  /** How many lines it takes, when not all of them are kept. */
  span?: number;
}

const MOST_AT_ONCE = 256;

/**
 * The records of a file. A line on which a quote is wrong is given as such, and reading goes on with the next line, as
 * if the file began there: a stray quote costs its line, not the rest of the file.
 *
 * Where the quotes are right, what stands between them is nobody to write to, even if it looks like a row. If it may as
 * well be what a stray quote swallowed, all of it is rejected.
 *
 * In a file without errors a record ends at the first line break before which the number of quotes is even. So records
 * are cut by counting quotes, and the parser, strict, finds whether that was right.
 */
export async function* readRecords(
  lines: LineReader,
  rules: RecordRules,
): AsyncGenerator<CsvRecord, void, undefined> {
  const { parseRecords } = await import("./parse-records.js");
  let most = 1;
  for (;;) {
    const groups = await gather(lines, rules, most);
    if (groups.length === 0) return;
    const whole = parseGroups(groups);
    most = whole === undefined ? 1 : Math.min(most * 2, MOST_AT_ONCE);
    for (let i = 0; i < groups.length; i++) {
      const group = groups[i]!;
      const cells = whole?.[i] ?? parseAlone(group);
      const record = settle(group, cells);
      if (!Array.isArray(cells) && group.lines.length > 1) {
        const later = groups.slice(i + 1).flatMap((other) => other.lines);
        lines.unread([...group.lines.slice(1), ...later]);
        yield record;
        break;
      }
      yield record;
    }
  }

  /** The cells of every group, `undefined` when one of them cannot be parsed. */
  function parseGroups(groups: readonly Group[]): (string[] | undefined)[] | undefined {
    const quoted = groups.filter((group) => group.quoted && group.wrong === undefined);
    try {
      const parsed =
        quoted.length === 0
          ? []
          : parseRecords(
              quoted.map(({ text }) => text),
              rules,
            );
      let next = 0;
      return groups.map((group) => (group.quoted && group.wrong === undefined ? parsed[next++] : undefined));
    } catch {
      return undefined;
    }
  }

  function parseAlone({ text, quoted, wrong }: Group): string[] | { wrong: string } {
    if (wrong !== undefined) return { wrong };
    if (!quoted) return bareCells(text, rules);
    try {
      return parseRecords([text], rules)[0]!;
    } catch (error) {
      return { wrong: quoteTrouble(error) };
    }
  }

  function settle({ lines: taken, span }: Group, cells: string[] | { wrong: string }): CsvRecord {
    const [first, ...inner] = taken as [Line, ...Line[]];
    if (!Array.isArray(cells))
      return { ...broken(first, cells.wrong), ...(span !== undefined && { lines: span }) };
    const record: CsvRecord = { line: first.number, lines: taken.length, cells };
    if (inner.length === 0) return record;
    const last = `line ${first.number + inner.length}`;
    if (!rules.fits(cells)) record.wrong = `has a quote that swallows the lines up to ${last}`;
    else if (isSwallowed(first, inner))
      record.wrong = `has a quoted cell up to ${last} in which most lines look like rows: if they are, a quote is too much on the first and the last`;
    return record;
  }

  /** Whether the lines of a cell may as well be rows between two stray quotes. */
  function isSwallowed(first: Line, inner: readonly Line[]): boolean {
    const looksWhole = ({ text }: Line) => rules.looksWhole(bareCells(text, rules));
    return looksWhole(first) && inner.filter(looksWhole).length * 2 > inner.length;
  }

  function broken(line: Line, wrong: string): CsvRecord {
    const record: CsvRecord = { line: line.number, lines: 1, cells: bareCells(line.text, rules), wrong };
    if (line.tooLong) return { ...record, cells: [`${line.text}…`] };
    if (!rules.relaxQuotes) return record;
    try {
      return { line: line.number, lines: 1, cells: parseRecords([line.text], rules, true)[0]! };
    } catch {
      return record;
    }
  }
}

/** Takes what there is without waiting for more of the file than the first record needs. */
async function gather(lines: LineReader, rules: RecordRules, most: number): Promise<Group[]> {
  const groups: Group[] = [];
  let line = await lines.next();
  while (line !== undefined) {
    if (line.tooLong) {
      const wrong = `is longer than ${rules.maxRecordSize} characters`;
      groups.push({ lines: [line], text: "", quoted: false, wrong });
    } else if (line.text.trim() !== "") {
      const quotes = countQuotes(line.text);
      const complete = quotes % 2 === 0;
      groups.push(
        complete
          ? { lines: [line], text: line.text, quoted: quotes > 0 }
          : await complement(line, lines, rules),
      );
    }
    if (groups.length >= most) break;
    line = groups.length === 0 ? await lines.next() : lines.take();
  }
  return groups;
}

/** A record that goes on after its first line. */
async function complement(first: Line, lines: LineReader, rules: RecordRules): Promise<Group> {
  const taken = [first];
  const parts = [first.text];
  let [size, quotes, ending] = [first.text.length, 1, first.ending];
  while (quotes % 2 !== 0) {
    const line = await lines.next();
    if (line !== undefined) taken.push(line);
    size += line?.text.length ?? 0;
    if (line === undefined) {
      lines.unread(taken.slice(1));
      return { lines: [first], text: "", quoted: true, wrong: "has a quote that is not closed" };
    }
    if (line.tooLong || size > rules.maxRecordSize) return giveUp(taken, quotes, lines, rules);
    parts.push(ending, line.text);
    ending = line.ending;
    quotes += countQuotes(line.text);
  }
  return { lines: taken, text: parts.join(""), quoted: true };
}

/**
 * A record that is too long: either a quote is not closed, and the rows after it look like rows, or a cell is too big,
 * and its lines look like nothing. Such lines are passed over, not kept.
 */
async function giveUp(taken: Line[], quotes: number, lines: LineReader, rules: RecordRules): Promise<Group> {
  const [first, ...rest] = taken as [Line, ...Line[]];
  const looksWhole = ({ text, tooLong }: Line) => !tooLong && rules.looksWhole(bareCells(text, rules));
  const group: Group = { lines: [first], text: "", quoted: true };
  if (rest.some(looksWhole)) {
    lines.unread(rest);
    return { ...group, wrong: `has a quote that is not closed within ${rules.maxRecordSize} characters` };
  }
  let span = taken.length;
  let open = (quotes + countQuotes(rest.at(-1)!.text)) % 2 !== 0;
  while (open) {
    const line = await lines.next();
    if (line === undefined) break;
    if (looksWhole(line)) {
      lines.unread([line]);
      break;
    }
    span++;
    open = countQuotes(line.text) % 2 === 0;
  }
  const wrong = `to line ${first.number + span - 1} is longer than ${rules.maxRecordSize} characters: a quote is not closed, or a cell too big`;
  return { ...group, wrong, span };
}
