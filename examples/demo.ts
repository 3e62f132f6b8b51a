// The first example to read, and the first command to run: `npm run demo`.
// A whole WASend runs inside this process, so nothing leaves the machine and no key is needed.

import { isWasendError, Wasend } from "@wasend/sdk";
import { createEmulator } from "@wasend/sdk/emulator";
import { renderUnicodeCompact } from "uqr";

const customer = "+14155550123";
const friend = "+447700900123";

const emulator = createEmulator();
const server = await emulator.listen(0);
const wasend = new Wasend({ apiKey: emulator.apiKey, baseUrl: server.url });

step("Connect a number");
const number = await wasend.numbers.create({ sessionName: "Demo shop", phoneNumber: "+14155550199" });
await wasend.numbers.start(number.session);
const ready = await wasend.numbers.waitUntilReady(number.session, {
  pollMs: 100,
  onQr: (qr) =>
    console.log(`Scan this with WhatsApp (here it scans itself):\n\n${renderUnicodeCompact(qr)}\n`),
});
console.log(`${ready.phoneNumber} is ${ready.state}.`);
const shop = wasend.withOptions({ session: number.session });

step("Send a text, a picture and a document");
const hello = await shop.messages.sendText({ to: customer, text: "Hello from the demo!" });
await shop.messages.sendImage({ to: customer, url: "https://example.com/mug.jpg", caption: "Our new mug" });
await shop.messages.sendFile({
  to: customer,
  data: new TextEncoder().encode("One mug, 12.00"),
  fileName: "invoice.txt",
  mimeType: "text/plain",
});
await shop.messages.react({ messageId: hello.id, reaction: "👋" });
console.log(`Sent ${hello.id} and two files.`);

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

step("What the phones received");
for (const phone of [customer, friend]) {
  console.log(phone);
  for (const message of emulator.inbox(phone)) {
    console.log(`  ${message.type.padEnd(8)} ${message.text ?? message.caption ?? message.fileName ?? ""}`);
  }
}

await server.close();

function step(title: string): void {
  console.log(`\n── ${title} ${"─".repeat(Math.max(0, 60 - title.length))}`);
}
