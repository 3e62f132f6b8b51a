import { checkPhone, checkRecipient } from "../../contract/recipient.js";
import { ValidationError } from "../../errors/index.js";
import { type NumberReader, nationalNumbers } from "../national-number.js";
import { numberArtefact } from "../number-artefacts.js";
import { ROW } from "../types.js";
import { decodeText } from "./decode.js";
import { declaredDelimiter, detectDelimiter } from "./delimiter.js";
import { type CsvColumns, readHeader } from "./header.js";
import { LineReader } from "./lines.js";
import { opener } from "./open.js";
import type { CsvInfo, CsvInput, CsvOptions, CsvRecipient, CsvRow } from "./options.js";
import { readRecords } from "./records.js";
import { restore } from "./write.js";

const SAMPLE_LINES = 20;
const DEFAULT_MAX_RECORD = 1 << 20;

/** A file as far as its header has been read. */
interface OpenCsv {
  columns: CsvColumns;
  delimiter: string;
  encoding(): string;
  rows(): AsyncGenerator<CsvRow, void, undefined>;
  /** Ends the reading; also done when the rows are. */
  close(): Promise<unknown>;
}

/** The header and the rows of a file as they stand in it. */
export interface CsvTable extends Omit<OpenCsv, "encoding" | "rows"> {
  rows: AsyncIterable<CsvRow>;
}

/** What {@link csv} gives: the recipients of a campaign, to be read as often as one likes. */
export class CsvSource implements AsyncIterable<CsvRecipient> {
  readonly #open: ReturnType<typeof opener>;
  readonly #options: CsvOptions;

  constructor(input: CsvInput, options: CsvOptions = {}) {
    this.#options = { ...options };
    this.#open = opener(input);
  }

  /**
   * Every row, also those that cannot be used: these carry why under `ROW`, and an empty `to` or one that is no number.
   */
  async *[Symbol.asyncIterator](): AsyncGenerator<CsvRecipient, void, undefined> {
    const file = await this.#read();
    if (file === undefined) return;
    for await (const row of file.rows()) yield recipientOf(row, file.columns);
  }

  /**
   * The columns, delimiter and encoding of the file, from its beginning.
   *
   * @example
   * ```ts
   * const { columns, notes } = await csv(text, { to: "Mobile" }).info();
   * ```
   */
  async info(): Promise<CsvInfo> {
    const file = await this.#read();
    if (file === undefined) return { columns: [], delimiter: ",", encoding: "utf-8", notes: [] };
    const { columns, delimiter, encoding } = file;
    await file.close();
    const names = columns.names.filter((name) => name !== undefined);
    const fields = names.includes("to") ? names : ["to", ...names];
    return { columns: fields, delimiter, encoding: encoding(), notes: columns.notes };
  }

  /** The header and the rows as they stand in the file. @internal */
  async table(): Promise<CsvTable | undefined> {
    const file = await this.#read();
    return file && { columns: file.columns, delimiter: file.delimiter, rows: file.rows(), close: file.close };
  }

