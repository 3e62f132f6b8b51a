// Runs (or goes on with) a campaign in a process of its own, which is killed at random moments.
import { Wasend } from "@wasend/sdk";
import { Bulk } from "../../src/bulk/bulk.js";
import { fileJournal } from "../../src/bulk/file-journal.js";

const { BASE_URL: baseUrl, JOURNAL = "", ROWS, API_KEY: apiKey, SESSION: session } = process.env;
const recipients = Array.from({ length: Number(ROWS) }, (_, place) => ({
  to: `+1415${5_000_001 + place}`,
  name: `P${place + 1}`,
}));
const wasend = new Wasend({ apiKey, session, baseUrl, logLevel: "off" });
const campaign = new Bulk(wasend, session).campaign({
  name: "kill",
  recipients,
  message: { text: "Hi {{name}}" },
  pace: "none",
  journal: fileJournal(JOURNAL),
});
for await (const outcome of campaign.run()) void outcome;
process.stdout.write(JSON.stringify(campaign.report()));
