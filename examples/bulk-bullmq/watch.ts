// Draws a bar for each number until the campaign is over. Sends nothing; start it where and when you like.
//   REDIS_URL=redis://… npx tsx examples/bulk-bullmq/watch.ts
import { watchCampaign } from "@wasend/sdk/bullmq";

const WIDTH = 40;
const { REDIS_URL = "redis://127.0.0.1:6379" } = process.env;
const watch = watchCampaign("spring-sale", { connection: REDIS_URL });

const most = new Map<string, number>();
let drawn = 0;
let left = "";

async function draw(): Promise<void> {
  const lines = (await watch.numbers()).map(({ session, pending, resting }) => {
    const all = Math.max(most.get(session) ?? 1, pending);
    most.set(session, all);
    const bar = "█".repeat(Math.round(WIDTH * (1 - pending / all))).padEnd(WIDTH, "░");
    return `${session.padEnd(14)} ${bar} ${pending} to go${resting === undefined ? "" : `, rests: ${resting.reason}`}`;
  });
  const { sent, total } = await watch.report();
  lines.push(`${sent} of ${total} sent${left}`);
  if (process.stdout.isTTY && drawn > 0) process.stdout.write(`\x1b[${drawn}A\x1b[J`);
  drawn = lines.length;
  console.log(lines.join("\n"));
}

watch.on("progress", ({ etaMs }) => {
  left = `, ${Math.ceil(etaMs / 1000)} s left`;
  return draw();
});
watch.on("paused", draw);
watch.on("resumed", draw);

const report = await watch.finished();
left = "";
await draw();
console.log(report);
await watch.close();
