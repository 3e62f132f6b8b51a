/** A JSON object. */
export type Json = Record<string, unknown>;

/** Whether a value is a JSON object. */
export function isRecord(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A text; numbers are written out, since ids and times arrive as either. */
export function text(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "bigint" ? String(value) : undefined;
}

/** A number; a numeric text is read. */
export function number(value: unknown): number | undefined {
  if (typeof value === "number") return Number.isFinite(value) ? value : undefined;
  if (typeof value !== "string" || value.trim() === "") return undefined;
  const read = Number(value);
  return Number.isFinite(read) ? read : undefined;
}

/** A moment in Unix seconds; the send replies' ISO text is read too. */
export function unixSeconds(value: unknown): number | undefined {
  const read = number(value);
  if (read !== undefined || typeof value !== "string") return read;
  const ms = Date.parse(value);
  return Number.isNaN(ms) ? undefined : Math.floor(ms / 1_000);
}

/** A boolean; its words are read. */
export function flag(value: unknown): boolean | undefined {
  if (typeof value === "boolean") return value;
  return value === "true" ? true : value === "false" ? false : undefined;
}

/**
 * The first of several names that an object has a value for. The engine's own record has its names in another case
 * (`OwnerJID`), so case is ignored where the exact name is missing.
 */
export function pick(record: Json, ...names: string[]): unknown {
  for (const name of names) if (record[name] !== undefined && record[name] !== null) return record[name];
  const wanted = names.map((name) => name.toLowerCase());
  for (const [name, value] of Object.entries(record)) {
    if (value !== undefined && value !== null && wanted.includes(name.toLowerCase())) return value;
  }
  return undefined;
}

/** The object without its undefined fields: a field that nobody sent is not there. */
export function defined<T extends object>(fields: T): T {
  for (const key of Object.keys(fields) as (keyof T)[]) if (fields[key] === undefined) delete fields[key];
  return fields;
}

/** What an envelope such as `{ success, group: {…} }` or `{ success, data: {…} }` holds; a bare value is its own. */
export function unwrap(json: unknown, ...keys: string[]): unknown {
  if (!isRecord(json)) return json;
  for (const key of [...keys, "data"]) {
    const value = json[key];
    if (typeof value === "object" && value !== null) return value;
  }
  return json;
}

/** {@link unwrap}, when that is an object; without the envelope's own `success` and empty `error`. */
export function record(json: unknown, ...keys: string[]): Json | undefined {
  const value = unwrap(json, ...keys);
  if (!isRecord(value)) return undefined;
  if (typeof value.success !== "boolean") return value;
  const { success: _success, error, ...rest } = value;
  return error === null || error === undefined ? rest : { ...rest, error };
}

/** {@link record} for things with an id: what has one is the thing itself, whatever else is in it. */
export function entity(json: unknown, ...keys: string[]): Json | undefined {
  return isRecord(json) && text(json.id) !== undefined ? json : record(json, ...keys);
}

/**
 * A list in either published shape: bare, or in an envelope with `pagination`. One item that cannot be read makes the
 * whole answer unreadable: leaving it out would lose it silently.
 */
export function list<T>(
  json: unknown,
  key: string,
  item: (value: unknown) => T | undefined,
): { items: T[]; hasMore: boolean | undefined } | undefined {
  const found = unwrap(json, key);
  const values = isRecord(found) ? unwrap(found, key) : found;
  if (!Array.isArray(values)) return undefined;
  const items = values.map(item);
  if (items.includes(undefined)) return undefined;
  return { items: items as T[], hasMore: hasMore(isRecord(found) ? found : json, values.length) };
}

/** Said in `pagination`, or beside the items. */
function hasMore(envelope: unknown, count: number): boolean | undefined {
  if (!isRecord(envelope)) return undefined;
  const pagination = isRecord(envelope.pagination) ? envelope.pagination : envelope;
  const said = flag(pagination.hasMore);
  if (said !== undefined) return said;
  const total = number(pagination.total);
  return total === undefined ? undefined : (number(pagination.offset) ?? 0) + count < total;
}

/** For operations whose answer says nothing beyond its status. */
export function nothing(): void {}
