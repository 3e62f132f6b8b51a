import { maskNumbers } from "../errors/redact.js";

/** Seven digits or more, however they are grouped: `+1-415-555-0123`. */
const GROUPED = /\d(?:[^\p{L}\d]{0,3}\d){6,}/gu;

/** A path of the caller's own as it may be told: without whole numbers, written as people or percent-encoded. */
export function maskPath(path: string): string {
  return path
    .split("/")
    .map((segment) => {
      const plain = decoded(segment);
      if (!hasNumber(plain)) return segment;
      return maskNumbers(plain.replace(GROUPED, digitsOf)).replace(/[\s\u0000-\u001f\u007f]/g, "?");
    })
    .join("/");
}

/** What a server may say of a path's numbers: the digits, and the segment that holds them. */
export function numbersOfPath(path: string): string[] {
  return path.split("/").flatMap((segment) => {
    const plain = decoded(segment);
    const found = plain.match(GROUPED) ?? [];
    return found.length === 0 ? [] : [segment, plain, ...found.map((number) => `+${digitsOf(number)}`)];
  });
}

function hasNumber(text: string): boolean {
  return text.search(GROUPED) !== -1;
}

function digitsOf(text: string): string {
  return text.replace(/\D/g, "");
}

/** Whoever encodes twice still means the number. */
function decoded(segment: string): string {
  let text = segment;
  for (let times = 0; times < 3; times += 1) {
    try {
      text = decodeURIComponent(text);
    } catch {
      break;
    }
  }
  return text;
}
