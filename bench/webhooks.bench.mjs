// Verify and parse a 1 kB event, against the least that anybody must do for it, in one run. Needs a build (`npm run build`).
import { createHmac, timingSafeEqual } from "node:crypto";
import { parseWebhook, schemes, signWebhook, verifyWebhook, WebhookReceiver } from "@wasend/sdk/webhooks";

// Short rounds, compared each with its own neighbour: whatever else the machine does then slows both.
const ROUNDS = 500;
const PER_ROUND = 200;
const WANTED = 0.8;

const secret = "bench-webhook-key-0001";
const body = Buffer.from(eventOfOneKilobyte());
const scheme = schemes.hmacSha512();
const clock = () => 1_771_200_000_000;
const headers = {
  host: "shop.example",
  "user-agent": "WAHA/2026.2.1",
  "content-type": "application/json",
  "content-length": `${body.length}`,
  ...(await signWebhook(body, { secret, scheme })),
};
const receiver = new WebhookReceiver({ secret, scheme, clock });

const contenders = {
  least: () => {
    const expected = createHmac("sha512", secret).update(body).digest("hex");
    if (!timingSafeEqual(Buffer.from(expected), Buffer.from(headers["x-webhook-hmac"])))
      throw new Error("forged");
    return JSON.parse(body.toString());
  },
  unwrap: () => receiver.unwrap({ body, headers }),
  verifyWebhook: () => verifyWebhook({ body, headers }, { secret, scheme, clock }),
  parseWebhook: () => parseWebhook(body, { clock }),
};

const times = Object.fromEntries(Object.keys(contenders).map((name) => [name, []]));
for (let round = 0; round < ROUNDS; round++) {
  for (const [name, run] of Object.entries(contenders)) {
    const started = process.hrtime.bigint();
    for (let i = 0; i < PER_ROUND; i++) await run();
    times[name].push(Number(process.hrtime.bigint() - started) / PER_ROUND / 1000);
  }
}

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];
const ratio = (name) => median(times[name].map((us, round) => times.least[round] / us));
console.log(
  `${body.length} bytes, Node ${process.versions.node}, medians of ${ROUNDS} interleaved rounds of ${PER_ROUND}`,
);
for (const [name, all] of Object.entries(times)) {
  console.log(`${name.padEnd(14)} ${median(all).toFixed(2).padStart(7)} us   ${ratio(name).toFixed(2)}`);
}
if (ratio("unwrap") < WANTED) {
  console.error(`unwrap reaches less than ${WANTED} of the least there is to do`);
  process.exitCode = 1;
}

/** A text message as the engine sends it, with a cut of its internal data. */
function eventOfOneKilobyte() {
  const event = {
    id: "evt_01khhwfk87b24a8ct5ars7caab",
    timestamp: 1_771_200_000_000,
    event: "message",
    session: "default",
    metadata: {},
    me: { id: "550000000001@c.us", pushName: "Example Shop", lid: "10000000000001@lid" },
    payload: {
      id: "false_20000000000002@lid_3A0000000000000000F4",
      timestamp: 1_771_200_000,
      from: "20000000000002@lid",
      fromMe: false,
      source: "app",
      body: "",
      to: null,
      participant: null,
      hasMedia: false,
      media: null,
      ack: 2,
      location: null,
      vCards: null,
      ackName: "DEVICE",
      replyTo: null,
      _data: {
        Info: {
          Chat: "20000000000002@lid",
          SenderAlt: "550000000002@s.whatsapp.net",
          PushName: "Ana Example",
          Type: "text",
        },
        Message: { conversation: "" },
      },
    },
    environment: { version: "2026.2.1", engine: "GOWS", tier: "PLUS", browser: null },
  };
  const text = "Hello, is my order on its way? "
    .repeat(20)
    .slice(0, Math.floor((1_024 - JSON.stringify(event).length) / 2));
  event.payload.body = text;
  event.payload._data.Message.conversation = text;
  return JSON.stringify(event);
}
