import { digitsOf, parseAddress } from "./addresses.js";
import { exchange } from "./exchange.js";
import { Faults } from "./faults.js";
import { inProcessFetch } from "./in-process.js";
import { type Incoming, type IncomingReaction, readIncoming } from "./incoming.js";
import { Journal, type LoggedRequest, type Problem } from "./journal.js";
import { type Listening, listenOn } from "./listen.js";
import { groupOf, messageOf, numberOf } from "./lookup.js";
import type { EmulatedMedia } from "./media.js";
import * as flow from "./message-flow.js";
import { enter, renewQr } from "./number-life.js";
import { type EmulatorOptions, type Settings, settingsOf } from "./options.js";
import type { GroupStatus, MessageRecord, NumberState } from "./records.js";
import * as views from "./views.js";
import type { EmulatedDelivery } from "./webhooks/delivery.js";
import type { WebhookQuirks } from "./webhooks/options.js";
import type { DeliverBodyOptions, DeliverOptions } from "./webhooks/raw-delivery.js";
import { settled, Webhooks } from "./webhooks/webhooks.js";
import type { Outcome, WireRequest } from "./wire.js";
import { World } from "./world.js";

/**
 * A whole WASend in this process: numbers, chats, groups and contacts. Make one with `createEmulator`.
 * It answers the 54 operations of `@wasend/core` 1.3.3 and the 13 that only the documentation pages have.
 */
export class Emulator {
  readonly #settings: Settings;
  readonly #journal = new Journal();
  #world: World;
  #webhooks: Webhooks;

  /** The faults to come. */
  readonly faults = new Faults();
  /**
   * Phones, with `+`, that are not on WhatsApp. Add to it, or take from it, at any time.
   * @example emulator.notOnWhatsApp.add("+14155550199");
   */
  readonly notOnWhatsApp = new Set<string>();
  /**
   * What deliveries do that they should not. Set or delete any at any time.
   * @example emulator.quirks.duplicates = "concurrent";
   */
  readonly quirks: WebhookQuirks = {};
  /**
   * `fetch` for a client that shall meet this emulator, whatever the host it asks for.
   * @example new Wasend({ apiKey: emulator.apiKey, session: emulator.session, fetch: emulator.fetch })
   */
  readonly fetch: typeof fetch = inProcessFetch((request, signal) => this.#serve(request, signal));

  constructor(options: EmulatorOptions = {}) {
    this.#settings = settingsOf(options);
    this.#webhooks = new Webhooks(this.#settings, this.quirks);
    this.#world = this.#newWorld();
  }

  #newWorld(): World {
    return new World(this.#settings, this.notOnWhatsApp, (event, world) => this.#webhooks.on(event, world));
  }

  #serve(request: WireRequest, signal?: AbortSignal): Promise<Outcome> {
    const { faults, quirks } = this;
    const world = this.#world;
    const host = { world, faults, quirks, journal: this.#journal, webhooks: this.#webhooks };
    return exchange(host, request, signal);
  }

  /** Runs what happens on WhatsApp, and resolves once its deliveries have been attempted. */
  async #happen<T>(run: () => T): Promise<T> {
    const { result, attempted } = this.#webhooks.during(run);
    await attempted;
    return result;
  }

  /** The one key that is let in. */
  get apiKey(): string {
    return this.#settings.apiKey;
  }

  /** Id of the number that is ready from the start. */
  get session(): string {
    return this.#settings.session;
  }

