// Imports a CSV file into a contact list, and writes to those of it who have a tag and did not unsubscribe.
//
//   WASEND_API_KEY=… WASEND_SESSION=… FILE=customers.csv npx tsx examples/bulk-contact-list.ts
//   WASEND_WEBHOOK_SECRET=…     also hears STOP and START, on PORT, while it runs; see docs/webhooks.md
//   FOLDER=.                    where lists, suppressions and journals are kept
//   PACE=none                   for the emulator. Never for a real number

import { createServer } from "node:http";
import { join } from "node:path";
import { carefulPace, Wasend } from "@wasend/sdk";
import {
  csvFile,
  fileContactLists,
  fileJournal,
  filePace,
  fileSuppressions,
  nodeHandler,
} from "@wasend/sdk/node";

const { FILE = "customers.csv", FOLDER = ".", PACE, PORT = "3000", WASEND_WEBHOOK_SECRET } = process.env;
const wasend = new Wasend();
const lists = fileContactLists(join(FOLDER, "contacts.jsonl"));
const suppressions = fileSuppressions(join(FOLDER, "suppressions.jsonl"));

await lists.create("customers");
const { added, updated, skipped } = await lists.import("customers", csvFile(FILE, { to: "Mobile" }), {
  tags: ["spring"],
});
console.log(`${added} new, ${updated} updated.`);
for (const { reason } of skipped) console.log(`Not imported, ${reason}`);

const server = createServer(WASEND_WEBHOOK_SECRET === undefined ? undefined : nodeHandler(wasend.webhooks));
if (WASEND_WEBHOOK_SECRET !== undefined) {
  suppressions.listen(wasend.webhooks, {
    categories: ["marketing"],
    confirm: (message) => wasend.messages.sendText(message),
    onUnresolved: ({ lid }) => console.warn(`STOP from ${lid}, whose number is not known`),
  });
  server.listen(Number(PORT), () => console.log("Webhooks arrive at", JSON.stringify(server.address())));
}

const campaign = wasend.bulk.campaign({
  name: "spring-for-customers",
  recipients: lists.recipients("customers", { tag: "spring" }),
  message: { text: "Hi {{firstName|there}}, the spring mugs are here. Reply STOP to hear no more." },
  suppressions: suppressions.for("marketing"),
  journal: fileJournal(join(FOLDER, "spring-for-customers.jsonl")),
  pace: PACE === "none" ? "none" : { ...carefulPace, store: filePace(join(FOLDER, "pace.json")) },
});
for await (const { row, status, reason } of campaign.run()) console.log(`Row ${row}: ${reason ?? status}`);
console.log(JSON.stringify(campaign.report()));
server.close();
