// Cloudflare Workers: export default worker. Answers first, and works on while waitUntil keeps the worker alive.
import { WebhookReceiver } from "@wasend/sdk/webhooks";

interface Env {
  WASEND_WEBHOOK_SECRET: string;
}

let receiver: WebhookReceiver | undefined;

function receiverOf(env: Env): WebhookReceiver {
  if (receiver === undefined) {
    receiver = new WebhookReceiver({ secret: env.WASEND_WEBHOOK_SECRET, acknowledge: "first" });
    receiver.on("message", ({ message }) => console.log(`got a message of kind ${message.kind}`));
  }
  return receiver;
}

export const worker = {
  fetch(
    request: Request,
    env: Env,
    context: { waitUntil(promise: Promise<unknown>): void },
  ): Promise<Response> {
    return receiverOf(env).handle(request, context);
  },
};
