import { WebhookSignatureError } from "../errors/webhook-errors.js";
import { WebhookDelivery, type WebhookInput } from "./delivery.js";
import { codeOf } from "./error-codes.js";
import { schemes } from "./schemes/index.js";
import type { WebhookScheme } from "./schemes/scheme.js";

const MIB = 1_048_576;

/** How deliveries are proven genuine. */
export interface VerifyOptions {
  /** The secret, or several while one replaces the other: the newest first, any may have signed. */
  secret?: string | readonly string[];
  /** How it is proven. Default `schemes.auto()`. */
  scheme?: WebhookScheme;
  /** The largest body, in bytes. Default 1 MiB. */
  maxBytes?: number;
  /** The time, in milliseconds since 1970. Default `Date.now`. */
  clock?: () => number;
}

/** The options with their defaults; in one place for the verifier, the receiver and the signer. */
export class VerifySettings {
  readonly secrets: readonly string[];
  readonly scheme: WebhookScheme;
  readonly maxBytes: number;
  readonly clock: () => number;

  constructor({ secret, scheme = schemes.auto(), maxBytes = MIB, clock = Date.now }: VerifyOptions) {
    this.secrets = secret === undefined ? [] : typeof secret === "string" ? [secret] : secret;
    this.scheme = scheme;
    this.maxBytes = maxBytes;
    this.clock = clock;
  }

  context(): { secrets: readonly string[]; secret: string | undefined; now: number } {
    return { secrets: this.secrets, secret: this.secrets[0], now: this.clock() };
  }
}

/** Resolves for a genuine delivery, throws for every other. The one place where a scheme is asked. */
export async function verifyDelivery(delivery: WebhookDelivery, settings: VerifySettings): Promise<void> {
  const { scheme } = settings;
  let accepted: boolean;
  try {
    accepted = await scheme.verify(delivery, settings.context());
  } catch (cause) {
    if (codeOf(cause)?.startsWith("webhook_")) throw cause;
    throw new WebhookSignatureError(
      `The scheme "${scheme.name}" failed, so the delivery is refused.`,
      "scheme_failed",
      {
        cause,
      },
    );
  }
  if (accepted === true) return;
  throw new WebhookSignatureError(
    `The delivery's proof (scheme "${scheme.name}") fits no secret: it is forged, signed with another secret, or ` +
      "its body was changed (parsed and written again, say).",
    "mismatch",
  );
}

/**
 * Proves that a delivery is genuine, and does nothing else with it.
 *
 * @throws {@link WebhookSignatureError} when it is not; `reason` says why.
 *
 * @example
 * ```ts
 * await verifyWebhook({ body: await request.text(), headers: request.headers, url: request.url }, { secret });
 * ```
 */
export async function verifyWebhook(input: WebhookInput, options: VerifyOptions = {}): Promise<void> {
  const settings = new VerifySettings(options);
  await verifyDelivery(new WebhookDelivery(input, settings.maxBytes), settings);
}
