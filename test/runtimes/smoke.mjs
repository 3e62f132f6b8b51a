// What every runtime must be able to do with the installed package. Plain JavaScript: no test runner runs everywhere.

/**
 * @param {typeof import("@wasend/sdk")} sdk
 * @param {typeof import("@wasend/sdk/webhooks")} webhooks
 * @param {{ baseUrl: string, apiKey: string, session: string, closingUrl: string, deadUrl: string }} at
 */
export async function smoke(sdk, webhooks, at) {
  const { Wasend, isWasendError } = sdk;
  const wasend = new Wasend({ apiKey: at.apiKey, baseUrl: at.baseUrl, session: at.session });
  const to = "+14155550123";
  const results = {};

  const sent = await wasend.messages.sendText({ to, text: "from a runtime" }).withResponse();
  results.sent = { hasId: sent.data.id.length > 0, status: sent.response.status, attempts: sent.attempts };

  results.listed = [];
  for await (const chat of wasend.chats.list({ limit: 1 })) results.listed.push(chat.id);

  const refused = await wasend.numbers.get("sess_nobody").catch((error) => error);
  results.error = { name: refused.name, outcome: refused.outcome, ours: isWasendError(refused) };

  const invalid = await wasend.messages.sendText({ to: "14155550123", text: "x" }).catch((error) => error);
  results.invalid = { name: invalid.name, field: invalid.issues[0].path };

  const controller = new AbortController();
  const aborting = wasend.messages.sendText({ to, text: "never" }, { signal: controller.signal });
  controller.abort(new Error("enough"));
  const aborted = await aborting.catch((error) => error);
  results.aborted = { name: aborted.name, cause: aborted.cause?.message };

  const dead = new Wasend({ apiKey: "k", baseUrl: at.deadUrl, session: "s", maxRetries: 0 });
  const lost = await dead.messages.sendText({ to, text: "nobody listens" }).catch((error) => error);
  results.dead = { name: lost.name, outcome: lost.outcome };

  // What a runtime's own time-out looks like differs: here it becomes the cause of an error.
  const never = (_url, { signal }) =>
    new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
  const waiting = new Wasend({ apiKey: "k", session: "s", fetch: never, timeout: 50 });
  const late = await waiting.messages.sendText({ to, text: "late" }).catch((error) => error);
  results.late = { name: late.name, outcome: late.outcome, cause: late.cause?.name };

  // This server answers the first request of a connection, reads the next one, and closes.
  const closing = new Wasend({ apiKey: "k", baseUrl: at.closingUrl, session: "s", maxRetries: 2 });
  results.outcomes = [];
  for (let message = 0; message < 10; message += 1) {
    const outcome = await closing.messages.sendText({ to, text: `closing-${message}` }).then(
      () => "sent",
      (error) => error.outcome,
    );
    results.outcomes.push(outcome);
  }
  results.webhooks = await receive(sdk, webhooks);
  return results;
}

/**
 * @param {typeof import("@wasend/sdk")} sdk
 * @param {typeof import("@wasend/sdk/webhooks")} webhooks
 */
async function receive(
  { WasendError },
  { WebhookReceiver, WebhookSignatureError, schemes, signWebhook, verifyWebhook },
) {
  const secret = "my-secret-key";
  // The engine's published vector.
  const vector = {
    body: '{"event":"message","session":"default","engine":"WEBJS"}',
    headers: {
      "x-webhook-hmac":
        "208f8a55dde9e05519e898b10b89bf0d0b3b0fdf11fdbf09b6b90476301b98d8097c462b2b17a6ce93b6b47a136cf2e78a33a63f6752c2c1631777076153fa89",
    },
  };
  await verifyWebhook(vector, { secret });

  const receiver = new WebhookReceiver({ secret, logger: { error() {}, warn() {}, info() {}, debug() {} } });
  receiver.onError(() => {});
  let handled = 0;
  receiver.on("session.status", () => {
    handled += 1;
  });
  const body = JSON.stringify({
    id: "evt_1",
    timestamp: Date.now(),
    event: "session.status",
    session: "default",
    payload: { name: "default", status: "WORKING" },
  });
  const deliver = async (text, scheme) => {
    const headers = await signWebhook(body, { secret, ...(scheme && { scheme }) });
    const request = new Request("https://shop.example/hook", { method: "POST", headers, body: text });
    return (await receiver.handle(request)).status;
  };
  const statuses = [await deliver(body), await deliver(body), await deliver(`${body} `)];
  const forged = await verifyWebhook({ ...vector, body: `${vector.body} ` }, { secret }).catch(
    (error) => error,
  );
  const standard = schemes.standardWebhooks();
  const signed = await signWebhook(body, {
    secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
    scheme: standard,
  });
  await verifyWebhook(
    { body, headers: signed },
    { secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", scheme: standard },
  );
  return {
    statuses,
    handled,
    forged: forged.reason,
    oneClass: forged instanceof WasendError && forged instanceof WebhookSignatureError,
  };
}
