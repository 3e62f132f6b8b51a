/** How the cells of a file are told apart. */
export interface CellRules {
  delimiter: string;
  /** Removes spaces around cells. */
  trim: boolean;
}

/** The cells of a line as if quotes meant nothing. */
export function bareCells(text: string, { delimiter, trim }: CellRules): string[] {
  const cells = text.split(delimiter);
  return trim ? cells.map((cell) => cell.trim()) : cells;
}

/** How many quotes a text has; an odd number means that a quoted cell goes on after its end. */
export function countQuotes(text: string): number {
  let count = 0;
  for (let at = text.indexOf('"'); at !== -1; at = text.indexOf('"', at + 1)) count++;
  return count;
}

/** What a parser's refusal means to whoever has to mend the file. */
export function quoteTrouble(error: unknown): string {
  const { code } = error as { code?: string };
  if (code === "CSV_QUOTE_NOT_CLOSED") return "has a quote that is never closed";
  if (code === "CSV_INVALID_CLOSING_QUOTE")
    return 'has text after a closing quote; a quote (") inside a quoted cell must be written twice';
  return 'has a quote (") inside a cell that does not begin with one: put the cell in quotes and write the quote twice';
}
