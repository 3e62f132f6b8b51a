import { ConfigurationError, ValidationError } from "../errors/index.js";
import type { RecipientSpool } from "./journal.js";
import { isOneShot } from "./recipients.js";
import type { CampaignRecipient, Recipients } from "./types.js";

/** Sources that were read, to be kept: whoever reads one again would find only what is left of it, or nothing. */
const taken = new WeakMap<object, Promise<void>>();

/** A source that can be read again: itself, or what the journal's spool keeps of one that cannot. */
export async function spooled<R extends CampaignRecipient>(
  source: Recipients<R>,
  campaign: string,
  spool: RecipientSpool | undefined,
): Promise<Recipients<R>> {
  // Without a spool the first reader refuses it, and says what to do.
  if (spool === undefined || !isOneShot(source)) return source;
  if ((await kept(spool, campaign)) === undefined)
    await keep(spool, campaign, source as Iterable<R> | AsyncIterable<R>);
  return async function* read() {
    yield* (await kept(spool, campaign)) as AsyncIterable<R>;
  };
}

async function keep(
  spool: RecipientSpool,
  campaign: string,
  source: Iterable<CampaignRecipient> | AsyncIterable<CampaignRecipient>,
): Promise<void> {
  const before = taken.get(source);
  if (before === undefined) {
    const keeping = spool.write(campaign, source);
    taken.set(source, keeping);
    return keeping;
  }
  await before.catch(() => {});
  if ((await kept(spool, campaign)) !== undefined) return;
  const message = "were read already, as far as they went, and can be read only once: give a new source";
  throw new ValidationError("bulk.campaign", [{ path: "recipients", message }]);
}

/** Whose recipients were kept is asked each time: they must never get another campaign's message. */
async function kept(
  spool: RecipientSpool,
  campaign: string,
): Promise<AsyncIterable<CampaignRecipient> | undefined> {
  const found = await spool.read();
  if (found === undefined || found.campaign === campaign) return found?.recipients;
  throw new ConfigurationError(
    `The journal keeps the recipients of the campaign "${found.campaign}", not of "${campaign}". Give each campaign a journal of its own.`,
  );
}
