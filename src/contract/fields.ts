import * as z from "zod/mini";
import { platform } from "#platform";
import { checkBase64, EMPTY, NO_DATA } from "./base64.js";
import { Content } from "./content.js";
import { nameText } from "./name-text.js";
import { type Checked, checkChatId, checkGroupId, checkPhone, checkRecipient } from "./recipient.js";

/** A field that is checked, and written as the wire wants it, by one function. */
function checked<T>(check: (value: unknown) => { value: T } | { wrong: string }): z.ZodMiniType<T> {
  return z.pipe(
    z.unknown(),
    z.transform((value, context) => {
      const result = value === undefined ? { wrong: "is required" } : check(value);
      if ("value" in result) return result.value;
      context.issues.push({ code: "custom", message: result.wrong, input: value });
      return z.NEVER;
    }),
  ) as unknown as z.ZodMiniType<T>;
}

/** The first segments of the API's own paths: a session of that name would call another endpoint. */
const ROOT_WORDS = new Set([
  "sessions",
  "contacts",
  "messages",
  "account",
  "send",
  "sendtext",
  "sendimage",
  "sendfile",
  "sendvoice",
  "sendvideo",
  "sendlinkcustompreview",
  "sendseen",
  "starttyping",
  "stoptyping",
  "reaction",
]);

const CONTROL_CHARACTERS = /[\u0000-\u001f\u007f]/;

function checkSession(value: unknown): Checked {
  if (typeof value !== "string" || value.trim() === "")
    return { wrong: "must be the id of a WhatsApp number" };
  // Servers on this framework match paths without regard to case.
  if (ROOT_WORDS.has(value.trim().toLowerCase()))
    return { wrong: 'must not be a word that is a path of the API itself, such as "sessions"' };
  return checkId(value);
}

/** Ids stand in paths, where these would be lost, or call another endpoint. */
function checkId(value: unknown): Checked {
  if (typeof value !== "string" || value.trim() === "") return { wrong: "must be an id, not empty" };
  if (CONTROL_CHARACTERS.test(value)) return { wrong: "must not hold control characters" };
  if (value === "." || value === "..") return { wrong: "must be an id, not a dot segment of a path" };
  if (/\p{Surrogate}/u.test(value))
    return { wrong: "must be well-formed text (it has half a surrogate pair)" };
  return { value };
}

function checkText(value: unknown): Checked {
  return typeof value === "string" && value.trim() !== ""
    ? { value }
    : { wrong: "must be a text, not empty" };
}

function checkUrl(value: unknown): Checked {
  const url = typeof value === "string" && URL.canParse(value) ? new URL(value) : undefined;
  const isWeb = url?.protocol === "https:" || url?.protocol === "http:";
  if (!isWeb) return { wrong: "must be an absolute http(s) address" };
  // `URL` takes them out silently; the server is sent the text itself.
  if (/[\s\u0000-\u001f\u007f]/.test(value as string))
    return { wrong: "must be an address without spaces and line breaks" };
  return { value: value as string };
}

/** Up to here one text is faster than pieces. */
const SMALL_BYTES = 262_144;

function checkData(value: unknown): { value: string | Content } | { wrong: string } {
  if (value instanceof Content) return value.size > 0 ? { value } : { wrong: EMPTY };
  if (value instanceof ArrayBuffer || value instanceof Uint8Array) {
    const bytes = value instanceof ArrayBuffer ? new Uint8Array(value) : value;
    if (bytes.length === 0) return { wrong: EMPTY };
    return { value: bytes.length > SMALL_BYTES ? Content.ofBytes(bytes) : platform.encodeBase64(bytes) };
  }
  if (typeof value !== "string") return { wrong: NO_DATA };
  const base64 = checkBase64(value);
  if ("wrong" in base64 || base64.value.length <= SMALL_BYTES) return base64;
  return { value: Content.ofBase64(base64.value) };
}

function checkCount(value: unknown): { value: number } | { wrong: string } {
  return Number.isSafeInteger(value) && (value as number) >= 0
    ? { value: value as number }
    : { wrong: "must be a whole number, 0 or more" };
}

function checkDuration(value: unknown): { value: number } | { wrong: string } {
  return typeof value === "number" && Number.isFinite(value) && value >= 0
    ? { value }
    : { wrong: "must be a number of seconds, 0 or more" };
}

export const session = () => checked(checkSession);
export const id = () => checked(checkId);
export const text = () => checked(checkText);
export const url = () => checked(checkUrl);
export const data = () => checked(checkData);
export const count = () => checked(checkCount);
export const duration = () => checked(checkDuration);
export const phone = () => checked(checkPhone);
export const recipient = () => checked(checkRecipient);
export const chatId = () => checked(checkChatId);
export const groupId = () => checked(checkGroupId);
export const flag = () => z.boolean();
export const optional = <T extends z.ZodMiniType>(schema: T) => z.optional(schema);

/** A member of a group to be: the wire wants an object, users mostly have a number. */
export const member = () =>
  checked((value) => {
    const isObject = typeof value === "object" && value !== null && "id" in value;
    const { id, isAdmin, ...others } = (isObject ? value : { id: value }) as Record<string, unknown>;
    const result = checkRecipient(id);
    if ("wrong" in result) return result;
    const [unknown] = Object.keys(others);
    if (unknown !== undefined) return { wrong: `must have id and isAdmin only, not "${nameText(unknown)}"` };
    if (isAdmin !== undefined && typeof isAdmin !== "boolean")
      return { wrong: "must have true or false as isAdmin" };
    return { value: { id: result.value, ...(isAdmin !== undefined && { isAdmin }) } };
  });

/** One receipt number or several. */
export const acks = () =>
  checked((value) => {
    const list = Array.isArray(value) ? value : [value];
    return list.every(Number.isSafeInteger)
      ? { value: list as number[] }
      : { wrong: "must be a receipt number such as 2, or a list of them" };
  });

/** A text of at most so many characters. */
export const shortText = (longest: number) =>
  checked((value) => {
    const result = checkText(value);
    if ("value" in result && [...result.value].length > longest)
      return { wrong: `must have at most ${longest} characters` };
    return result;
  });

/** A text that may be empty. */
export const anyText = () =>
  checked((value) => (typeof value === "string" ? { value } : { wrong: "must be a text" }));

/** One of a few words; for words that the server may extend use {@link text}. */
export const word = <const Words extends readonly string[]>(words: Words) =>
  checked((value) =>
    words.includes(value as string)
      ? { value: value as Words[number] }
      : { wrong: `must be one of ${words.map((known) => `"${known}"`).join(", ")}` },
  );

/** A list with something in it. */
export const someOf = <T extends z.ZodMiniType>(item: T) => z.array(item).check(z.minLength(1));
export const listOf = <T extends z.ZodMiniType>(item: T) => z.array(item);

/** An object with these fields and no others. */
export const object = <Shape extends z.core.$ZodShape>(shape: Shape) => z.strictObject(shape);
/** Texts by name. */
export const texts = () => z.record(z.string(), z.string());
