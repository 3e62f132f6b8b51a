/** A JSON object whose fields nobody has checked. */
export type Wire = Readonly<Record<string, unknown>>;

const NOTHING: Wire = Object.freeze({});

/** Whether a value is a JSON object, not a list and not null. */
export function isWire(value: unknown): value is Wire {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The object, or an empty one: lets a reader go down a path without a check at every step. */
export function wire(value: unknown): Wire {
  return isWire(value) ? value : NOTHING;
}

/** A text with something in it. */
export function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** The objects of a list; empty when it is none. */
export function wireList(value: unknown): Wire[] {
  return Array.isArray(value) ? value.filter(isWire) : [];
}

/** The texts of a list; empty when it is none. */
export function textList(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === "string") : [];
}

/** A boolean, or `undefined`. */
export function flag(value: unknown): boolean | undefined {
  return typeof value === "boolean" ? value : undefined;
}