  /**
   * Serves the same state over HTTP, on 127.0.0.1 only.
   * @param port 0 (default) takes a free one.
   * @example const { url, close } = await emulator.listen();
   */
  async listen(port = 0): Promise<Listening> {
    const listening = await listenOn(port, (request, signal) => this.#serve(request, signal));
    this.media.baseUrl = listening.url;
    return listening;
  }

  /** The files of messages: lose one, or say how long they are kept. */
  get media(): EmulatedMedia {
    return this.#settings.media;
  }

  /** Every request so far, oldest first, without its key. */
  get requests(): readonly LoggedRequest[] {
    return this.#journal.requests;
  }

  /**
   * What requests carried that no published source attests: unknown fields, query keys and routes, odd
   * content types, phones without `+`.
   * @example afterEach(() => expect(emulator.problems).toEqual([]));
   */
  get problems(): readonly Problem[] {
    return this.#journal.problems;
  }

  /**
   * The messages that a phone has received, oldest first, its groups' included. A group's id gives what
   * was sent to that group.
   * @example expect(emulator.inbox("+14155550123")[0]?.text).toBe("Hello")
   */
  inbox(phone: string): views.EmulatedMessage[] {
    const { digits, chatId } = parseAddress(phone) ?? { chatId: phone };
    return [...this.#world.messages.values()]
      .filter((one) => one.fromMe && (digits ? one.readers.includes(digits) : one.chatId === chatId))
      .map((one) => this.#view(one));
  }

  #view(message: MessageRecord): views.EmulatedMessage {
    return views.messageView(message, this.#world.numbers.get(message.session)?.digits ?? "");
  }

  /** Every message of every number, sent and received, oldest first. */
  get messages(): views.EmulatedMessage[] {
    return [...this.#world.messages.values()].map((one) => this.#view(one));
  }

  /** Every number. */
  get numbers(): views.EmulatedNumber[] {
    return [...this.#world.numbers.values()].map(views.numberView);
  }

  /** Every group on WhatsApp. */
  get groups(): views.EmulatedGroup[] {
    return [...this.#world.groups.values()].map(views.groupView);
  }

  /** The address books of all numbers. */
  get contacts(): views.EmulatedContact[] {
    return [...this.#world.numbers.values()].flatMap(views.contactViews);
  }

  /**
   * A customer writes to a number: the message appears in its chats. Resolves once its delivery was attempted.
   * @example await emulator.receive({ from: "+14155550123", text: "hi" });
   */
  async receive(incoming: Incoming): Promise<views.EmulatedMessage> {
    const { author, content } = readIncoming(incoming);
    const number = numberOf(this.#world, incoming.session ?? this.session);
    return this.#view(await this.#happen(() => flow.receive(this.#world, number, author, content)));
  }

  /**
   * A customer reacts to a message.
   * @example await emulator.react({ from: "+14155550123", messageId: sent.id, emoji: "👍" });
   */
  async react({ from, messageId, emoji }: IncomingReaction): Promise<views.EmulatedMessage> {
    const [message, by] = [messageOf(this.#world, messageId), digitsOf(from)];
    await this.#happen(() => flow.react(this.#world, message, by, emoji));
    return this.#view(message);
  }

  /**
   * The writer changes a message. Delivered where `events` has `message.edited`, which is not the default.
   * @example await emulator.edit(received.id, "two mugs, not one");
   */
  async edit(messageId: string, text: string): Promise<views.EmulatedMessage> {
    const message = messageOf(this.#world, messageId);
    await this.#happen(() => flow.edit(this.#world, message, text));
    return this.#view(message);
  }

  /**
   * The writer deletes a message for everyone. Delivered where `events` has `message.revoked`, which is not the default.
   * @example await emulator.revoke(received.id);
   */
  async revoke(messageId: string): Promise<views.EmulatedMessage> {
    const message = messageOf(this.#world, messageId);
    await this.#happen(() => flow.revoke(this.#world, message));
    return this.#view(message);
  }

  /**
   * The secret that signs deliveries, for a receiver's `secret`.
   * @example new WebhookReceiver({ secret: emulator.webhookSecret })
   */
  get webhookSecret(): string {
    return this.#settings.webhook.secret;
  }

  /**
   * Every delivery so far, oldest first, with its attempts.
   * @example expect(emulator.webhooks.at(-1)?.status).toBe("delivered");
   */
  get webhooks(): readonly EmulatedDelivery[] {
    return this.#webhooks.deliveries;
  }

  /**
   * Resolves once every delivery so far was attempted, for calls that do not wait themselves.
   * @example emulator.setAck(sent.id, 3); await emulator.settled();
   */
  settled(): Promise<void> {
    return this.#webhooks.settled();
  }

  /**
   * Gives a number a webhook, or with `undefined` takes it away, for servers whose address is known late.
   * @example emulator.setWebhook(`http://127.0.0.1:${server.address().port}/webhooks/wasend`);
   */
  setWebhook(url: string | undefined, session = this.session): void {
    Object.assign(numberOf(this.#world, session), { enableWebhook: url !== undefined, webhookUrl: url });
  }

  /**
   * Delivers any event with any payload, whatever `events` says. Resolves after the first attempt.
   * @example await emulator.deliver("call.received", { id: "A1", from: "14155550123@c.us", timestamp: 1771200700 });
   */
  async deliver(event: string, payload: unknown, options: DeliverOptions = {}): Promise<EmulatedDelivery> {
    const { session = this.session, quirks } = options;
    return settled(this.#webhooks.send(numberOf(this.#world, session), event, payload, { quirks }));
  }

  /**
   * Delivers a body byte for byte: a capture, a forgery, or no JSON at all. Resolves after the first attempt.
   * @example await emulator.deliverBody(captured.body, { headers: captured.headers });
   */
  async deliverBody(body: string, options: DeliverBodyOptions = {}): Promise<EmulatedDelivery> {
    const { session = this.session, headers } = options;
    return settled(this.#webhooks.sendBody(numberOf(this.#world, session), body, headers));
  }

  /**
   * Sends a delivery once more, byte for byte. An id is the envelope's or the request's. Resolves after the answer.
   * @example await emulator.redeliver(emulator.webhooks[0]);
   */
  redeliver(delivery: EmulatedDelivery | string): Promise<EmulatedDelivery> {
    return this.#webhooks.redeliver(delivery);
  }

  /**
   * Somebody scans the QR code: the number is ready.
   * @example await wasend.numbers.waitUntilReady(session, { onQr: () => emulator.scanQr(session) });
   */
  scanQr(session: string): void {
    const number = numberOf(this.#world, session);
    if (number.state !== "scan_qr") throw new Error(`The number shows no QR code: it is "${number.state}"`);
    enter(this.#world, number, "ready");
  }

  /** Replaces the QR code by a new one, as happens every `qrMs`. */
  renewQr(session: string): void {
    renewQr(this.#world, numberOf(this.#world, session));
  }

  /**
   * Puts a number into a state, where it stays until it is started, stopped, scanned or set again.
   * @example emulator.setState(emulator.session, "failed"); // sends are now answered with 422
   */
  setState(session: string, state: NumberState): void {
    enter(this.#world, numberOf(this.#world, session), state, true);
  }

  /**
   * Sets a message's ack by hand: -1 error, 0 pending, 1 sent, 2 received, 3 read, 4 played. It stays there.
   * @example emulator.setAck(sent.id, 3);
   */
  setAck(messageId: string, ack: number): void {
    flow.setAck(this.#world, messageOf(this.#world, messageId), ack);
  }

  /**
   * Archives or deletes a group, for which the API has no call.
   * @example emulator.setGroupStatus(emulator.groups[0].jid, "archived");
   */
  setGroupStatus(jid: string, status: GroupStatus): void {
    groupOf(this.#world, jid).status = status;
  }

  /**
   * Back to the first state, with the same key and session: nothing sent, nothing asked, no faults, no timers, and
   * no delivery under way or to come.
   * @example afterEach(() => emulator.reset());
   */
  reset(): void {
    this.#webhooks.stop();
    this.#webhooks = new Webhooks(this.#settings, this.quirks);
    const { faults, notOnWhatsApp, media } = this;
    for (const one of [this.#world.timers, this.#journal, faults, notOnWhatsApp, media]) one.clear();
    this.#world = this.#newWorld();
  }
}
