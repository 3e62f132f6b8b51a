// One measurement of bulk.mjs.
import { join } from "node:path";
import { Bulk } from "../src/bulk/bulk.js";
import { fileJournal } from "../src/bulk/file-journal.js";
import { memoryJournal } from "../src/bulk/memory-journal.js";
import { Wasend } from "../src/index.js";

const { MODE, BASE_URL: baseUrl, API_KEY: apiKey, SESSION: session, FOLDER = "" } = process.env;
const count = Number(process.argv[2]);
const CONCURRENCY = 32;
const wasend = new Wasend({ apiKey, session, baseUrl, logLevel: "off" });
const recipients = (from: number, length: number) =>
  Array.from({ length }, (_, place) => ({ to: `+1415${5_000_000 + from + place}`, name: `P${place}` }));

async function bare(people: { to: string; name: string }[]): Promise<void> {
  let next = 0;
  const worker = async () => {
    for (let person = people[next++]; person !== undefined; person = people[next++])
      await wasend.messages.sendText({ to: person.to, text: `Hi ${person.name}, good to see you.` });
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, worker));
}

async function campaign(people: { to: string; name: string }[], file: boolean): Promise<void> {
  const running = new Bulk(wasend, session).campaign({
    name: "bench",
    recipients: people,
    message: { text: "Hi {{name}}, good to see you." },
    pace: "none",
    concurrency: CONCURRENCY,
    journal: file ? fileJournal(join(FOLDER, `${process.pid}-${people.length}.jsonl`)) : memoryJournal(),
  });
  for await (const { status } of running.run()) if (status !== "sent") throw new Error(status);
}

const run = (people: { to: string; name: string }[]) =>
  MODE === "bare" ? bare(people) : campaign(people, MODE === "file");

// Both are measured warm: the first calls are the compiler's.
await run(recipients(0, 1_000));
const people = recipients(100_000, count);
const cpu = process.cpuUsage();
const start = performance.now();
await run(people);
const wallMs = performance.now() - start;
process.stdout.write(JSON.stringify({ userMs: process.cpuUsage(cpu).user / 1_000, wallMs }));
