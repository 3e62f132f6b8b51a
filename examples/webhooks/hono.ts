// Hono on any runtime. Bun and Deno: run this file. Node: serve({ fetch: app.fetch }) of @hono/node-server.
import { WebhookReceiver } from "@wasend/sdk/webhooks";
import { Hono } from "hono";

const receiver = new WebhookReceiver({ secret: process.env.WASEND_WEBHOOK_SECRET });
receiver.on("message", ({ message }) => console.log(`got a message of kind ${message.kind}`));

export const app = new Hono();
app.post("/webhooks/wasend", (context) => receiver.handle(context.req.raw));
