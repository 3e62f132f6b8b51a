/**
 * What a spreadsheet would run as a formula (the four signs also in full width), or change: a `+` number, a leading zero,
 * a number of more than 11 digits. Written in ASCII: a file with other characters takes twice the memory, and longer to load.
 */
const UNSAFE = /^(?:[=+\-@\t\r\n'\uff1d\uff0b\uff0d\uff20]|0\d|\d{12,}$)/;

/** Puts an apostrophe before what a spreadsheet would not leave alone; {@link restore} takes exactly that away. */
export function neutralise(cell: string): string {
  return UNSAFE.test(cell) ? `'${cell}` : cell;
}

/** Undoes {@link neutralise}. */
export function restore(cell: string): string {
  return cell.startsWith("'") ? cell.slice(1) : cell;
}

/** One line of a CSV file, safe to open in a spreadsheet, with its line break. */
export function csvLine(cells: readonly string[], delimiter = ","): string {
  return `${cells.map((cell) => quoted(neutralise(cell), delimiter, cells.length)).join(delimiter)}\r\n`;
}

function quoted(cell: string, delimiter: string, width: number): string {
  const needed = cell.includes(delimiter) || /["\r\n]|^\s|\s$/.test(cell) || (cell === "" && width === 1);
  return needed ? `"${cell.replaceAll('"', '""')}"` : cell;
}
