/** For calls in which a WhatsApp number acts. */
export interface SessionParams {
  /** The id of the number that acts. Default: the client's `session`. */
  session?: string | undefined;
}

/** For lists that come in pages. */
export interface PageParams {
  /** How many items to ask for. Default: the server's own. */
  limit?: number | undefined;
  /** How many items to skip. Default: 0. */
  offset?: number | undefined;
}

/** For lists that can be put in order. */
export interface SortParams<Key extends string> {
  /** What to sort by; other keys are passed on. */
  sortBy?: Key | (string & {}) | undefined;
  sortOrder?: "asc" | "desc" | undefined;
}

/** For pictures, which the server keeps for a day. */
export interface RefreshParams extends SessionParams {
  /** Whether to ask WhatsApp anew. Default: false. */
  refresh?: boolean | undefined;
}
