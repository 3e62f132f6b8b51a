import { codeOf, reasonOf } from "./error-codes.js";

/** What to answer a delivery with, for frameworks without `Response`. */
export interface WebhookAnswer {
  /** The HTTP status. */
  status: number;
  /** The headers. */
  headers: Record<string, string>;
  /** The body: a short JSON text. */
  body: string;
}

/** An answer; `word` is for whoever reads the sender's log. */
export function answer(status: number, word: string, headers: Record<string, string> = {}): WebhookAnswer {
  return {
    status,
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(status < 300 ? { ok: true, result: word } : { ok: false, error: word }),
  };
}

/** The answer to a delivery that never reached a handler. */
export function refusal(error: unknown): WebhookAnswer {
  if (codeOf(error) === "webhook_payload_error") return answer(400, "payload");
  const reason = reasonOf(error);
  if (reason === undefined) return answer(500, "receiver");
  if (reason === "too_large") return answer(413, reason);
  // A lost body is a mistake of this server, not of the sender.
  return answer(reason === "parsed_body" ? 500 : 401, reason);
}

/** An answer as the web knows it. */
export function toResponse({ status, headers, body }: WebhookAnswer): Response {
  return new Response(body, { status, headers });
}
