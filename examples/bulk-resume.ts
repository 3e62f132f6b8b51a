// Goes on with the campaign of bulk-csv.ts after a crash, a power cut or `kill -9`: shows what the journal knows, sends the
// rest, and looks into the chats for messages of which nobody knows whether they went out. Run it as often as you like.
//
//   WASEND_API_KEY=… WASEND_SESSION=… FILE=customers.csv npx tsx examples/bulk-resume.ts
//   PACE=none       for the emulator. Never for a real number

import { carefulPace, Wasend } from "@wasend/sdk";
import { csvFile, fileJournal, filePace } from "@wasend/sdk/node";

const { FILE = "customers.csv", COUNTRY, PACE } = process.env;
const wasend = new Wasend();

// Name, template and rows are those of the run that broke off; the journal refuses another campaign.
const campaign = wasend.bulk.campaign({
  name: "spring-sale",
  recipients: csvFile(FILE, { to: "Mobile", defaultCountry: COUNTRY }),
  message: { text: "Hi {{firstName|there}}, order {{orderId}} ships today. Reply STOP to hear no more." },
  journal: fileJournal(`${FILE}.journal.jsonl`),
  pace: PACE === "none" ? "none" : { ...carefulPace, store: filePace("pace.json") },
});

let before = 0;
for await (const { row, status, reason } of campaign.outcomes()) {
  before += 1;
  if (status === "unknown") console.log(`Row ${row} may or may not have gone out: ${reason}`);
}
console.log(`${before} rows were through.`);

const stop = () => campaign.cancel();
process.once("SIGINT", stop);
for await (const { row, status } of campaign.run()) console.log(`Row ${row}: ${status}`);
process.off("SIGINT", stop);

if (campaign.report().unknown > 0) {
  const { sent, unknown } = await campaign.reconcile();
  console.log(`${sent} unknown ones were found in their chats, of ${unknown} nobody knows.`);
}
console.log("Now:", JSON.stringify(campaign.report()));
