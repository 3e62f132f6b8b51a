/** `"string"`, an object of shapes (a key ending in `?` may be missing), or a list whose items have one shape. */
export type Shape = string | readonly [Shape] | { readonly [key: string]: Shape };

/** What is wrong with a value, as a list of paths; empty when it has exactly the shape. */
export function misfits(value: unknown, shape: Shape, at = "reply"): string[] {
  if (typeof shape === "string") {
    const type = value === null ? "null" : Array.isArray(value) ? "array" : typeof value;
    return shape.split("|").includes(type) || shape === "any" ? [] : [`${at} is ${type}, not ${shape}`];
  }
  if (isList(shape)) {
    if (!Array.isArray(value)) return [`${at} is not a list`];
    if (value.length === 0) return [`${at} is empty and shows nothing`];
    return value.flatMap((item, i) => misfits(item, shape[0], `${at}[${i}]`));
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [`${at} is not an object`];
  const wrong: string[] = [];
  const known = new Set<string>();
  for (const [key, inner] of Object.entries(shape)) {
    const name = key.replace("?", "");
    known.add(name);
    if (name in value) wrong.push(...misfits(value[name as keyof typeof value], inner, `${at}.${name}`));
    else if (name === key) wrong.push(`${at}.${name} is missing`);
  }
  for (const key of Object.keys(value)) if (!known.has(key)) wrong.push(`${at}.${key} is in no description`);
  return wrong;
}

const isList = (shape: Shape): shape is readonly [Shape] => Array.isArray(shape);

/** The same shape under many keys. */
export const all = (shape: Shape, keys: string): Record<string, Shape> =>
  Object.fromEntries(keys.split(" ").map((key) => [key, shape]));
