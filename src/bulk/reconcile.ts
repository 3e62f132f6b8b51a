import { identityKey } from "./candidates.js";
import { hash32 } from "./hash.js";
import type { AttemptRecord, Journal, OpenJournal } from "./journal.js";
import type { CampaignSender, Clock, RenderedMessage } from "./types.js";

/** A message that a number is known to have sent, from a webhook for instance. */
export interface KnownMessage {
  id: string;
  /** The chat's id, or `+` and digits. */
  chat: string;
  fromMe: boolean;
  /** The text, or a file's caption. */
  text?: string;
  /** Unix milliseconds. */
  at: number;
}

/** For `campaign.reconcile`. */
export interface ReconcileOptions {
  /** Messages known from elsewhere, such as events with `fromMe: true`; looked at beside the chats' histories. */
  messages?: Iterable<KnownMessage> | AsyncIterable<KnownMessage>;
  /** Ends it early. What was found is kept. */
  signal?: AbortSignal;
}

/** What `campaign.reconcile` found. */
export interface Reconciled {
  /** Rows that turned out to be sent. */
  sent: number;
  /** Rows of which still nobody knows: that nothing was found proves nothing. */
  unknown: number;
  /** How many of these could not be looked up, and may be worth another try. */
  unchecked: number;
}

/** Raises rows from `unknown` to `sent` where a message proves it; never anything else. */
export async function reconcile(
  { sender, clock }: { sender: CampaignSender; clock: Clock },
  journal: Journal,
  open: OpenJournal,
  { messages = [], signal }: ReconcileOptions,
): Promise<Reconciled> {
  const { attempts, claimed } = await whatIsUnknown(journal);
  const known = new Map<string, KnownMessage[]>();
  for await (const message of messages) {
    const key = identityKey(message.chat);
    known.set(key, [...(known.get(key) ?? []), message]);
  }
  const found: Reconciled = { sent: 0, unknown: new Set(attempts.map(({ row }) => row)).size, unchecked: 0 };
  const settled = new Set<number>();
  const unchecked = new Set<number>();
  for (const attempt of attempts) {
    if (signal?.aborted) break;
    if (settled.has(attempt.row) || attempt.message.to === "") continue;
    const history = await historyOf(sender, attempt);
    const all = [...(history ?? []), ...(known.get(identityKey(attempt.message.to)) ?? [])];
    const proof = all
      .filter((message) => proves(message, attempt) && !claimed.has(idOf(message.id)))
      .sort((a, b) => a.at - b.at)[0];
    if (proof === undefined) {
      if (history === undefined) unchecked.add(attempt.row);
      continue;
    }
    claimed.add(idOf(proof.id));
    settled.add(attempt.row);
    const { row, to, session } = attempt;
    const result = {
      type: "result",
      row,
      to,
      status: "sent",
      at: clock.now(),
      session,
      messageId: proof.id,
    } as const;
    await open.append({ ...result, reason: "reconciled" }, { durable: true });
    found.sent += 1;
    found.unknown -= 1;
  }
  found.unchecked = [...unchecked].filter((row) => !settled.has(row)).length;
  return found;
}

/** The attempts of rows that are unknown, oldest first, and the ids (as hashes) that belong to rows that are not. */
async function whatIsUnknown(journal: Journal): Promise<{ attempts: AttemptRecord[]; claimed: Set<number> }> {
  const open = new Map<number, AttemptRecord[]>();
  const claimed = new Set<number>();
  for await (const record of journal.read()) {
    if (record.type === "attempt") {
      const before = open.get(record.row);
      if (before === undefined) open.set(record.row, [record]);
      else before.push(record);
    } else if (record.type === "result") {
      if (record.messageId !== undefined) claimed.add(idOf(record.messageId));
      // `pending`: this attempt sent nothing, but an earlier one of the row may have.
      if (record.status === "pending") open.get(record.row)?.pop();
      else if (record.status !== "unknown") open.delete(record.row);
    }
  }
  const attempts = [...open.values()].flat().sort((a, b) => a.at - b.at);
  return { attempts, claimed };
}

async function historyOf(
  sender: CampaignSender,
  { session, message, at }: AttemptRecord,
): Promise<KnownMessage[] | undefined> {
  const found: KnownMessage[] = [];
  try {
    for await (const { id, fromMe, body, caption, timestamp, ack } of sender.history(
      session,
      message.to,
      at,
    )) {
      // An ack of -1 says that WhatsApp did not take it.
      if (ack !== -1)
        found.push({ id, chat: message.to, fromMe, text: body || caption, at: timestamp * 1_000 });
    }
    return found;
  } catch {
    return undefined;
  }
}

function proves(message: KnownMessage, { at, message: sent }: AttemptRecord): boolean {
  // Histories count in whole seconds.
  const notBefore = Math.floor(at / 1_000) * 1_000;
  return message.fromMe && message.at >= notBefore && sameText(message.text, sent);
}

/** A file without a text looks like any other file: no proof. */
function sameText(text: string | undefined, sent: RenderedMessage): boolean {
  if (text === undefined || sent.text === undefined) return false;
  return plain(text) !== "" && plain(text) === plain(sent.text);
}

const plain = (text: string): string => text.replaceAll("\r\n", "\n").trim();

/** `true_<chat>_<id>`, in groups with `_<author>` behind, and the bare id are one message. */
function idOf(id: string): number {
  const [mark, , bare] = id.split("_");
  return hash32(bare !== undefined && (mark === "true" || mark === "false") ? bare : id);
}
