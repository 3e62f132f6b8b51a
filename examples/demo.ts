// The first example to read, and the first command to run: `npm run demo`.
// A whole WASend runs inside this process, so nothing leaves the machine and no key is needed.

import { once } from "node:events";
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { isWasendError, memoryJournal, Wasend } from "@wasend/sdk";
import { createEmulator } from "@wasend/sdk/emulator";
import { expressHandler } from "@wasend/sdk/express";
import { fileFromPath, saveTo } from "@wasend/sdk/node";
import { DeliveryTracker } from "@wasend/sdk/webhooks";
import express from "express";
import { renderUnicodeCompact } from "uqr";

const customer = "+14155550123";
const friend = "+447700900123";

// Each delivery comes twice, as it does when a receiver's answer is lost.
const emulator = createEmulator({ stepMs: 150, webhook: { quirks: { duplicates: "afterwards" } } });
const api = await emulator.listen(0);
const wasend = new Wasend({
  apiKey: emulator.apiKey,
  baseUrl: api.url,
  webhookSecret: emulator.webhookSecret,
  logLevel: "off",
});

const app = express();
app.post("/webhooks/wasend", expressHandler(wasend.webhooks));
const shopServer = app.listen(0, "127.0.0.1");
await once(shopServer, "listening");
const { port } = shopServer.address() as AddressInfo;
const tracker = new DeliveryTracker(wasend.webhooks);

step("Connect a number");
const number = await wasend.numbers.create({
  sessionName: "Demo shop",
  phoneNumber: "+14155550199",
  enableWebhook: true,
  webhookUrl: `http://127.0.0.1:${port}/webhooks/wasend`,
});
await wasend.numbers.start(number.session);
const ready = await wasend.numbers.waitUntilReady(number.session, {
  pollMs: 100,
  onQr: (qr) =>
    console.log(`Scan this with WhatsApp (here it scans itself):\n\n${renderUnicodeCompact(qr)}\n`),
});
console.log(`${ready.phoneNumber} is ${ready.state}.`);
const shop = wasend.withOptions({ session: number.session });

step("Send a text, a picture, a voice note and a document");
const hello = await shop.messages.sendText({ to: customer, text: "Hello from the demo!" });
await shop.messages.sendImage({ to: customer, url: "https://example.com/mug.jpg", caption: "Our new mug" });
const media = join(import.meta.dirname, "../test/fixtures/media");
for (const file of ["photo.jpg", "voice.ogg", "letter.pdf"]) {
  const { sentAs } = await shop.media.send({ to: customer, data: fileFromPath(join(media, file)) });
  console.log(`  ${file} went as ${sentAs}`);
}
await shop.messages.react({ messageId: hello.id, reaction: "👋" });

step("Watch the ticks");
for (const status of ["delivered", "read"] as const) {
  const ticks = await tracker.waitFor(hello, status, { timeout: 5_000 });
  console.log(`  ${hello.id} is ${ticks.status}`);
}

step("A customer answers, with a picture");
const folder = await mkdtemp(join(tmpdir(), "wasend-demo-"));
const answered = new Promise<void>((resolve) => {
  wasend.webhooks.on("message", async ({ message }) => {
    console.log(`  received: ${message.text} (${message.kind})`);
    if (message.media !== undefined) {
      const path = await saveTo(await shop.media.download(message), folder);
      console.log(`  saved as ${basename(path)}, ${(await stat(path)).size} bytes`);
    }
    await shop.messages.sendText({
      to: message.from,
      text: "Thank you, we will look at it.",
      replyTo: message.id,
    });
    resolve();
  });
});
await emulator.receive({
  from: customer,
  session: number.session,
  text: "Mine arrived like this",
  media: { data: await readFile(join(media, "picture.png")) },
});
await answered;
await emulator.settled();
const deliveries = emulator.webhooks
  .filter(({ event }) => event === "message")
  .flatMap(({ attempts }) => attempts);
const answers = emulator.inbox(customer).filter(({ text }) => text?.startsWith("Thank you"));
console.log(`  It was delivered ${deliveries.length} times; ${answers.length} answer went out.`);

step("List the chat");
for await (const message of shop.chats.listMessages(customer)) {
  const text = message.body || message.caption || `(${message.type})`;
  console.log(`  ${message.fromMe ? "→" : "←"} ${text}  [${message.status}]`);
}

step("Create a group");
const group = await shop.groups.create({ name: "Mug lovers", participants: [customer, friend] });
await shop.messages.sendText({ to: group.jid, text: "Welcome, all!" });
console.log(`${group.name}: ${group.participants?.map(({ phoneNumber }) => phoneNumber).join(", ")}`);

step("Survive a 429");
emulator.faults.next(1, { status: 429, retryAfter: 1 });
shop.once("rateLimited", ({ waitMs }) =>
  console.log(`  the server says too fast; holding this number for ${waitMs} ms`),
);
const patient = await shop.messages.sendText({ to: customer, text: "Patience pays." }).withResponse();
console.log(`Sent after ${patient.attempts} attempts, and received once.`);

step("A send whose outcome nobody knows");
emulator.faults.next(1, { reset: "after" });
try {
  await shop.messages.sendText({ to: customer, text: "Did you get this?" });
} catch (error) {
  if (!isWasendError(error)) throw error;
  console.log(`  ${error.name}: ${error.message}`);
  console.log(`  outcome: ${error.outcome}, safeToResend: ${error.safeToResend}`);
  console.log("  The connection broke after the server had read the request. The SDK did not send it again:");
  console.log("  the chat's history settles it.");
  for await (const message of shop.chats.listMessages(customer)) {
    if (message.fromMe && message.body === "Did you get this?") console.log(`  It is there: ${message.id}`);
  }
}

step("A small campaign");
const people = ["Ada", "Grace", "Linus", "Margaret", "Edsger"];
const campaign = shop.bulk.campaign({
  name: "demo",
  recipients: people.map((name, index) => ({ to: `+1415555020${index}`, name })),
  message: { text: "Hi {{name}}, mugs are half price today." },
  pace: { perSecond: 10, burst: 1 }, // the default pace, "careful", would take some minutes
  journal: memoryJournal(),
});
const { ready: planned, etaMs } = await campaign.plan();
console.log(`  ${planned} to write to, in about ${(etaMs / 1000).toFixed(1)} s`);
campaign.on("progress", ({ done, total = people.length }) =>
  process.stdout.write(`\r  ${"█".repeat(done * 4)}${"░".repeat((total - done) * 4)} ${done} of ${total}`),
);
for await (const outcome of campaign.run()) if (outcome.status !== "sent") console.log(outcome);
console.log(`\n  ${JSON.stringify(campaign.report())}`);

step("What the phones received");
for (const phone of [customer, friend]) {
  console.log(phone);
  for (const message of emulator.inbox(phone)) {
    console.log(`  ${message.type.padEnd(8)} ${message.text ?? message.caption ?? message.fileName ?? ""}`);
  }
}

tracker.close();
shopServer.close();
shopServer.closeAllConnections();
await api.close();
await rm(folder, { recursive: true });

function step(title: string): void {
  console.log(`\n── ${title} ${"─".repeat(Math.max(0, 60 - title.length))}`);
}
