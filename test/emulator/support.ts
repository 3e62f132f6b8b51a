import { createEmulator, type EmulatorOptions } from "@wasend/sdk/emulator";

/** A hand-made client: the tests speak HTTP and nothing else. */
export function world(options: EmulatorOptions = {}) {
  const emulator = createEmulator({ stepMs: 5, ...options });
  const ask = caller(emulator.fetch, "https://api.wasend.dev", emulator.apiKey);
  return { emulator, ask, session: emulator.session };
}

export function caller(fetcher: typeof fetch, base: string, apiKey: string) {
  return async (method: string, path: string, body?: unknown, init: RequestInit = {}) => {
    const response = await fetcher(base + path, {
      method,
      headers: {
        authorization: `Bearer ${apiKey}`,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
      ...init,
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, body: read(text) };
  };
}

// biome-ignore lint/suspicious/noExplicitAny: tests read replies of every shape
function read(text: string): any {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Asks until the condition holds, for at most two seconds. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + 2_000;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error("the condition never held");
    await new Promise((resolve) => setTimeout(resolve, 3));
  }
}
