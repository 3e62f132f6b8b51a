// Sends one text.
//
//   WASEND_API_KEY=… WASEND_SESSION=… TO=+14155550123 npx tsx examples/send-text.ts

import { Wasend } from "@wasend/sdk";

const wasend = new Wasend();
const to = process.env.TO ?? "+14155550123";

const sent = await wasend.messages.sendText({ to, text: "Hello from WASend!" });
console.log(`Sent ${sent.id}, status ${sent.status}.`);

const { status } = await wasend.chats.getMessage(to, sent.id);
console.log(`In the chat it is ${status}.`);
