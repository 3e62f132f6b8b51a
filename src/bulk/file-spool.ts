import { exists, readLines, writeLines } from "./file-lines.js";
import { forgetRecipient, type IsPerson } from "./forget.js";
import type { RecipientSpool } from "./journal.js";
import { type CampaignRecipient, ROW, type RowInfo } from "./types.js";

/** The first line. */
interface SpoolHeader {
  campaign: string;
}

/** One line: the recipient, and what its source knew of its row. */
interface Spooled {
  recipient: CampaignRecipient & { [ROW]?: RowInfo };
  info?: RowInfo;
}

/** Recipients in a file of JSON lines. */
export function fileSpool(path: string): RecipientSpool & { forget(isPerson: IsPerson): Promise<number> } {
  return {
    async read() {
      for await (const { campaign } of headerOf(path)) return { campaign, recipients: recipientsIn(path) };
      return undefined;
    },
    async write(campaign, recipients) {
      await writeLines(path, linesOf(campaign, recipients));
    },
    async forget(isPerson) {
      if (!(await exists(path))) return 0;
      let count = 0;
      const without = async function* () {
        yield* headerOf(path);
        for await (const line of rowsOf(path)) {
          const recipient = forgetRecipient(line.recipient, isPerson);
          if (recipient !== line.recipient) count += 1;
          yield { ...line, recipient };
        }
      };
      await writeLines(path, without());
      return count;
    },
  };
}

async function* headerOf(path: string): AsyncGenerator<SpoolHeader> {
  for await (const header of readLines<SpoolHeader>(path)) return yield header;
}

async function* rowsOf(path: string): AsyncGenerator<Spooled> {
  let isHeader = true;
  for await (const line of readLines<Spooled>(path)) {
    if (!isHeader) yield line;
    isHeader = false;
  }
}

async function* linesOf(
  campaign: string,
  recipients: Iterable<CampaignRecipient> | AsyncIterable<CampaignRecipient>,
): AsyncGenerator<SpoolHeader | Spooled> {
  yield { campaign };
  for await (const recipient of recipients) {
    const info = (recipient as Spooled["recipient"])?.[ROW];
    yield { recipient, ...(info !== undefined && { info }) };
  }
}

async function* recipientsIn(path: string): AsyncGenerator<CampaignRecipient> {
  for await (const { recipient, info } of rowsOf(path)) {
    if (info !== undefined) recipient[ROW] = info;
    yield recipient;
  }
}
