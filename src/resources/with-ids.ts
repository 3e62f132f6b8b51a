/**
 * A call's input: its parameters, the ids that stand before them, and defaults for what is left out or `undefined`. What
 * cannot be read here is handed on, so that the call rejects: a method never throws.
 */
export function withIds(params: object, ids: object, defaults: object = {}): object {
  try {
    const input: Record<string, unknown> = { ...params, ...ids };
    for (const [name, value] of Object.entries(defaults)) if (input[name] === undefined) input[name] = value;
    return input;
  } catch {
    return params;
  }
}
