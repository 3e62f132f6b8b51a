import { Refusal } from "./answers.js";
import { complaintsAbout, type Note } from "./fields.js";
import { isObject, own } from "./json.js";
import { checkQuery } from "./query.js";
import type { Route } from "./route.js";
import type { WireRequest } from "./wire.js";

const FORM = "application/x-www-form-urlencoded";

const typeOf = (request: WireRequest): string =>
  (request.headers["content-type"] ?? "").split(";")[0]?.trim().toLowerCase() ?? "";

/** The body as the server's JSON parser takes it: another content type is not read at all. */
export function readBody(request: WireRequest): unknown {
  if (request.body === "too large") throw new Refusal(413, "request entity too large");
  if (request.body.byteLength === 0 || typeOf(request) !== "application/json") return undefined;
  try {
    return JSON.parse(new TextDecoder().decode(request.body));
  } catch (error) {
    throw new Refusal(400, error instanceof Error ? error.message : "Malformed JSON");
  }
}

/** Notes a content type that no source attests. The old SDK sends JSON's even without a body. */
export function noteContentType(request: WireRequest, route: Route, note: Note): void {
  const type = typeOf(request);
  const empty = request.body !== "too large" && request.body.byteLength === 0;
  if (type === "application/json" || (empty && type === "")) return;
  // Row 51: the old SDK unsets the type, and axios fills in the form's.
  if (empty && type === FORM && route.row === "51") return;
  note(empty ? `content-type ${type} without a body` : `content-type ${type || "missing"} with a body`);
}

/** Notes ids in the path that are in none of the published forms. */
export function notePath({ chatId, groupId }: Record<string, string>, note: Note): void {
  const known = /^(?:\d+@(?:c\.us|s\.whatsapp\.net|lid|newsletter)|[\d-]+@g\.us)$/;
  if (chatId !== undefined && !known.test(chatId)) note("chatId is not a chat id");
  if (groupId !== undefined && !/^[\d-]+@g\.us$/.test(groupId)) note("groupId is not a group's id");
}

/** Checks query and body against the route, and gives what the handler may rely on. */
export function checkRequest(route: Route, search: URLSearchParams, sent: unknown, note: Note) {
  const query = checkQuery(route.query ?? {}, search, note);
  const body = checkBody(route, sent, note);
  const complaints = [...query.complaints, ...body.complaints];
  if (complaints.length > 0) throw new Refusal(400, complaints);
  return { query: query.values, body: body.values };
}

function checkBody(route: Route, sent: unknown, note: Note) {
  const spec = route.body ?? {};
  const known = Object.keys(spec);
  if (known.length === 0 && sent !== undefined) note("a body where none is expected");
  const given = isObject(sent) ? sent : {};
  const values: Record<string, unknown> = {};
  const complaints: string[] = [];
  for (const field of known) {
    const value = own(given, field);
    complaints.push(...complaintsAbout(spec[field]!, field, value, note));
    values[field] = value ?? undefined;
  }
  if (known.length > 0) {
    for (const field of Object.keys(given)) if (!known.includes(field)) note(`unknown body field ${field}`);
  }
  if (complaints.length === 0 && route.demands) complaints.push(...route.demands(values));
  return { values, complaints };
}
