import type { Json } from "../json.js";
import type { NumberRecord, NumberState } from "../records.js";
import type { World } from "../world.js";

const WORDS: Record<"engine" | "readme", Record<NumberState, string>> = {
  engine: {
    created: "CREATED",
    starting: "STARTING",
    scan_qr: "SCAN_QR_CODE",
    ready: "WORKING",
    stopped: "STOPPED",
    failed: "FAILED",
  },
  readme: {
    created: "CREATED",
    starting: "STARTING",
    scan_qr: "SCAN_QR_CODE",
    ready: "CONNECTED",
    stopped: "STOPPED",
    failed: "ERROR",
  },
};

export function statusWord(world: World, number: Pick<NumberRecord, "state">): string {
  return WORDS[world.settings.statusWords][number.state];
}

const iso = (ms: number): string => new Date(ms).toISOString();

const flags = (number: NumberRecord) => ({
  enableAccountProtection: number.enableAccountProtection,
  enableMessageLogging: number.enableMessageLogging,
  enableWebhook: number.enableWebhook,
  webhookUrl: number.webhookUrl,
});

/** `SessionDetails` of the old SDK's types. */
export const sessionDetails = (number: NumberRecord) => ({
  id: number.databaseId,
  uniqueSessionId: number.session,
  userId: "user_emulator",
  sessionName: number.sessionName,
  phoneNumber: `+${number.digits}`,
  ...flags(number),
  createdAt: iso(number.createdAt),
  updatedAt: iso(number.updatedAt),
});

/** What the layer above the engine has given the session; deliveries carry it too. */
export const METADATA = { userId: "user_emulator", userEmail: "emulator@example.com" };

/** `DownstreamInfo`: what the engine below says. */
export function downstream(world: World, number: NumberRecord) {
  const connected = number.state === "ready";
  return {
    name: `emulator_${number.session}`,
    status: statusWord(world, number),
    config: {
      metadata: METADATA,
      proxy: null,
      debug: false,
      noweb: { markOnline: true, store: { enabled: true, fullSync: false } },
      webhooks: number.webhookUrl === undefined ? [] : [{ url: number.webhookUrl, events: ["*"] }],
    },
    engine: {
      grpc: { client: connected ? "READY" : "IDLE", stream: connected ? "READY" : "IDLE" },
      gows: { found: connected, connected },
    },
  };
}

/** `Session` of the old SDK's types. */
export const session = (world: World, number: NumberRecord): Json => ({
  ...sessionDetails(number),
  ...downstream(world, number),
});

/** The six fields of the documentation pages. */
export const shortSession = (world: World, number: NumberRecord) => ({
  uniqueSessionId: number.session,
  sessionName: number.sessionName,
  phoneNumber: `+${number.digits}`,
  status: statusWord(world, number),
  createdAt: iso(number.createdAt),
  updatedAt: iso(number.updatedAt),
});

export const shortSessionWithConfig = (world: World, number: NumberRecord): Json => ({
  ...shortSession(world, number),
  config: flags(number),
});
