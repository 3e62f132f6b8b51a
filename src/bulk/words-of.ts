import { maskNumbers } from "../errors/redact.js";

const LONGEST = 200;

/** What the caller's own code threw, in short and without whole numbers. It may be anything, also what has no words. */
export function wordsOf(thrown: unknown): string {
  try {
    return maskNumbers(String(thrown)).slice(0, LONGEST);
  } catch {
    return "something that is no error";
  }
}
