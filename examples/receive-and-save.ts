// Saves every file that customers send into a folder. `POST` is a handler for Next.js, Hono, Bun, Deno or Workers with Node's
// file system.
//
//   WASEND_API_KEY=… WASEND_WEBHOOK_SECRET=… FOLDER=./inbox

import { NotFoundError, Wasend } from "@wasend/sdk";
import { saveTo } from "@wasend/sdk/node";
import { WebhookReceiver } from "@wasend/sdk/webhooks";

const wasend = new Wasend();
const receiver = new WebhookReceiver({ secret: process.env.WASEND_WEBHOOK_SECRET });
const folder = process.env.FOLDER ?? "./inbox";

receiver.on("message", async ({ message }) => {
  if (message.fromMe || message.media === undefined) return;
  try {
    // The sender chose the name; saveTo keeps it inside the folder, and never over another file.
    const path = await saveTo(await wasend.media.download(message, { maxBytes: 50_000_000 }), folder);
    console.log(`Saved ${path}`);
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error;
    console.log(error.message);
  }
});

export const POST = (request: Request) => receiver.handle(request);
