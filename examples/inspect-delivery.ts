// Shows what a first real delivery is like: its headers, its envelope, and which scheme proves it. Accepts everything and
// handles nothing. Message texts and numbers are shortened; secrets are not shown.
//
//   WASEND_WEBHOOK_SECRET=… PORT=3000 npx tsx examples/inspect-delivery.ts
//   PUBLIC_URL=https://….example npx tsx …      also prints the address to register, with its token
import { createServer, type IncomingMessage } from "node:http";
import { isUnknownEvent, parseWebhook, schemes, verifyWebhook } from "@wasend/sdk/webhooks";

const secret = process.env.WASEND_WEBHOOK_SECRET;
const candidates = [
  schemes.hmacSha512(),
  schemes.hmac({
    name: "hmacSha512 over time and body",
    header: "x-webhook-hmac",
    timestampHeader: "x-webhook-timestamp",
  }),
  schemes.hmac({ name: "hmacSha256", header: "x-webhook-hmac", hash: "sha256" }),
  schemes.standardWebhooks(),
  schemes.urlToken(),
];

async function read(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Shows a JSON value without giving away what people wrote and who they are. */
function shorten(key: string, value: unknown): unknown {
  if (typeof value !== "string") return value;
  const masked = value
    .replace(/\d{7,}/g, (digits) => `…${digits.slice(-4)}`)
    .replace(/token=\w+/g, "token=…");
  return /^(body|caption|conversation|text)$/.test(key) || masked.length > 200
    ? `(${value.length} characters)`
    : masked;
}

const server = createServer(async (request, response) => {
  const body = await read(request);
  const delivery = { body, headers: request.headers, ...(request.url !== undefined && { url: request.url }) };
  console.log(`\n${request.method} with ${body.length} bytes`);
  console.log("headers", JSON.stringify(request.headers, shorten, 2));
  for (const scheme of candidates) {
    const verdict = await verifyWebhook(delivery, { secret, scheme }).then(
      () => "matches",
      (error: { reason?: string }) => `no: ${error.reason}`,
    );
    console.log(`scheme ${scheme.name}: ${verdict}`);
  }
  try {
    const event = parseWebhook(body);
    console.log(
      `event ${event.event}, ${isUnknownEvent(event) ? `unknown (${event.problem ?? "new name"})` : "typed"}`,
    );
    console.log("envelope", JSON.stringify(event.raw, shorten, 2));
  } catch (error) {
    console.log(error instanceof Error ? error.message : "no event");
  }
  response.statusCode = Number(process.env.ANSWER ?? 200);
  response.end();
});

server.listen(Number(process.env.PORT ?? 3000), async () => {
  console.log("listening on", server.address());
  const { PUBLIC_URL } = process.env;
  if (PUBLIC_URL && secret) console.log("register", await schemes.urlToken.url(PUBLIC_URL, secret));
});
