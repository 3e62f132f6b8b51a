// What every runtime must be able to do with the installed package. Plain JavaScript: no test runner runs everywhere.

/**
 * @param {typeof import("@wasend/sdk")} sdk
 * @param {{ baseUrl: string, apiKey: string, session: string, closingUrl: string, deadUrl: string }} at
 */
export async function smoke(sdk, at) {
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
  return results;
}
