// WASEND_WEBHOOK_SECRET=… npx tsx examples/webhooks/node-http.ts
import { createServer } from "node:http";
import { nodeHandler } from "@wasend/sdk/node";
import { WebhookReceiver } from "@wasend/sdk/webhooks";

const receiver = new WebhookReceiver({ secret: process.env.WASEND_WEBHOOK_SECRET });
receiver.on("message", ({ message }) => console.log(`got a message of kind ${message.kind}`));

const server = createServer(nodeHandler(receiver));
server.listen(Number(process.env.PORT ?? 3000), () => console.log("listening on", server.address()));
