/** Hands values from many writers to one reader; a writer waits while the reader is too far behind. */
export class Channel<T> {
  readonly #room: number;
  readonly #values: T[] = [];
  #ended = false;
  #error: { error: unknown } | undefined;
  #wakeReader: (() => void) | undefined;
  #wakeWriters: (() => void)[] = [];

  constructor(room: number) {
    this.#room = room;
  }

  /** Adds a value; to be awaited when it gives a promise. */
  push(value: T): Promise<void> | undefined {
    this.#values.push(value);
    this.#wakeReader?.();
    if (this.#ended || this.#values.length < this.#room) return undefined;
    return new Promise((resolve) => this.#wakeWriters.push(resolve));
  }

  /** No more values; nobody waits any longer. With an error the reader gets that, after the values. */
  end(failure?: { error: unknown }): void {
    this.#ended = true;
    this.#error ??= failure;
    this.#wakeReader?.();
    this.#letIn();
  }

  /** Writers wait no longer, for the reader has gone. */
  open(): void {
    this.#ended = true;
    this.#letIn();
  }

  /** What there is, as soon as there is something; `undefined` after the end. */
  async take(): Promise<T[] | undefined> {
    while (this.#values.length === 0) {
      if (this.#error !== undefined) throw this.#error.error;
      if (this.#ended) return undefined;
      await new Promise<void>((resolve) => {
        this.#wakeReader = resolve;
      });
    }
    // All in one go: a shift of each would move all the others.
    const taken = this.#values.splice(0);
    this.#letIn();
    return taken;
  }

  #letIn(): void {
    const waiting = this.#wakeWriters;
    this.#wakeWriters = [];
    for (const wake of waiting) wake();
  }
}