  async #read(): Promise<OpenCsv | undefined> {
    const {
      encoding,
      to = "to",
      defaultCountry,
      headers,
      maxRecordSize = DEFAULT_MAX_RECORD,
    } = this.#options;
    const national = defaultCountry === undefined ? undefined : await nationalNumbers(defaultCountry);
    const decoded = decodeText(await this.#open(), encoding);
    const lines = new LineReader(decoded.chunks, maxRecordSize);
    const delimiter = await this.#delimiter(lines);
    const { trim = false, relaxQuotes = false } = this.#options;
    let columns: CsvColumns | undefined;
    const records = readRecords(lines, {
      delimiter,
      trim,
      relaxQuotes,
      maxRecordSize,
      fits: (cells) => columns === undefined || problemOf(cells, columns) === undefined,
      looksWhole: (cells) => columns !== undefined && looksWhole(cells, columns),
    });
    try {
      let titles = headers;
      if (titles === undefined) {
        const first = await records.next();
        if (first.done) return undefined;
        const { wrong, line, cells } = first.value;
        if (wrong !== undefined)
          throw new ValidationError("csv", [{ path: "header", message: `on line ${line} ${wrong}` }]);
        titles = cells;
      }
      columns = readHeader(titles, to, this.#options.columns ?? {});
    } catch (error) {
      await decoded.chunks.return();
      throw error;
    }
    const known = columns;
    const close = () => decoded.chunks.return();
    return { columns, delimiter, encoding: decoded.encoding, rows: () => rowsOf(known), close };

    async function* rowsOf(columns: CsvColumns): AsyncGenerator<CsvRow, void, undefined> {
      let row = 0;
      try {
        for await (const { line, lines: taken, cells, wrong } of records) {
          const read: CsvRow = {
            row: ++row,
            line,
            lines: taken,
            cells: columns.ours ? cells.map(restore) : cells,
          };
          const problem = wrong ?? problemOf(read.cells, columns);
          const number =
            problem === undefined ? numberOf(read.cells[columns.to]!, columns, national) : { wrong: problem };
          if ("value" in number) read.to = number.value;
          else read.reject = `line ${line}: ${number.wrong}`;
          yield read;
        }
      } finally {
        await close();
      }
    }
  }

  async #delimiter(lines: LineReader): Promise<string> {
    const sample = [];
    let line = await lines.next();
    while (line !== undefined) {
      sample.push(line);
      line = sample.length < SAMPLE_LINES ? lines.take() : undefined;
    }
    const declared = declaredDelimiter(sample[0]?.text ?? "");
    lines.unread(declared === undefined ? sample : sample.slice(1));
    const texts = sample.filter(({ tooLong }) => !tooLong).map(({ text }) => text);
    return this.#options.delimiter ?? declared ?? detectDelimiter(texts.filter((text) => text.trim() !== ""));
  }
}

function numberOf(
  cell: string,
  { titles, to }: CsvColumns,
  national: NumberReader | undefined,
): ReturnType<NumberReader> {
  const column = `the number in column "${titles[to]}"`;
  if (cell.trim() === "") return { wrong: `there is no number in column "${titles[to]}"` };
  const artefact = numberArtefact(cell);
  if (artefact !== undefined) return { wrong: `${column} ${artefact}` };
  const number = cell.includes("@") ? checkRecipient(cell) : (national ?? checkPhone)(cell);
  return "value" in number ? number : { wrong: `${column} ${number.wrong}` };
}

/** What is wrong with a record as a whole: when its cells are shifted, none of them can be trusted. */
function problemOf(cells: readonly string[], { names }: CsvColumns): string | undefined {
  const extra = cells.slice(names.length).some((cell) => cell.trim() !== "");
  if (cells.length < names.length || extra)
    return `has ${cells.length} cells where the header has ${names.length}: a delimiter or a quote is missing or too much`;
  if (cells.some((cell) => cell.includes("\ufffd")))
    return "has characters that could not be decoded: save the file as UTF-8, or state its encoding";
  return undefined;
}

function looksWhole(cells: readonly string[], { names, to }: CsvColumns): boolean {
  const number = cells[to]?.replaceAll('"', "").trim() ?? "";
  return cells.length === names.length && /^\+?\d[\d\s().-]{5,}$|^\S+@\S+$/.test(number);
}

function recipientOf(row: CsvRow, { names, to }: CsvColumns): CsvRecipient {
  const recipient = Object.create(null) as Record<string | symbol, unknown>;
  recipient.to = row.to ?? (row.cells.length === names.length ? row.cells[to] : "");
  for (let i = 0; i < names.length; i++) {
    const name = names[i];
    if (name !== undefined && name !== "to") recipient[name] = row.cells[i] ?? "";
  }
  recipient[ROW] =
    row.reject === undefined
      ? { row: row.row, line: row.line }
      : { row: row.row, line: row.line, reject: row.reject };
  return recipient as unknown as CsvRecipient;
}
