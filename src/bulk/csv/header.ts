import { ValidationError } from "../../errors/index.js";
import { looksLikeData, namesText } from "../column-names.js";

/** What begins the names of columns that this SDK writes; a file that has one was written here. */
export const OURS = "wasend_";
/** The column that says why a row was rejected. */
export const REASON = `${OURS}reject_reason`;

/** The columns of a file. */
export interface CsvColumns {
  /** The field's name for each column, in the file's order; `undefined` for a column that is no field. */
  names: (string | undefined)[];
  /** The same as the file spells them. */
  titles: string[];
  /** Which column holds the number. */
  to: number;
  /** Whether this SDK wrote the file, so that what it did against spreadsheet formulas is to be undone. */
  ours: boolean;
  /** What had to be done with names that are empty or occur twice. */
  notes: string[];
}

/** Reads the header of a file. */
export function readHeader(
  cells: readonly string[],
  to: string,
  renamed: Readonly<Record<string, string>>,
): CsvColumns {
  const titles = cells.map((cell) => cell.trim().replace(/^'(?=.)/, ""));
  const ours = titles.some((title) => title.startsWith(OURS));
  if (!ours) titles.splice(0, titles.length, ...cells.map((cell) => cell.trim()));
  checkNames(titles, to, renamed);
  const at = titles.indexOf(to);
  const notes: string[] = [];
  const taken = new Set<string>(["to"]);
  const names = titles.map((title, i) => {
    if (title === REASON) return undefined;
    if (i === at && fieldOf(title) === "to") return "to";
    const wanted = fieldOf(title) || `column_${i + 1}`;
    let name = wanted;
    for (let n = 2; taken.has(name); n++) name = `${wanted}_${n}`;
    taken.add(name);
    if (title === "") notes.push(`column ${i + 1} has no name; its field is "${name}"`);
    else if (name !== wanted)
      notes.push(`there is more than one "${wanted}"; column ${i + 1} is the field "${name}"`);
    return name;
  });
  return { names, titles, to: at, ours, notes };

  function fieldOf(title: string): string {
    return Object.hasOwn(renamed, title) ? renamed[title]!.trim() : title;
  }
}

function checkNames(titles: readonly string[], to: string, renamed: Readonly<Record<string, string>>): void {
  const columns = namesText(titles);
  const issues = [to, ...Object.keys(renamed)]
    .filter((name) => !titles.includes(name))
    .map((name) => ({
      path: name === to ? "to" : `columns.${name}`,
      message: `must name a column; there is no ${JSON.stringify(name)}, there are ${columns}`,
    }));
  if (!titles.includes(to) && titles.some(looksLikeData))
    issues.push({
      path: "headers",
      message: "must be given: the first row seems to be data, not column names",
    });
  if (titles.indexOf(to) !== titles.lastIndexOf(to))
    issues.push({
      path: "to",
      message: `must name one column; ${JSON.stringify(to)} is the name of more than one`,
    });
  if (issues.length > 0) throw new ValidationError("csv", issues);
}
