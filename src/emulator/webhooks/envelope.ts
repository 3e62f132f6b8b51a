import { lidOf } from "../addresses.js";
import type { Json } from "../json.js";
import type { NumberRecord } from "../records.js";
import { METADATA } from "../replies/sessions.js";
import type { WebhookQuirks } from "./options.js";

const ENGINE = "GOWS";
const VERSION = "2026.2.1";

export const USER_AGENT = `WAHA/${VERSION}`;

/** When an event came to be, and the id it got then. */
export interface Stamp {
  id: string;
  timestamp: number;
}

/** The account behind the number, once a phone is linked. */
function meOf({ paired, digits, sessionName }: NumberRecord): Json {
  if (!paired) return null;
  return {
    id: `${digits}@c.us`,
    pushName: sessionName,
    lid: lidOf(digits),
    jid: `${digits}:12@s.whatsapp.net`,
  };
}

/** The body: the engine's envelope in its order of keys, compact. */
export function envelope(
  number: NumberRecord,
  event: string,
  payload: unknown,
  { id, timestamp }: Stamp,
  { engine, bodies2024 }: WebhookQuirks,
): string {
  const recent = { platform: "linux/x64", worker: { id: null } };
  return JSON.stringify({
    ...(bodies2024 ? {} : { id, timestamp }),
    event,
    session: number.session,
    metadata: METADATA,
    me: meOf(number),
    payload,
    engine: engine ? ENGINE : undefined,
    environment: {
      version: bodies2024 ? "2024.10.8" : VERSION,
      engine: ENGINE,
      tier: "PLUS",
      browser: null,
      ...(bodies2024 ? {} : recent),
    },
  });
}
