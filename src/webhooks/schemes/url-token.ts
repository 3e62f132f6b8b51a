import { hmac } from "#crypto";
import { WebhookSignatureError } from "../../errors/webhook-errors.js";
import { isAmong, refuseMalformed } from "./mac.js";
import { malformed, requireSecrets, type WebhookScheme } from "./scheme.js";

const LABEL = "wasend webhook url token v1";
const PARAMETER = "token";

/** Options of the address token. */
export interface UrlTokenOptions {
  /** The query parameter that carries the token. Default `"token"`. */
  parameter?: string;
}

const tokenOf = (secret: string) => hmac("sha256", secret, "hex", LABEL);

function create(options: UrlTokenOptions = {}): WebhookScheme {
  const { parameter = PARAMETER } = options;
  return {
    name: "urlToken",

    async verify(delivery, context) {
      const secrets = requireSecrets(context);
      const tokens = queryOf(delivery.url).getAll(parameter);
      if (tokens.length === 0) {
        throw new WebhookSignatureError(
          `The delivery's url has no "${parameter}": register the address that schemes.urlToken.url() makes.`,
          "missing_header",
        );
      }
      if (tokens.length > 1) throw malformed("address has several tokens");
      let matches = false;
      for (const secret of secrets) matches = isAmong(await tokenOf(secret), tokens) || matches;
      return matches || refuseMalformed(tokens, "sha256", "hex");
    },

    sign() {
      return {};
    },
  };
}

/** The address to register for a number, with its token. Throws a `TypeError` when `webhookUrl` is no absolute URL. */
async function url(webhookUrl: string | URL, secret: string, options: UrlTokenOptions = {}): Promise<string> {
  const address = new URL(webhookUrl);
  const { parameter = PARAMETER } = options;
  requireSecrets({ secrets: [secret], secret, now: 0 });
  address.searchParams.set(parameter, await tokenOf(secret));
  return address.href;
}

/**
 * A token in the webhook's address: works even if the sender never signs. The token is an HMAC of a fixed label, so an
 * access log that shows it does not show the secret. It proves who sends, not what: prefer a signature where there is one.
 */
export const urlToken: {
  /** The scheme. */
  (options?: UrlTokenOptions): WebhookScheme;
  /** The address to register for a number (`numbers.create({ webhookUrl })`), with its token. */
  url(webhookUrl: string | URL, secret: string, options?: UrlTokenOptions): Promise<string>;
} = Object.assign(create, { url });

/** Nothing of an address but its query matters here, so a path, a whole URL and garbage are all cut the same way. */
function queryOf(address: string | undefined): URLSearchParams {
  const query = (address ?? "").split("#", 1)[0]!;
  const start = query.indexOf("?");
  return new URLSearchParams(start === -1 ? "" : query.slice(start));
}
