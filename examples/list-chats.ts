// Lists the chats, and what was written in each of them during the last day.
//
//   WASEND_API_KEY=… WASEND_SESSION=… npx tsx examples/list-chats.ts

import { Wasend } from "@wasend/sdk";

const wasend = new Wasend();
const yesterday = Math.floor(Date.now() / 1000) - 24 * 3600;

for await (const chat of wasend.chats.list({ limit: 50 })) {
  console.log(`\n${chat.name ?? chat.id}, ${chat.unreadCount ?? 0} unread`);
  const filter = { timestampGte: yesterday };
  for await (const message of wasend.chats.listMessages(chat.id, { filter })) {
    const text = message.body || message.caption || `(${message.type})`;
    console.log(`  ${message.fromMe ? "→" : "←"} ${text}  [${message.status}]`);
  }
}
