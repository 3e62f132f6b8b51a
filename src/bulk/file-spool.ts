import { access } from "node:fs/promises";
import { readLines, writeLines } from "./file-lines.js";
import { forgetter } from "./forget.js";
import type { RecipientSpool } from "./journal.js";
import { type CampaignRecipient, ROW, type RowInfo } from "./types.js";

/** One line: the recipient, and what its source knew of its row. */
interface Spooled {
  recipient: CampaignRecipient & { [ROW]?: RowInfo };
  info?: RowInfo;
}

/** Recipients in a file of JSON lines. */
export function fileSpool(path: string): RecipientSpool & { forget(person: string): Promise<number> } {
  const exists = () =>
    access(path).then(
      () => true,
      () => false,
    );
  return {
    async read() {
      return (await exists()) ? recipientsIn(path) : undefined;
    },
    async write(recipients) {
      await writeLines(path, linesOf(recipients));
    },
    async forget(person) {
      if (!(await exists())) return 0;
      const forget = forgetter(person);
      let count = 0;
      const lines = async function* () {
        for await (const line of readLines<Spooled>(path)) {
          const recipient = forget(line.recipient);
          if (recipient !== line.recipient) count += 1;
          yield { ...line, recipient };
        }
      };
      await writeLines(path, lines());
      return count;
    },
  };
}

async function* linesOf(
  recipients: Iterable<CampaignRecipient> | AsyncIterable<CampaignRecipient>,
): AsyncGenerator<Spooled> {
  for await (const recipient of recipients) {
    const info = (recipient as Spooled["recipient"])?.[ROW];
    yield { recipient, ...(info !== undefined && { info }) };
  }
}

async function* recipientsIn(path: string): AsyncGenerator<CampaignRecipient> {
  for await (const { recipient, info } of readLines<Spooled>(path)) {
    if (info !== undefined) recipient[ROW] = info;
    yield recipient;
  }
}
