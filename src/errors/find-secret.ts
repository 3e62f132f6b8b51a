import { writingsOf } from "./written.js";

/** A stretch of a text. */
export interface Stretch {
  start: number;
  end: number;
}

/** A server that cuts an echo short leaves the beginning of it: from this many characters on it counts as found. */
const ENOUGH = 12;

/** At the end of a text, where it was cut, fewer will do. */
const ENOUGH_AT_END = 3;

/** What is longer, such as media in base64, is found by its beginning. */
const LONGEST = 4_096;

/**
 * Finds every place where a text holds a secret, or its beginning, whichever way it is written. `isCut`: the text ends
 * where it was cut off.
 */
export function findSecret(text: string, secret: string, isCut: boolean): Stretch[] {
  const trimmed = secret.slice(0, LONGEST).trim();
  return [...wholly(text, trimmed), ...partly(text, trimmed, isCut)];
}

/** In one writing from end to end. */
function wholly(text: string, secret: string): Stretch[] {
  const json = JSON.stringify(secret).slice(1, -1);
  const written = new Set([secret, json, JSON.stringify(json).slice(1, -1)]);
  return [...written].flatMap((whole) => {
    const found: Stretch[] = [];
    for (let at = text.indexOf(whole); at >= 0; at = text.indexOf(whole, at + whole.length)) {
      found.push({ start: at, end: at + whole.length });
    }
    return found;
  });
}

/** Character by character, each in any writing. */
function partly(text: string, secret: string, isCut: boolean): Stretch[] {
  const characters = [...secret];
  const enough = Math.min(characters.length, ENOUGH);
  const found: Stretch[] = [];
  for (let start = 0; start < text.length; start += 1) {
    const { end, count } = follow(text, start, characters);
    if (count < enough && !(isCut && end === text.length && count >= ENOUGH_AT_END)) continue;
    found.push({ start, end });
    start = end - 1;
  }
  return found;
}

/** How far a text goes along with the characters of a secret. */
function follow(text: string, start: number, characters: readonly string[]): { end: number; count: number } {
  let end = start;
  let count = 0;
  while (count < characters.length) {
    const character = characters[count] as string;
    const isBlank = BLANK.test(character);
    const length = isBlank ? blanksAt(text, end) : lengthAt(text, end, character);
    if (length === 0) break;
    end += length;
    count += 1;
    // Blanks may have been collapsed into one.
    while (isBlank && BLANK.test(characters[count] ?? "")) count += 1;
  }
  return { end, count };
}

function lengthAt(text: string, at: number, character: string): number {
  return writingsOf(character).find((writing) => text.startsWith(writing, at))?.length ?? 0;
}

const BLANK = /^\s$/;
let blanks: RegExp | undefined;

function blanksAt(text: string, at: number): number {
  blanks ??= new RegExp(`\\++|(?:${blankWritings().join("|")})+`, "y");
  blanks.lastIndex = at;
  return blanks.exec(text)?.[0].length ?? 0;
}

function blankWritings(): string[] {
  const all = [..."\t\n\v\f\r \u00a0\u2028\u2029\u202f\u3000\ufeff"].flatMap(writingsOf);
  const plain = all.filter((writing) => !BLANK.test(writing) && writing !== "\\ ");
  return ["\\s", "&nbsp;", ...plain.sort((a, b) => b.length - a.length).map(literally)];
}

function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

/** Finds a phone number however its digits are grouped: `+1 (415) 555-0123`. */
export function findNumber(text: string, digits: string): Stretch[] {
  const grouped = new RegExp([...digits].join("[\\s().\\-]{0,3}"), "g");
  return [...text.matchAll(grouped)].map(({ index, 0: found }) => ({
    start: index,
    end: index + found.length,
  }));
}
