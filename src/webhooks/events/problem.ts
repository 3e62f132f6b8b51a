/** A payload lacks what its event's type promises. Never leaves the parser: the event becomes an `UnknownEvent`. */
export class Problem {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** A text that the type promises. */
export function needText(value: unknown, field: string): string {
  if (typeof value === "string" && value !== "") return value;
  throw new Problem(`payload.${field} is missing or no text`);
}
