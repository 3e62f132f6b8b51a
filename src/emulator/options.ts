import { EmulatedMedia } from "./media.js";
import { type WebhookOptions, type WebhookSettings, webhookSettingsOf } from "./webhooks/options.js";

/** Which of the two published reply shapes is spoken: the old SDK's types or the documentation pages. */
export type Dialect = "sdk" | "docs";

/**
 * How an emulator behaves. Every field is optional.
 * @example createEmulator({ dialect: "docs", numbers: "manual", acks: "manual" })
 */
export interface EmulatorOptions {
  /** Reply shapes. Where only one is published, both dialects use it. Default `"sdk"`. */
  dialect?: Dialect;
  /** The one API key that is let in. Default `"emulator-key"`. */
  apiKey?: string;
  /** Id of the number that is ready from the start. Default a made-up `sess_…`. */
  session?: string;
  /** Phone of that number, with `+`. Default `"+14155550100"`. */
  phoneNumber?: string;
  /**
   * `"auto"` (default): a created number starts, shows its QR code, is scanned and gets ready by itself.
   * `"manual"`: it waits for `start`, and its QR code waits for `emulator.scanQr(session)`.
   */
  numbers?: "auto" | "manual";
  /** `"auto"` (default): acks climb 0, 1, 2, 3 by themselves. `"manual"`: only by `emulator.setAck`. */
  acks?: "auto" | "manual";
  /** Status words: the engine's (`WORKING`, `FAILED`; default) or the old README's (`CONNECTED`, `ERROR`). */
  statusWords?: "engine" | "readme";
  /** Milliseconds between two steps of a number's life, or of an ack's climb. Default 25. */
  stepMs?: number;
  /** Milliseconds after which a QR code is replaced by a new one. Default 20,000. */
  qrMs?: number;
  /** The first number's webhook, and how all deliveries are made. Without it, deliveries are the engine's. */
  webhook?: WebhookOptions;
  /** The clock, in milliseconds since 1970. Default `Date.now`. */
  now?: () => number;
  /** A source of numbers from 0 to below 1, for ids. Default a generator with a fixed seed. */
  random?: () => number;
}

/** The options with every default filled in. */
export type Settings = Required<Omit<EmulatorOptions, "random" | "webhook">> &
  Pick<EmulatorOptions, "random"> & { webhook: WebhookSettings; media: EmulatedMedia };

export function settingsOf(options: EmulatorOptions): Settings {
  return {
    dialect: options.dialect ?? "sdk",
    apiKey: options.apiKey ?? "emulator-key",
    session: options.session ?? "sess_e0a1b2c3",
    phoneNumber: options.phoneNumber ?? "+14155550100",
    numbers: options.numbers ?? "auto",
    acks: options.acks ?? "auto",
    statusWords: options.statusWords ?? "engine",
    stepMs: options.stepMs ?? 25,
    qrMs: options.qrMs ?? 20_000,
    webhook: webhookSettingsOf(options.webhook),
    media: new EmulatedMedia(),
    now: options.now ?? (() => Date.now()),
    random: options.random,
  };
}
