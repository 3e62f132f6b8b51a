/**
 * One request of a delivery.
 * @example emulator.webhooks[0]?.attempts.map(({ status, error }) => status ?? error); // [503, 200]
 */
export interface DeliveryAttempt {
  readonly at: Date;
  /** The status answered; neither that nor `error` while it is under way. */
  readonly status?: number;
  /** Why there was no answer. */
  readonly error?: string;
}

/**
 * One delivery: an event on its way to one number's webhook. It is live, so later attempts appear in it.
 * @example const { payload } = JSON.parse(emulator.webhooks[0].body);
 */
export interface EmulatedDelivery {
  /** The envelope's id (`evt_…`), which quirks can leave out of the body, or give to two deliveries. */
  readonly id: string;
  /** The delivery's own id, the same for each attempt. */
  readonly requestId: string;
  readonly event: string;
  /** The number it is for. */
  readonly session: string;
  readonly url: string;
  /** The exact text sent. */
  readonly body: string;
  /** Headers of the newest attempt, names in lower case. Complete once the first attempt has begun. */
  readonly headers: Readonly<Record<string, string>>;
  readonly attempts: readonly DeliveryAttempt[];
  /** `"pending"` until an answer of 2xx, or until the last attempt has failed. */
  readonly status: "delivered" | "pending" | "failed";
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** The same, as its sender sees it. */
export interface OpenDelivery extends Omit<Writable<EmulatedDelivery>, "attempts"> {
  attempts: Writable<DeliveryAttempt>[];
  /** Headers that stand in for the signature. */
  given?: Record<string, string>;
}

const lower = (headers: Record<string, string>): [string, string][] =>
  Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);

/** Several sets of headers as one, the later ones first. */
export const merged = (...sets: Record<string, string>[]): Record<string, string> =>
  Object.fromEntries(sets.flatMap(lower));

const TRANSPORT = ["accept-encoding", "connection", "content-length", "host", "transfer-encoding"];

/** Captured headers without those that each connection makes for itself. */
export const withoutTransport = (headers: Record<string, string>): Record<string, string> =>
  Object.fromEntries(lower(headers).filter(([name]) => !TRANSPORT.includes(name)));

/** Why an attempt failed, in one line: `fetch failed (ECONNREFUSED)`. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  if (!(cause instanceof Error)) return error.message;
  return `${error.message} (${"code" in cause ? cause.code : cause.message})`;
}
