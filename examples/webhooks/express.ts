// WASEND_WEBHOOK_SECRET=… npx tsx examples/webhooks/express.ts
import { expressHandler, keepRawBody } from "@wasend/sdk/express";
import { WebhookReceiver } from "@wasend/sdk/webhooks";
import express from "express";

const receiver = new WebhookReceiver({ secret: process.env.WASEND_WEBHOOK_SECRET });
receiver.on("message", ({ message }) => console.log(`got a message of kind ${message.kind}`));

const app = express();
app.use(express.json({ verify: keepRawBody })); // only where a parser is mounted for the whole app
app.post("/webhooks/wasend", expressHandler(receiver));

const server = app.listen(Number(process.env.PORT ?? 3000), () =>
  console.log("listening on", server.address()),
);
