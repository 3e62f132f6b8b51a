// AWS Lambda behind a function URL or API Gateway (payload format 2.0).
import { lambdaHandler } from "@wasend/sdk/lambda";
import { WebhookReceiver } from "@wasend/sdk/webhooks";

const receiver = new WebhookReceiver({ secret: process.env.WASEND_WEBHOOK_SECRET });
receiver.on("message", ({ message }) => console.log(`got a message of kind ${message.kind}`));

export const handler = lambdaHandler(receiver);
