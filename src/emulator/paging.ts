/** Sorts by a key, ascending unless told otherwise; equal items keep their order. */
export function sorted<T>(items: T[], key: (item: T) => string | number, order: string | undefined): T[] {
  const sign = order === "desc" ? -1 : 1;
  return items.toSorted((a, b) => {
    const [left, right] = [key(a), key(b)];
    return left === right ? 0 : sign * (left < right ? -1 : 1);
  });
}

export function page<T>(
  items: T[],
  query: { limit?: number; offset?: number },
  defaultLimit = items.length,
): T[] {
  const from = query.offset ?? 0;
  return items.slice(from, from + (query.limit ?? defaultLimit));
}
