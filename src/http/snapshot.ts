import { ValidationError } from "../errors/index.js";

/**
 * What a caller passed, as it is now. A call waits before it leaves, and an object that is used again for the next
 * message meanwhile must not change where this one goes. `data` and whatever is no plain object or list stay the same.
 */
export function snapshot<T>(subject: string, given: T): T {
  if (typeof given !== "object" || given === null || Array.isArray(given)) return given;
  try {
    return copied(given, 0, "data");
  } catch {
    throw new ValidationError(subject, [{ path: "", message: "cannot be read: a field of it throws" }]);
  }
}

/** No input of the API is nested deeper; what goes round in circles must come to an end. */
const DEEPEST = 4;

function copied<T extends object>(given: T, depth: number, except?: string): T {
  const copy = { ...given } as Record<string, unknown>;
  for (const key in copy) {
    const value = copy[key];
    if (typeof value === "object" && value !== null && key !== except) copy[key] = nested(value, depth + 1);
  }
  return copy as T;
}

function nested(value: object, depth: number): object {
  if (depth > DEEPEST) return value;
  if (Array.isArray(value))
    return value.map((item: unknown) =>
      typeof item === "object" && item !== null ? nested(item, depth + 1) : item,
    );
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null ? copied(value, depth) : value;
}
