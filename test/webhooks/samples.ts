import { readFileSync } from "node:fs";

/** One delivery of the collection; its raw body is `JSON.stringify(body)`. */
export interface Sample {
  event: string;
  engine: string;
  note: string;
  headers?: Record<string, string>;
  body: Record<string, unknown>;
}

export const samples: Sample[] = JSON.parse(
  readFileSync(new URL("./fixtures/webhook-samples.json", import.meta.url), "utf8"),
);

/** The first sample whose note has this text. */
export function sample(note: string): Sample {
  const found = samples.find((each) => each.note.includes(note));
  if (found === undefined) throw new Error(`no sample says "${note}"`);
  return found;
}
