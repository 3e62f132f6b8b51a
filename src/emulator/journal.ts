/** One request as the emulator got it. */
export interface LoggedRequest {
  method: string;
  /** As sent, still percent-encoded, without the query. */
  path: string;
  /** Decoded; a key that came more than once has a list. */
  query: Record<string, string | string[]>;
  /** Lower-case names, without `authorization`. */
  headers: Record<string, string>;
  /** The parsed JSON body. */
  body: unknown;
  /** The status answered; null until then, and when the connection died before. */
  status: number | null;
}

/** Something in a request that no published source attests. */
export interface Problem {
  method: string;
  path: string;
  problem: string;
}

/** What was asked, and what was odd about it. */
export class Journal {
  readonly requests: LoggedRequest[] = [];
  readonly problems: Problem[] = [];

  open(
    method: string,
    path: string,
    search: URLSearchParams,
    headers: Record<string, string>,
  ): LoggedRequest {
    const { authorization: _, ...shown } = headers;
    const keys = [...new Set(search.keys())];
    const query = Object.fromEntries(
      keys.map((key): [string, string | string[]] => {
        const all = search.getAll(key);
        return [key, all.length === 1 ? (all[0] ?? "") : all];
      }),
    );
    const entry: LoggedRequest = { method, path, query, headers: shown, body: undefined, status: null };
    this.requests.push(entry);
    return entry;
  }

  clear(): void {
    this.requests.length = 0;
    this.problems.length = 0;
  }
}
