interface Shared {
  calls: Set<() => void>;
  tell: () => void;
}

const shared = new WeakMap<AbortSignal, Shared>();

/**
 * Hears of an abort through one listener per signal, however many calls share it: Node warns of a leak at the eleventh.
 * The returned function ends it; the last one to end takes the listener off, since a signal may outlive all calls.
 */
export function onAbort(signal: AbortSignal, call: () => void): () => void {
  const { calls, tell } = shared.get(signal) ?? share(signal);
  calls.add(call);
  return () => {
    if (!calls.delete(call) || calls.size > 0) return;
    signal.removeEventListener("abort", tell);
    shared.delete(signal);
  };
}

function share(signal: AbortSignal): Shared {
  const calls = new Set<() => void>();
  const tell = () => {
    for (const call of [...calls]) call();
  };
  signal.addEventListener("abort", tell);
  shared.set(signal, { calls, tell });
  return { calls, tell };
}
