import { checkRecipient } from "../contract/recipient.js";
import { addressesOf } from "./addresses.js";
import { hash32 } from "./hash.js";
import type { RecipientRow } from "./recipients.js";
import type { CompiledMessage } from "./template.js";
import type { CampaignContent, CampaignRecipient, RenderedMessage } from "./types.js";
import { wordsOf } from "./words-of.js";

/** A row with its message, or with why there is none. */
export interface PreparedRow {
  row: number;
  /** In the wire's form; what stood there when it cannot be read. */
  to: string;
  /** More addresses of the same person, where a contact came with several. */
  others?: readonly string[];
  /** Of the message: the same row of a later run must have the same. */
  hash: number;
  message?: RenderedMessage;
  /** The message without its address, as JSON. */
  content?: string;
  reason?: string;
  detail?: string;
}

/** The row's address, checked, and a contact's other ones. The same rules as `messages.send` has. */
export function addressOf({ recipient }: RecipientRow): {
  to: string;
  others?: readonly string[];
  wrong?: string;
} {
  try {
    return readAddress(recipient?.to);
  } catch (error) {
    return { to: "", wrong: `could not be read: ${wordsOf(error)}` };
  }
}

function readAddress(raw: unknown): ReturnType<typeof addressOf> {
  const checked = checkRecipient(raw);
  if ("wrong" in checked) return { to: typeof raw === "string" ? raw : "", wrong: checked.wrong };
  if (typeof raw === "string") return { to: checked.value };
  const all = addressesOf(raw);
  if ("wrong" in all) return { to: checked.value, wrong: all.wrong };
  return all.values.length > 1 ? { to: checked.value, others: all.values.slice(1) } : { to: checked.value };
}

/** By the message, which is the one thing of a row that goes all the way to its last checks. */
const othersByMessage = new WeakMap<RenderedMessage, readonly string[]>();

/** The addresses beside `to` of the person that a prepared message is for. */
export function othersOf(message: RenderedMessage): readonly string[] {
  return othersByMessage.get(message) ?? [];
}

/** The one place that decides whether a row, taken by itself, can be sent, and what is then sent. */
export function prepareRow<R extends CampaignRecipient>(
  source: RecipientRow<R>,
  template: CompiledMessage<R>,
): PreparedRow {
  const { to, others, wrong } = addressOf(source);
  if (source.reject !== undefined) return unusable(source, to, "invalid_row", source.reject);
  if (wrong !== undefined) return unusable(source, to, "invalid_number", wrong);
  const rendered = template.render(source.recipient);
  if ("reason" in rendered) return unusable(source, to, rendered.reason, rendered.detail);
  const content = jsonOf(rendered.content);
  if (content === undefined)
    return unusable(
      source,
      to,
      "invalid_message",
      "no JSON object: a list, a cycle, a BigInt, or a field that throws",
    );
  // A function may give the same object for everybody, and change it while this one waits: its text stands still.
  const fields = template.isFunction ? (JSON.parse(content) as CampaignContent) : rendered.content;
  const problem = problemOf(fields);
  if (problem !== undefined) return unusable(source, to, ...problem);
  const message = { ...fields, to };
  const prepared: PreparedRow = { row: source.row, to, hash: hash32(content, hash32(to)), content, message };
  if (others !== undefined) {
    prepared.others = others;
    othersByMessage.set(message, others);
  }
  return prepared;
}

function jsonOf(content: CampaignContent): string | undefined {
  try {
    const text = JSON.stringify(content) as string | undefined;
    return text?.startsWith("{") ? text : undefined;
  } catch {
    return undefined;
  }
}

function unusable({ row }: RecipientRow, to: string, reason: string, detail: string): PreparedRow {
  return { row, to, hash: hash32(reason, hash32(to)), reason, detail };
}

/** What WhatsApp shows at most, by Meta's limits; more is cut off or refused there, out of sight. */
const LONGEST_TEXT = 4_096;
const LONGEST_CAPTION = 1_024;

function problemOf(message: CampaignContent): [reason: string, detail: string] | undefined {
  const { text = "", imageUrl, videoUrl, documentUrl, audioUrl } = message;
  if (typeof text !== "string") return ["invalid_message", "text is no text"];
  let file: string | undefined;
  for (const address of [imageUrl, videoUrl, documentUrl, audioUrl]) {
    if (address === undefined) continue;
    if (file !== undefined) return ["invalid_message", "two files: one message, one file"];
    if (!isWebAddress(address)) return ["invalid_message", "a file's address is no absolute http(s) address"];
    file = address;
  }
  if (file === undefined && text.trim() === "") return ["empty_message", "there is neither text nor a file"];
  const longest = file === undefined ? LONGEST_TEXT : LONGEST_CAPTION;
  if (text.length <= longest || [...text].length <= longest) return undefined;
  return [file === undefined ? "text_too_long" : "caption_too_long", `more than ${longest} characters`];
}

function isWebAddress(value: unknown): boolean {
  return typeof value === "string" && /^https?:\/\//i.test(value) && URL.canParse(value);
}

/** Whether it opens a new chat. Planning has asked already; who throws only now is treated with care. */
export function opensChat<R extends CampaignRecipient>(
  { isNewChat }: { isNewChat: (recipient: R) => boolean },
  recipient: R,
): boolean {
  try {
    return isNewChat(recipient);
  } catch {
    return true;
  }
}
