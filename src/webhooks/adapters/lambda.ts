import { fromBase64 } from "../base64.js";
import type { WebhookInput } from "../delivery.js";
import { bodyNotRaw } from "../raw-body.js";
import type { WebhookReceiver } from "../receiver.js";

/** The part of an API Gateway v2 or function URL event that is read here. */
export interface LambdaRequest {
  readonly rawPath?: string;
  readonly rawQueryString?: string;
  readonly headers?: { readonly [name: string]: string | undefined };
  readonly body?: string | null;
  readonly isBase64Encoded?: boolean;
  readonly requestContext: { readonly http: { readonly method: string } };
}

/** The answer, as API Gateway v2 and function URLs take it. */
export interface LambdaResult {
  statusCode: number;
  headers: Record<string, string>;
  body: string;
}

/** A Lambda handler. Never rejects. */
export type LambdaHandler = (event: LambdaRequest) => Promise<LambdaResult>;

/**
 * A handler for AWS Lambda behind API Gateway (payload format 2.0) or a function URL.
 *
 * With `acknowledge: "first"` it still returns only after the handlers: Lambda freezes what runs after the answer.
 *
 * @example
 * ```ts
 * import { lambdaHandler } from "@wasend/sdk/lambda";
 *
 * export const handler = lambdaHandler(receiver);
 * ```
 */
export function lambdaHandler(receiver: WebhookReceiver): LambdaHandler {
  return async (event) => {
    const after: Promise<unknown>[] = [];
    const method = event?.requestContext?.http?.method;
    const answer = await receiver.receive(
      { method, read: () => readEvent(event) },
      { waitUntil: (promise) => void after.push(promise) },
    );
    await Promise.all(after);
    return { statusCode: answer.status, headers: answer.headers, body: answer.body };
  };
}

function readEvent({
  body,
  isBase64Encoded,
  headers = {},
  rawPath = "/",
  rawQueryString = "",
}: LambdaRequest): WebhookInput {
  if (typeof body === "object" && body !== null) throw bodyNotRaw("parsed to an object");
  const raw = isBase64Encoded === true ? (fromBase64(body ?? "") ?? "") : (body ?? "");
  return { body: raw, headers, url: `${rawPath}?${rawQueryString}` };
}
