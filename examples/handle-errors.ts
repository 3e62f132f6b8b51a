// Sends a text, and finds out what became of it when the call fails.
//
//   WASEND_API_KEY=… WASEND_SESSION=… TO=+14155550123 npx tsx examples/handle-errors.ts

import { type ChatMessage, isWasendError, RateLimitError, ValidationError, Wasend } from "@wasend/sdk";

const wasend = new Wasend();
const to = process.env.TO ?? "+14155550123";

console.log(await sendAndSettle(to, `Order ${Date.now()} has shipped.`));

async function sendAndSettle(to: string, text: string): Promise<string> {
  const sentAt = new Date();
  try {
    const sent = await wasend.messages.sendText({ to, text });
    return `Sent: ${sent.id}`;
  } catch (error) {
    if (!isWasendError(error)) throw error;
    if (error instanceof ValidationError) return `Not sent. ${error.message}`;
    if (error instanceof RateLimitError)
      return `Too fast. Wait ${error.retryAfter ?? 60} s, then send it again.`;
    switch (error.outcome) {
      case "not_sent":
        return "Not sent. It is safe to send it again.";
      case "rejected":
        return `Refused: ${error.message}`;
      case "accepted":
        return "Sent; only the answer was lost.";
      case "unknown": {
        const found = await find(to, text, sentAt);
        return found === undefined
          ? "Not in the chat yet. Look again in a minute, before you send it again."
          : `Sent after all: ${found.id}`;
      }
    }
  }
}

// The text must be unlike any other of that minute, as with an order number.
async function find(to: string, text: string, sentAt: Date): Promise<ChatMessage | undefined> {
  const timestampGte = Math.floor(sentAt.getTime() / 1000) - 60;
  for await (const message of wasend.chats.listMessages(to, { filter: { fromMe: true, timestampGte } })) {
    if (message.body === text) return message;
  }
  return undefined;
}
