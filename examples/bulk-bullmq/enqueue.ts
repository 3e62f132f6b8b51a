// Plans a campaign and puts it into Redis. Run it again as often as you like: nobody gets a second message.
//   REDIS_URL=redis://… WASEND_API_KEY=… npx tsx examples/bulk-bullmq/enqueue.ts
import { Wasend } from "@wasend/sdk";
import { enqueueCampaign } from "@wasend/sdk/bullmq";

const { REDIS_URL = "redis://127.0.0.1:6379", SESSIONS = "", ROWS = "1000" } = process.env;
const wasend = new Wasend();

function* recipients() {
  for (let row = 1; row <= Number(ROWS); row += 1)
    yield { to: `+1416${5_550_000 + row}`, firstName: `P${row}` };
}

const campaign = wasend.bulk.campaign({
  name: "spring-sale",
  recipients,
  message: { text: "Hi {{firstName|there}}, our sale starts today." },
  ...(SESSIONS !== "" && { sessions: SESSIONS.split(",") }),
  pace: { perSecond: 50 }, // for a demo; leave it out, and it is "careful"
});
const { total, ready, skipped, enqueued } = await enqueueCampaign(campaign, { connection: REDIS_URL });
console.log(`${total} rows: ${ready} ready, ${skipped.length} left out, ${enqueued} enqueued`);
