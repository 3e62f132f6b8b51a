import { Wasend, type WasendOptions } from "@wasend/sdk";

export type TransportName = "node" | "fetch";

export const TRANSPORTS: readonly TransportName[] = ["node", "fetch"];

/** A client of a server on this machine. */
export function clientOf(url: string, transport: TransportName, options: WasendOptions = {}): Wasend {
  return new Wasend({
    apiKey: "key_of_the_tests",
    baseUrl: url,
    session: "sess_1",
    logLevel: "off",
    ...(transport === "fetch" && { fetch: (input, init) => globalThis.fetch(input, init) }),
    ...options,
  });
}

/** One call of each kind: a person sees the first; the others may be repeated. */
export const CALLS = {
  send: (wasend: Wasend) => wasend.messages.sendText({ to: "+14155550123", text: "Hello" }),
  read: (wasend: Wasend) => wasend.numbers.get("sess_1"),
  delete: (wasend: Wasend) => wasend.numbers.delete("sess_1"),
} as const;

export type CallName = keyof typeof CALLS;

/** What a promise rejects with; fails when it does not. */
export async function failureOf(promise: Promise<unknown>): Promise<Error & Record<string, unknown>> {
  const failed = await promise.then(
    () => undefined,
    (error) => error,
  );
  if (failed === undefined) throw new Error("the call succeeded");
  return failed;
}

/** Waits until something is so, for at most four seconds. */
export async function until(condition: () => boolean): Promise<void> {
  const end = performance.now() + 4_000;
  while (!condition()) {
    if (performance.now() > end) throw new Error("it never came to that");
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

/** When the requests of a number came, from the first on. */
export function timesOf(seen: readonly { at: number; body: string }[], session = "sess_1"): number[] {
  const own = seen.filter(({ body }) => body.includes(session));
  return own.map(({ at }) => at - own[0]!.at);
}

/** The most requests within any stretch of so many milliseconds. */
export function most(at: readonly number[], ms: number): number {
  return Math.max(...at.map((start) => at.filter((time) => time >= start && time < start + ms).length));
}
