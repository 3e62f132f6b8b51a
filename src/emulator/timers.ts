/** Named timers that never keep a process alive. Setting a name again replaces its timer. */
export class Timers {
  readonly #running = new Map<string, ReturnType<typeof setTimeout>>();

  set(name: string, ms: number, run: () => void): void {
    this.cancel(name);
    const timer = setTimeout(() => {
      this.#running.delete(name);
      run();
    }, ms);
    // Node gives an object that can be unref'd, the edge a plain number.
    if (typeof timer === "object") timer.unref();
    this.#running.set(name, timer);
  }

  cancel(name: string): void {
    clearTimeout(this.#running.get(name));
    this.#running.delete(name);
  }

  clear(): void {
    for (const timer of this.#running.values()) clearTimeout(timer);
    this.#running.clear();
  }
}

/** Waits, and gives up with the signal's reason as soon as it is aborted. */
export function wait(ms: number, signal?: AbortSignal): Promise<void> {
  return waiting(ms, signal, false);
}

/** {@link wait}, without keeping the process alive. */
export function idle(ms: number, signal?: AbortSignal): Promise<void> {
  return waiting(ms, signal, true);
}

function waiting(ms: number, signal: AbortSignal | undefined, unref: boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const give = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", give);
      resolve();
    }, ms);
    if (unref && typeof timer === "object") timer.unref();
    signal?.addEventListener("abort", give, { once: true });
  });
}
