import type { RecipientSpool } from "./journal.js";
import { isOneShot } from "./recipients.js";
import type { CampaignRecipient, Recipients } from "./types.js";

/** A source that can be read again: itself, or what the journal's spool keeps of one that cannot. */
export async function spooled<R extends CampaignRecipient>(
  source: Recipients<R>,
  spool: RecipientSpool | undefined,
): Promise<Recipients<R>> {
  // Without a spool the first reader refuses it, and says what to do.
  if (spool === undefined || !isOneShot(source)) return source;
  if ((await spool.read()) === undefined) await spool.write(source as Iterable<R> | AsyncIterable<R>);
  return async function* read() {
    const kept = await spool.read();
    if (kept !== undefined) yield* kept as AsyncIterable<R>;
  };
}
