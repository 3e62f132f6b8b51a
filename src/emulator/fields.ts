import { parseAddress } from "./addresses.js";
import { isObject, own } from "./json.js";

/** Says that a request carried something no source attests. */
export type Note = (problem: string) => void;

/** What each kind of body field gives the handler. */
interface FieldTypes {
  /** At least one character. */
  string: string;
  /** May be empty. */
  text: string;
  boolean: boolean;
  number: number;
  url: string;
  base64: string;
  to: string;
  phone: string;
  strings: string[];
  addresses: string[];
  members: { id: string; isAdmin?: boolean }[];
  texts: Record<string, string>;
  linkPreview: { title: string; description?: string; thumbnailUrl?: string };
}

type Base = keyof FieldTypes;
export type FieldKind = Base | `${Base}?`;
export type BodySpec = Record<string, FieldKind>;
export type BodyOf<B extends BodySpec> = {
  [K in keyof B]: B[K] extends `${infer T extends Base}?`
    ? FieldTypes[T] | undefined
    : FieldTypes[B[K] & Base];
};

interface Check {
  complaint: string;
  ok(value: unknown, field: string, note: Note): boolean;
}

const isText = (value: unknown): value is string => typeof value === "string";
const isTexts = (value: unknown): value is string[] => Array.isArray(value) && value.every(isText);

function isUrl(value: unknown): boolean {
  return isText(value) && /^https?:\/\//i.test(value) && URL.canParse(value);
}

function isAddress(value: unknown, field: string, note: Note): boolean {
  const address = isText(value) ? parseAddress(value) : undefined;
  if (address?.bare) note(`${field} is a phone number without "+"`);
  return address !== undefined;
}

function onlyKeys(value: object, allowed: string[], field: string, note: Note): void {
  for (const key of Object.keys(value))
    if (!allowed.includes(key)) note(`unknown body field ${field}.${key}`);
}

function isMember(value: unknown, field: string, note: Note): boolean {
  if (!isObject(value) || !isText(own(value, "id"))) return false;
  onlyKeys(value, ["id", "isAdmin"], field, note);
  const isAdmin = own(value, "isAdmin");
  return (
    (isAdmin === undefined || typeof isAdmin === "boolean") &&
    isAddress(own(value, "id"), `${field}.id`, note)
  );
}

function isLinkPreview(value: unknown, field: string, note: Note): boolean {
  if (!isObject(value)) return false;
  onlyKeys(value, ["title", "description", "thumbnailUrl"], field, note);
  const title = own(value, "title");
  const rest = [own(value, "description"), own(value, "thumbnailUrl")];
  return isText(title) && title !== "" && rest.every((part) => part === undefined || isText(part));
}

function isBase64(value: unknown, field: string, note: Note): boolean {
  if (!isText(value)) return false;
  const prefix = /^data:[^,]{0,200};base64,/.exec(value)?.[0] ?? "";
  if (prefix !== "") note(`${field} has a "data:" prefix`);
  return /^[A-Za-z0-9+/\r\n]+={0,2}\s*$/.test(value.slice(prefix.length));
}

const CHECKS: Record<Base, Check> = {
  string: { complaint: "must be a string", ok: isText },
  text: { complaint: "must be a string", ok: isText },
  boolean: { complaint: "must be a boolean value", ok: (value) => typeof value === "boolean" },
  number: { complaint: "must be a number", ok: (value) => typeof value === "number" },
  url: { complaint: "must be a URL address", ok: isUrl },
  base64: { complaint: "must be base64 encoded", ok: isBase64 },
  to: { complaint: "must be a phone number with + or a chat id", ok: isAddress },
  phone: {
    complaint: "must be a phone number with +",
    ok: (value, field, note) => isText(value) && !value.includes("@") && isAddress(value, field, note),
  },
  strings: { complaint: "must be an array of strings", ok: isTexts },
  addresses: {
    complaint: "must be an array of phone numbers with + or chat ids",
    ok: (value, field, note) =>
      isTexts(value) && value.every((one) => isAddress(one, `a value of ${field}`, note)),
  },
  members: {
    complaint: "must be an array of objects with an id",
    ok: (value, field, note) =>
      Array.isArray(value) && value.every((one) => isMember(one, `${field}[]`, note)),
  },
  texts: {
    complaint: "must be an object of strings",
    ok: (value) => isObject(value) && Object.values(value).every(isText),
  },
  linkPreview: { complaint: "must be an object with a title", ok: isLinkPreview },
};

/** NestJS's complaints about one field; none when it is right. A null in an optional field counts as absent. */
export function complaintsAbout(kind: FieldKind, field: string, value: unknown, note: Note): string[] {
  const optional = kind.endsWith("?");
  if (optional && (value === undefined || value === null)) return [];
  const base = (optional ? kind.slice(0, -1) : kind) as Base;
  const empty = value === undefined || value === null || (value === "" && base !== "text");
  const complaints = empty ? [`${field} should not be empty`] : [];
  if (!CHECKS[base].ok(value, field, note)) complaints.push(`${field} ${CHECKS[base].complaint}`);
  return complaints;
}
