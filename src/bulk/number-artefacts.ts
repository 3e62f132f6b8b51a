import { maskNumbers } from "../errors/redact.js";

/**
 * What a spreadsheet did to a phone number, in words; `undefined` when it shows no trace of one. Nothing is repaired:
 * what is lost cannot be guessed.
 */
export function numberArtefact(cell: string): string | undefined {
  const text = cell.trim();
  if (/^['’]?[+-]?\d+(?:[.,]\d*)?e[+-]?\d+$/i.test(text)) {
    return (
      `${maskNumbers(text)} is a number that a spreadsheet shortened, and its last digits are lost: ` +
      "format the column as text and export again"
    );
  }
  if (/^\+?\d{5,}[.,]0+$/.test(text)) {
    const [whole = "", zeros = ""] = text.split(/(?=[.,])/);
    return (
      `${maskNumbers(whole)}${zeros} ends in ${zeros} because a spreadsheet or a script took it ` +
      "for a decimal number, which may also have cost it leading zeros: export the column as text"
    );
  }
  if (/^['’]/.test(text))
    return "starts with an apostrophe, which spreadsheets put before text: take it away in the file";
  if (/^=/.test(text)) return "is a spreadsheet formula: export the column's values";
  if (/^#(?:REF|N\/A|VALUE|NAME|NUM|NULL|DIV\/0|#+)/i.test(text) || /^#+$/.test(text))
    return `is ${text.slice(0, 8)}, a spreadsheet's error, not a number: export again`;
  return undefined;
}
