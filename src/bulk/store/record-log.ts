/** What records add up to. */
export interface RecordState<T extends object> {
  /** Begins anew, with what the log's first record says. */
  reset(header: LogHeader): void;
  apply(record: T): void;
}

/** The first record of a log. */
export interface LogHeader {
  /** What the log is of. */
  wasend: string;
  version: 1;
  /** Drawn once, for hashes that another log's cannot be compared with. */
  salt: string;
  /** Another one whenever the log is replaced. */
  id: string;
}

/** Where a store keeps its records. The state is made by the records alone, in their order. */
export interface RecordLog<T extends object> {
  /** Brings the state up to date with what other processes added. Gives a promise only when there is something to do. */
  refresh(): Promise<void> | undefined;
  /**
   * Adds the records that `make` gives for the state as it then is; nobody else adds any in between. They are safe and
   * applied when it resolves. A log that is new gets its header, also when there are none.
   */
  add(make: () => readonly T[], options?: { durable?: boolean }): Promise<void>;
  /** Puts the records that `make` gives in the place of all there are. */
  replace(make: () => Iterable<T>): Promise<void>;
}

/** A log that is its state, and ends with the process. */
export function memoryLog<T extends object>(wasend: string, state: RecordState<T>): RecordLog<T> {
  const header = newHeader(wasend);
  state.reset(header);
  return {
    refresh: () => undefined,
    async add(make) {
      for (const record of make()) state.apply(record);
    },
    async replace(make) {
      const records = [...make()];
      state.reset(header);
      for (const record of records) state.apply(record);
    },
  };
}

export function newHeader(wasend: string, salt: string = crypto.randomUUID()): LogHeader {
  return { wasend, version: 1, salt, id: crypto.randomUUID() };
}
