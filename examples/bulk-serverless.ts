// A campaign in slices: something calls this every few minutes (a cron trigger, a scheduled function), and each call sends
// for as long as it may. Answers with how the campaign stands; 202 while there is something left to do.
//
//   WASEND_API_KEY=… WASEND_SESSION=… TRIGGER_SECRET=… FOLDER=/mnt/shared   a disk that all calls share
//   SLICE_MS=50000   shorter than the platform's own limit, by one request and a little
//   PACE=none        for the emulator. Never for a real number

import { join } from "node:path";
import { ConfigurationError, carefulPace, Wasend } from "@wasend/sdk";
import { csvFile, fileJournal, filePace } from "@wasend/sdk/node";

const { FILE = "customers.csv", FOLDER = ".", SLICE_MS = "50000", PACE, TRIGGER_SECRET } = process.env;

// A call that is killed in the middle of a request leaves an unknown one behind.
const wasend = new Wasend({ deadline: 8_000 });

export default {
  async fetch(request: Request): Promise<Response> {
    if (!TRIGGER_SECRET || request.headers.get("authorization") !== `Bearer ${TRIGGER_SECRET}`)
      return new Response("Who are you?", { status: 401 });
    const campaign = wasend.bulk.campaign({
      name: "spring-sale",
      recipients: csvFile(FILE, { to: "Mobile" }),
      message: { text: "Hi {{firstName|there}}, order {{orderId}} ships today. Reply STOP to hear no more." },
      journal: fileJournal(join(FOLDER, "spring-sale.jsonl")),
      // In memory, each call would begin the hour and the day anew.
      pace: PACE === "none" ? "none" : { ...carefulPace, store: filePace(join(FOLDER, "pace.json")) },
    });
    try {
      for await (const { row, status } of campaign.run({
        maxDurationMs: Number(SLICE_MS),
        signal: request.signal,
      }))
        console.log(`Row ${row}: ${status}`);
    } catch (error) {
      // The call before is still at it, or this is another campaign than the journal's.
      if (!(error instanceof ConfigurationError)) throw error;
      return Response.json({ error: error.message }, { status: 409 });
    }
    const report = campaign.report();
    return Response.json(report, { status: report.pending > 0 ? 202 : 200 });
  },
};
