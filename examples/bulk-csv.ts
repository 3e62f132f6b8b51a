// Writes to everyone in a CSV file, with a progress bar. Ctrl+C stops it cleanly; run it again, and it goes on. What it
// cannot use it writes beside the file, for you to mend.
//
//   WASEND_API_KEY=… WASEND_SESSION=… FILE=customers.csv npx tsx examples/bulk-csv.ts
//   COUNTRY=IN      the file has national numbers of India (npm install libphonenumber-js)
//   GO=1            send; without it, only the plan is shown
//   PACE=none       for the emulator. Never for a real number

import { writeFile } from "node:fs/promises";
import { carefulPace, Wasend } from "@wasend/sdk";
import { csvFile, fileJournal, filePace, writeRejects } from "@wasend/sdk/node";

const { FILE = "customers.csv", COUNTRY, GO, PACE } = process.env;
const wasend = new Wasend();

const recipients = csvFile(FILE, { to: "Mobile", defaultCountry: COUNTRY });
const campaign = wasend.bulk.campaign({
  name: "spring-sale",
  recipients,
  message: { text: "Hi {{firstName|there}}, order {{orderId}} ships today. Reply STOP to hear no more." },
  journal: fileJournal(`${FILE}.journal.jsonl`),
  pace: PACE === "none" ? "none" : { ...carefulPace, store: filePace("pace.json") },
});

const plan = await campaign.plan();
console.log(`${plan.ready} of ${plan.total} rows can be sent, in about ${hours(plan.etaMs)}.`);
for (const { text } of plan.samples) console.log(`  ${text}`);
for (const { message } of plan.warnings) console.log(`Careful: ${message}`);
// Not the second row of a person: mended and sent as a campaign of its own, it would reach them twice.
const skipped = plan.skipped.filter(({ reason }) => reason !== "duplicate");
if (skipped.length > 0) {
  await writeRejects(recipients, `${FILE}.rejects.csv`, { skipped });
  console.log(`${skipped.length} cannot; mend them in ${FILE}.rejects.csv.`);
}

if (GO === undefined) console.log("Nothing was sent. GO=1 sends.");
else await send();

async function send(): Promise<void> {
  const stop = () => campaign.cancel();
  process.once("SIGINT", stop);
  campaign.on("progress", ({ done, total, etaMs }) =>
    draw(done / total, `${done}/${total}, ${hours(etaMs)} left`),
  );
  campaign.on("paused", ({ session, reason }) => console.warn(`\n${session} rests: ${reason}`));
  campaign.on("resumed", ({ session }) => console.warn(`\n${session} goes on`));

  for await (const { row, status, reason } of campaign.run()) {
    if (status === "failed") console.warn(`\nRow ${row}: ${reason}`);
  }
  process.off("SIGINT", stop);

  const { sent, failed, skipped, unknown, pending } = campaign.report();
  console.log(`\n${sent} sent, ${failed} failed, ${skipped} skipped, ${unknown} unknown, ${pending} to go.`);
  await writeFile(`${FILE}.outcomes.csv`, campaign.export("csv"), { mode: 0o600 });
  if (pending > 0) console.log("Stopped. Run it again, and it goes on.");
  if (unknown > 0) console.log("For the unknown ones: examples/bulk-resume.ts looks into the chats.");
}

function draw(share: number, text: string): void {
  if (!process.stdout.isTTY) return;
  const bar = "█".repeat(Math.round(share * 30)).padEnd(30, "░");
  process.stdout.write(`\r${bar} ${text}\x1b[K`);
}

function hours(ms: number): string {
  return ms < 3_600_000 ? `${Math.ceil(ms / 60_000)} min` : `${(ms / 3_600_000).toFixed(1)} h`;
}
