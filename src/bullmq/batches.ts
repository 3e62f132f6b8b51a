import type { Queue } from "bullmq";
import type { PlannedCampaign } from "../bulk/plan.js";
import { opensChat, prepareRow } from "../bulk/prepare.js";
import { readRows } from "../bulk/rows.js";
import type { Setup } from "../bulk/setup.js";
import type { Clock, Recipients } from "../bulk/types.js";
import { ConfigurationError } from "../errors/index.js";
import type { CampaignStore, RowToTake } from "./campaign-store.js";
import type { JobData } from "./header.js";
import { jobId, personHash } from "./keys.js";

/** Rows in one exchange with Redis. */
const BATCH = 1_000;

/** A row on its way into Redis; `lane` and `data` of one that is to be sent. */
interface RowWithJob {
  row: RowToTake;
  job?: { lane: number; data: Omit<JobData, "campaign"> };
}

/** First what the plan leaves out, then a second time through the source: every message as it was planned. */
export async function* batchesOf(
  setup: Setup,
  planned: PlannedCampaign,
  source: Recipients,
  salt: string,
  clock: Clock,
): AsyncGenerator<RowWithJob[], void, undefined> {
  let batch: RowWithJob[] = [];
  const rows = rowsOf(setup, planned, source, salt, clock);
  for await (const row of rows) {
    batch.push(row);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

async function* rowsOf(
  setup: Setup,
  { plan, rows }: PlannedCampaign,
  source: Recipients,
  salt: string,
  clock: Clock,
): AsyncGenerator<RowWithJob, void, undefined> {
  for (const { row, to, reason, detail } of plan.skipped) {
    const skipped = JSON.stringify({
      row,
      to,
      status: "skipped",
      reason,
      detail,
      at: Math.floor(clock.now()),
    });
    // A person who was taken in earlier and suppressed since is skipped when it is their turn.
    const person = reason === "suppressed" ? { person: await personHash(salt, to) } : {};
    yield { row: { row, skipped, ...person } };
  }
  for await (const read of readRows(source)) {
    const lane = rows.lane(read.row);
    if (lane === -1) continue;
    const { row, to, message, hash } = prepareRow(read, setup.template);
    if (message === undefined || hash !== rows.hash(row)) {
      throw new ConfigurationError(
        `Row ${row} gives another message than when it was planned: the recipients or the message function changed meanwhile.`,
      );
    }
    const person = await personHash(salt, to);
    const isNew = opensChat(setup, read.recipient);
    yield {
      row: { row, to, person, session: setup.sessions[lane]!, isNew },
      job: { lane, data: { person, row, to, message, isNew } },
    };
  }
}

/** Takes rows in and gives each that is to be sent its job. How many jobs. */
export async function addBatch(
  store: CampaignStore,
  queues: readonly Queue<JobData>[],
  batch: readonly RowWithJob[],
  now: number,
): Promise<number> {
  const wanted = await store.take(
    batch.map(({ row }) => row),
    Math.floor(now),
  );
  const jobs = batch.flatMap(({ job }, place) => (job !== undefined && wanted[place] ? [job] : []));
  for (const [lane, queue] of queues.entries()) {
    const own = jobs.filter((job) => job.lane === lane);
    if (own.length === 0) continue;
    await queue.addBulk(
      own.map(({ data }) => ({
        name: "send",
        data: { campaign: store.id, ...data },
        opts: { jobId: jobId(store.id, data.person), attempts: 1 },
      })),
    );
  }
  return jobs.length;
}
