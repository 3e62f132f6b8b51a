// WASEND_WEBHOOK_SECRET=… npx tsx examples/webhooks/fastify.ts
import { fastifyHandler, keepRawBody } from "@wasend/sdk/fastify";
import { WebhookReceiver } from "@wasend/sdk/webhooks";
import fastify from "fastify";

const receiver = new WebhookReceiver({ secret: process.env.WASEND_WEBHOOK_SECRET });
receiver.on("message", ({ message }) => console.log(`got a message of kind ${message.kind}`));

const app = fastify();
app.post("/webhooks/wasend", { preParsing: keepRawBody }, fastifyHandler(receiver));

await app.listen({ port: Number(process.env.PORT ?? 3000) });
console.log("listening on", app.server.address());
