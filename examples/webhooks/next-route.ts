// Next.js, app router: app/webhooks/wasend/route.ts. Both runtimes, "nodejs" and "edge".
import { WebhookReceiver } from "@wasend/sdk/webhooks";

const receiver = new WebhookReceiver({ secret: process.env.WASEND_WEBHOOK_SECRET });
receiver.on("message", ({ message }) => console.log(`got a message of kind ${message.kind}`));

export function POST(request: Request): Promise<Response> {
  return receiver.handle(request);
}
