import { hmac } from "#crypto";
import { identityKey } from "../bulk/candidates.js";

/**
 * Before every key. Redis Cluster puts what has the same word in braces on one node, which scripts over several keys
 * need.
 */
const PREFIX = "{wasend}";

/** Before the keys of BullMQ's queues. */
export const QUEUE_PREFIX = `${PREFIX}:queues`;

/** The name of a number's queue. BullMQ wants no colon in it. */
export const queueName = (session: string): string => encodeURIComponent(session);

/** The keys of one campaign. */
export interface CampaignKeys {
  header: string;
  /** How each person stands. */
  people: string;
  counts: string;
  /** The outcomes as they came. */
  outcomes: string;
}

/** A campaign's id, out of its name. Not all digits, no colon: it begins its jobs' ids. */
export async function campaignId(name: string): Promise<string> {
  return `c${(await hmac("sha256", "wasend.campaign", "hex", name)).slice(0, 12)}`;
}

export function campaignKeys(id: string): CampaignKeys {
  const key = (part: string) => `${PREFIX}:campaigns:${id}:${part}`;
  return { header: key("header"), people: key("people"), counts: key("counts"), outcomes: key("outcomes") };
}

/** What is known about a number, whichever campaign uses it. */
export const numberKey = (session: string, part: "pace" | "rest" | "probe"): string =>
  `${PREFIX}:numbers:${session}:${part}`;

export const suppressionsKey = (name: string): string => `${PREFIX}:suppressions:${name}`;

/** A person in ids and keys: the same for all ways to write a number, and of no use without the campaign's salt. */
export async function personHash(salt: string, to: string): Promise<string> {
  return (await hmac("sha256", salt, "hex", identityKey(to))).slice(0, 24);
}

export const jobId = (campaign: string, person: string): string => `${campaign}-${person}`;
