import { checkRecipient } from "../contract/recipient.js";
import { hash32 } from "./hash.js";
import type { RecipientRow } from "./recipients.js";
import type { CompiledMessage } from "./template.js";
import type { CampaignRecipient, RenderedMessage } from "./types.js";

/** A row with its message, or with why there is none. */
export interface PreparedRow {
  row: number;
  /** In the wire's form; what stood there when it cannot be read. */
  to: string;
  /** Of the message: the same row of a later run must have the same. */
  hash: number;
  message?: RenderedMessage;
  reason?: string;
  detail?: string;
}

/** The row's address, checked. The same rules as `messages.send` has. */
export function addressOf({ recipient }: RecipientRow): { to: string; wrong?: string } {
  const raw: unknown = recipient?.to;
  const checked = checkRecipient(raw);
  if ("value" in checked) return { to: checked.value };
  return { to: typeof raw === "string" ? raw : "", wrong: checked.wrong };
}

/** The one place that decides whether a row, taken by itself, can be sent, and what is then sent. */
export function prepareRow<R extends CampaignRecipient>(
  source: RecipientRow<R>,
  template: CompiledMessage<R>,
): PreparedRow {
  const { row, reject } = source;
  const { to, wrong } = addressOf(source);
  const unusable = (reason: string, detail?: string): PreparedRow => ({
    row,
    to,
    hash: hash32(`${reason}\n${to}`),
    reason,
    ...(detail !== undefined && { detail }),
  });
  if (reject !== undefined) return unusable("invalid_row", reject);
  if (wrong !== undefined) return unusable("invalid_number", wrong);
  const rendered = template.render(source.recipient);
  if ("reason" in rendered) return unusable(rendered.reason, rendered.detail);
  const message: RenderedMessage = { ...rendered.content, to };
  const problem = problemOf(message);
  if (problem !== undefined) return unusable(...problem);
  return { row, to, hash: hash32(JSON.stringify(message)), message };
}

const FILES = ["imageUrl", "videoUrl", "documentUrl", "audioUrl"] as const;

/** What WhatsApp shows at most, by Meta's limits; more is cut off or refused there, out of sight. */
const LONGEST_TEXT = 4_096;
const LONGEST_CAPTION = 1_024;

function problemOf(message: RenderedMessage): [reason: string, detail: string] | undefined {
  const { text = "" } = message;
  if (typeof text !== "string") return ["invalid_message", "text is no text"];
  const files = FILES.filter((name) => message[name] !== undefined);
  if (files.length > 1) return ["invalid_message", `${files.join(" and ")}: one message, one file`];
  const [file] = files;
  if (file !== undefined && !isWebAddress(message[file]))
    return ["invalid_message", `${file} is no absolute http(s) address`];
  if (file === undefined && text.trim() === "") return ["empty_message", "there is neither text nor a file"];
  const longest = file === undefined ? LONGEST_TEXT : LONGEST_CAPTION;
  if (text.length <= longest || [...text].length <= longest) return undefined;
  return [file === undefined ? "text_too_long" : "caption_too_long", `more than ${longest} characters`];
}

function isWebAddress(value: unknown): boolean {
  return typeof value === "string" && /^https?:\/\//i.test(value) && URL.canParse(value);
}
