import type { RequestBody } from "./body.js";

/** One request, ready to leave. */
export interface TransportRequest {
  method: string;
  /** Absolute, encoded. */
  url: string;
  /** Lower-case names. */
  headers: Record<string, string>;
  body: RequestBody;
  /** Ends this attempt: time-out, deadline or the caller's abort. */
  cancellation: Cancellation;
  /** Whether a repeat would do no harm; if not, a transport only takes a connection that it has reason to trust. */
  repeatable: boolean;
}

/** The off switch of one attempt: what an `AbortSignal` would be, at a tenth of its price. */
export class Cancellation {
  isCancelled = false;
  #listener: (() => void) | undefined;

  /** Only a transport listens, and only one. */
  listen(listener: () => void): void {
    this.#listener = listener;
  }

  cancel(): void {
    this.isCancelled = true;
    this.#listener?.();
  }
}

/** A complete answer: its body has been read to the end. */
export interface TransportResponse {
  status: number;
  /** Lower-case names. */
  headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  body: Uint8Array;
}

/** Sends one request once, and reads the whole answer. Rejects with {@link TransportFailure} and nothing else. */
export type Transport = (request: TransportRequest) => Promise<TransportResponse>;

/** No complete answer came. */
export class TransportFailure extends Error {
  /** Whether the request may have reached the server. `false` needs proof: no connection was ever made. */
  readonly handed: boolean;
  /** The status line, if one had arrived before the answer was lost. */
  readonly status: number | undefined;

  constructor(init: { handed: boolean; status?: number | undefined; cause: unknown }) {
    super("no complete answer", { cause: init.cause });
    this.handed = init.handed;
    this.status = init.status;
  }
}
