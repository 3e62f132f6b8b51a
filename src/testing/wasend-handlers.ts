import { HttpResponse, http, type RequestHandler } from "msw";

/** The part of an emulator that the handlers use: `createEmulator()` of `@wasend/sdk/emulator` has it. */
export interface EmulatedApi {
  /** Answers a request. */
  fetch(input: Request): Promise<Response>;
}

/** For {@link wasendHandlers}. */
export interface WasendHandlersOptions {
  /** The address that the code under test calls. Default: `https://api.wasend.dev`. */
  baseUrl?: string | undefined;
}

/**
 * msw handlers that answer as an emulator does, for tests of code that makes its own client. What the emulator holds, its
 * inboxes and its faults, is there to be looked at and set.
 *
 * Needs msw 2 in your project.
 *
 * @example
 * ```ts no-run
 * import { createEmulator } from "@wasend/sdk/emulator";
 * import { wasendHandlers } from "@wasend/sdk/testing";
 * import { setupServer } from "msw/node";
 *
 * const emulator = createEmulator();
 * const server = setupServer(...wasendHandlers(emulator));
 * server.listen({ onUnhandledRequest: "error" });
 * ```
 */
export function wasendHandlers(emulator: EmulatedApi, options: WasendHandlersOptions = {}): RequestHandler[] {
  const baseUrl = (options.baseUrl ?? "https://api.wasend.dev").replace(/\/+$/, "");
  const answer = async ({ request }: { request: Request }): Promise<Response> => {
    try {
      return await emulator.fetch(request);
    } catch {
      // How msw says that the connection broke.
      return HttpResponse.error();
    }
  };
  return [http.all(`${baseUrl}/*`, answer)];
}
