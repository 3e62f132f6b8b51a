import { ValidationError } from "../errors/index.js";

/**
 * Fills a path template such as `/{session}/groups/{groupId}`. Every value becomes exactly one segment: `@` stays
 * literal, as the vendor's own client sends it, all else is percent-encoded, and a dot segment is refused.
 */
export function fillPath(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => encodeSegment(values[name] ?? "", name));
}

function encodeSegment(value: string, name: string): string {
  const wrong = (message: string) => new ValidationError("path", [{ path: name, message }]);
  if (value === "") throw wrong("must not be empty");
  if (value === "." || value === "..")
    throw wrong("must not be a dot segment, which would call another endpoint");
  try {
    return encodeURIComponent(value).replaceAll("%40", "@");
  } catch {
    throw wrong("must be well-formed text (it has half a surrogate pair)");
  }
}

/**
 * What a path of `wasend.request` may hold: one leading slash and plain segments, so that it cannot leave the API.
 */
export function checkRawPath(path: string): string {
  const wrong = (message: string) => new ValidationError("request", [{ path: "path", message }]);
  if (!path.startsWith("/") || path.startsWith("//")) throw wrong('must start with one "/"');
  if (/[?#]/.test(path)) throw wrong('must not hold "?" or "#"; pass the query as { query }');
  if (/[\s\\\u0000-\u001f\u007f]/.test(path))
    throw wrong("must not hold spaces, backslashes or control characters");
  if (path.split("/").some((segment) => /^(\.|%2e){1,2}$/i.test(segment)))
    throw wrong("must not hold dot segments");
  if (/\p{Surrogate}/u.test(path)) throw wrong("must be well-formed text (it has half a surrogate pair)");
  return path;
}

/** A path of `wasend.request` as it goes over the wire: what no address may hold is encoded, what is encoded stays. */
export function encodeRawPath(path: string): string {
  return path.replace(/[^\x21-\x7e]+|["<>`{}^|]/g, encodeURIComponent);
}
