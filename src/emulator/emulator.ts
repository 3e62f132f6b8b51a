import { digitsOf, parseAddress } from "./addresses.js";
import type { EmulatorEvent } from "./events.js";
import { exchange } from "./exchange.js";
import { Faults } from "./faults.js";
import { inProcessFetch } from "./in-process.js";
import { Journal, type LoggedRequest, type Problem } from "./journal.js";
import { type Listening, listenOn } from "./listen.js";
import * as flow from "./message-flow.js";
import { enter, renewQr } from "./number-life.js";
import { type EmulatorOptions, type Settings, settingsOf } from "./options.js";
import type { Content, GroupStatus, NumberRecord, NumberState } from "./records.js";
import * as views from "./views.js";
import type { Outcome, WireRequest } from "./wire.js";
import { World } from "./world.js";

/** A customer's message to a number. `type` follows from the rest: `"text"` unless said otherwise. */
export interface Incoming extends Partial<Content> {
  /** Phone of the customer, with `+`. */
  from: string;
  /** Name that the customer shows. */
  name?: string;
  /** Group to write in; left out, it is a private message. */
  group?: string;
  /** The number that gets it. Default `emulator.session`. */
  session?: string;
}

/**
 * A whole WASend in this process: numbers, chats, groups and contacts. Make one with `createEmulator`.
 * It answers the 54 operations of `@wasend/core` 1.3.3 and the 13 that only the documentation pages have.
 */
export class Emulator {
  readonly #settings: Settings;
  readonly #journal = new Journal();
  #world: World;
  /** Everything that happens in WhatsApp passes here: the place where webhooks are attached. */
  readonly #onEvent: (event: EmulatorEvent) => void = () => {};

  /** The faults to come. */
  readonly faults = new Faults();
  /**
   * Phones, with `+`, that are not on WhatsApp. Add to it, or take from it, at any time.
   * @example emulator.notOnWhatsApp.add("+14155550199");
   */
  readonly notOnWhatsApp = new Set<string>();
  /**
   * `fetch` for a client that shall meet this emulator, whatever the host it asks for.
   * @example new Wasend({ apiKey: emulator.apiKey, session: emulator.session, fetch: emulator.fetch })
   */
  readonly fetch: typeof fetch = inProcessFetch((request, signal) => this.#serve(request, signal));

  constructor(options: EmulatorOptions = {}) {
    this.#settings = settingsOf(options);
    this.#world = this.#newWorld();
  }

  #newWorld(): World {
    return new World(this.#settings, this.notOnWhatsApp, this.#onEvent);
  }

  #serve(request: WireRequest, signal?: AbortSignal): Promise<Outcome> {
    return exchange({ world: this.#world, faults: this.faults, journal: this.#journal }, request, signal);
  }

  #number(session: string): NumberRecord {
    const number = this.#world.numbers.get(session);
    if (number === undefined) throw new TypeError(`The emulator has no number "${session}"`);
    return number;
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
  listen(port = 0): Promise<Listening> {
    return listenOn(port, (request, signal) => this.#serve(request, signal));
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
    return this.#messages(
      (one) => one.fromMe && (digits ? one.readers.includes(digits) : one.chatId === chatId),
    );
  }

  #messages(wanted: (message: Parameters<typeof views.messageView>[0]) => boolean): views.EmulatedMessage[] {
    return [...this.#world.messages.values()].filter(wanted).map((message) => this.#view(message));
  }

  #view(message: Parameters<typeof views.messageView>[0]): views.EmulatedMessage {
    return views.messageView(message, this.#world.numbers.get(message.session)?.digits ?? "");
  }

  /** Every message of every number, sent and received, oldest first. */
  get messages(): views.EmulatedMessage[] {
    return this.#messages(() => true);
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
   * A customer writes to a number: the message appears in its chats.
   * @example await emulator.receive({ from: "+14155550123", text: "hi" });
   */
  async receive(incoming: Incoming): Promise<views.EmulatedMessage> {
    const { from, name, group, session = this.session, type = "text", ...content } = incoming;
    const digits = digitsOf(from);
    const author = { digits, name, chatId: group ?? `${digits}@c.us` };
    return this.#view(flow.receive(this.#world, this.#number(session), author, { ...content, type }));
  }

  /**
   * Somebody scans the QR code: the number is ready.
   * @example await wasend.numbers.waitUntilReady(session, { onQr: () => emulator.scanQr(session) });
   */
  scanQr(session: string): void {
    const number = this.#number(session);
    if (number.state !== "scan_qr") throw new Error(`The number shows no QR code: it is "${number.state}"`);
    enter(this.#world, number, "ready");
  }

  /** Replaces the QR code by a new one, as happens every `qrMs`. */
  renewQr(session: string): void {
    renewQr(this.#world, this.#number(session));
  }

  /**
   * Puts a number into a state, where it stays until it is started, stopped, scanned or set again.
   * @example emulator.setState(emulator.session, "failed"); // sends are now answered with 422
   */
  setState(session: string, state: NumberState): void {
    enter(this.#world, this.#number(session), state, true);
  }

  /**
   * Sets a message's ack by hand: -1 error, 0 pending, 1 sent, 2 received, 3 read, 4 played. It stays there.
   * @example emulator.setAck(sent.id, 3);
   */
  setAck(messageId: string, ack: number): void {
    const message = this.#world.messages.get(messageId);
    if (message === undefined) throw new TypeError(`The emulator has no message "${messageId}"`);
    flow.setAck(this.#world, message, ack);
  }

  /**
   * Archives or deletes a group, for which the API has no call.
   * @example emulator.setGroupStatus(emulator.groups[0].jid, "archived");
   */
  setGroupStatus(jid: string, status: GroupStatus): void {
    const group = this.#world.groups.get(jid);
    if (group === undefined) throw new TypeError(`The emulator has no group "${jid}"`);
    group.status = status;
  }

  /**
   * Back to the first state, with the same key and session: nothing sent, nothing asked, no faults, no timers.
   * @example afterEach(() => emulator.reset());
   */
  reset(): void {
    this.#world.timers.clear();
    this.faults.clear();
    this.notOnWhatsApp.clear();
    this.#journal.clear();
    this.#world = this.#newWorld();
  }
}

/**
 * Makes a whole WASend in this process. No network, no account, no real message.
 * @example
 * const emulator = createEmulator();
 * const wasend = new Wasend({ apiKey: emulator.apiKey, session: emulator.session, fetch: emulator.fetch });
 * await wasend.messages.sendText({ to: "+14155550123", text: "Hello" });
 * emulator.inbox("+14155550123"); // [{ text: "Hello", … }]
 */
export function createEmulator(options: EmulatorOptions = {}): Emulator {
  return new Emulator(options);
}
