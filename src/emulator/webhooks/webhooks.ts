import type { EmulatorEvent } from "../events.js";
import { Ids } from "../ids.js";
import { setAck } from "../message-flow.js";
import type { Settings } from "../options.js";
import type { NumberRecord } from "../records.js";
import type { World } from "../world.js";
import { AckOrder } from "./ack-order.js";
import { type EmulatedDelivery, type OpenDelivery, withoutTransport } from "./delivery.js";
import { envelope, type Stamp } from "./envelope.js";
import { isWanted, type WebhookQuirks } from "./options.js";
import { Sender } from "./sender.js";
import { StatusHistory } from "./status-history.js";
import { type Told, tell } from "./tell.js";

const DEVICE = 2;

/** Turns what happens in a world into deliveries. */
export class Webhooks {
  readonly #settings: Settings;
  readonly #quirks: WebhookQuirks;
  readonly #ids: Ids;
  readonly #sender: Sender;
  readonly #statuses = new StatusHistory();
  readonly #acks = new AckOrder();
  /** First attempts that are not over. */
  readonly #open = new Set<Promise<void>>();
  /** Collects first attempts while {@link during} runs. */
  #collecting: Promise<void>[] | undefined;

  /** The quirks are the caller's to change; they begin as the settings have them. */
  constructor(settings: Settings, quirks: WebhookQuirks) {
    this.#settings = settings;
    this.#quirks = quirks;
    for (const key of Object.keys(quirks) as (keyof WebhookQuirks)[]) delete quirks[key];
    Object.assign(quirks, settings.webhook.quirks);
    // Ids of its own: those of the world do not depend on who listens.
    this.#ids = new Ids(settings.random);
    this.#sender = new Sender(settings.webhook, this.#ids, settings.now);
  }

  get deliveries(): readonly EmulatedDelivery[] {
    return this.#sender.deliveries;
  }

  /** Runs it, and gives its result with a promise for the first attempts of all that it caused. */
  during<T>(run: () => T): { result: T; attempted: Promise<unknown> } {
    const outer = this.#collecting;
    const attempts: Promise<void>[] = [];
    this.#collecting = attempts;
    try {
      return { result: run(), attempted: Promise.all(attempts) };
    } finally {
      this.#collecting = outer;
    }
  }

  on(event: EmulatorEvent, world: World): void {
    if (event.kind === "state") {
      const payload = this.#statuses.enter(world, event.number, this.#quirks);
      if (payload) this.#deliver([{ number: event.number, event: "session.status", payload }]);
      return;
    }
    const told = tell(world, event, this.#quirks);
    if (event.kind === "ack" && this.#quirks.acksOutOfOrder) {
      const { now, later } = this.#acks.turn(event.message, told);
      this.#deliver(later, Promise.all(this.#deliver(now)));
      return;
    }
    this.#deliver(told);
    const reached = event.kind === "message" && event.message.fromMe && event.message.readers.length > 0;
    if (reached && this.#quirks.acksBeforeAnswer) setAck(world, event.message, DEVICE);
  }

  #deliver(told: Told[], after?: Promise<unknown>): Promise<void>[] {
    let last: Stamp | undefined;
    return told.flatMap(({ number, event, payload, twin }) => {
      const stamp = twin && this.#quirks.sharedIds && last ? last : this.#stamp();
      last = stamp;
      if (!isWanted(this.#settings.webhook, event) || urlOf(number) === undefined) return [];
      return this.send(number, event, payload, { stamp, after }).attempted;
    });
  }

  #stamp(): Stamp {
    const timestamp = this.#settings.now();
    return { id: this.#ids.event(timestamp), timestamp };
  }

  /** Delivers whatever it is given, wanted or not. */
  send(
    number: NumberRecord,
    event: string,
    payload: unknown,
    how: { stamp?: Stamp; after?: Promise<unknown>; quirks?: WebhookQuirks } = {},
  ) {
    const stamp = how.stamp ?? this.#stamp();
    const quirks = { ...this.#quirks, ...how.quirks };
    const body = envelope(number, event, payload, stamp, quirks);
    return this.#start(number, { ...stamp, event, body }, quirks.duplicates, how.after);
  }

  /** Delivers a body as it is, with these headers for a signature, or signed. */
  sendBody(number: NumberRecord, body: string, headers?: Record<string, string>) {
    const given = headers && withoutTransport(headers);
    const { id, event, timestamp } = readEnvelope(body);
    const stamp = this.#stamp();
    const named = { id: id ?? stamp.id, event: event ?? "", timestamp: timestamp ?? stamp.timestamp };
    return this.#start(number, { ...named, body, given }, this.#quirks.duplicates);
  }

  #start(
    number: NumberRecord,
    what: Pick<OpenDelivery, "id" | "event" | "body" | "given"> & Stamp,
    duplicates: WebhookQuirks["duplicates"],
    after?: Promise<unknown>,
  ) {
    const url = urlOf(number);
    if (url === undefined) throw new TypeError(`The number "${number.session}" has no webhook`);
    const sent = this.#sender.send({ ...what, session: number.session, url }, duplicates, after);
    this.#collecting?.push(sent.attempted);
    this.#open.add(sent.attempted);
    sent.attempted.then(() => this.#open.delete(sent.attempted));
    return sent;
  }

  /** Sends it once more, and resolves after the answer. */
  async redeliver(which: EmulatedDelivery | string): Promise<EmulatedDelivery> {
    const delivery = this.#sender.deliveries.find(
      (one) => one === which || one.id === which || one.requestId === which,
    );
    if (delivery === undefined) throw new TypeError("The emulator has made no such delivery");
    await this.#sender.again(delivery);
    return delivery;
  }

  async settled(): Promise<void> {
    await Promise.all(this.#open);
  }

  stop(): void {
    this.#sender.stop();
  }
}

/** The delivery, once it has been attempted. */
export async function settled(sent: {
  delivery: EmulatedDelivery;
  attempted: Promise<void>;
}): Promise<EmulatedDelivery> {
  await sent.attempted;
  return sent.delivery;
}

const urlOf = ({ enableWebhook, webhookUrl }: NumberRecord): string | undefined =>
  enableWebhook ? webhookUrl : undefined;

/** What a body says about itself, as far as it can be read. */
function readEnvelope(body: string): { id?: string; event?: string; timestamp?: number } {
  try {
    const { id, event, timestamp } = JSON.parse(body) as Record<string, unknown>;
    return {
      id: typeof id === "string" ? id : undefined,
      event: typeof event === "string" ? event : undefined,
      timestamp: typeof timestamp === "number" ? timestamp : undefined,
    };
  } catch {
    return {};
  }
}
