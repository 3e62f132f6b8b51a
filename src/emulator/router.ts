import { Refusal } from "./answers.js";
import type { Route } from "./route.js";
import { routes } from "./routes/index.js";

const isParam = (segment: string): boolean => segment.startsWith("{");

/** Words before variables, so that `/contacts/all` and `/{sessionId}/groups/count` win over `{…}`. */
function byWordsFirst(a: string[], b: string[]): number {
  for (let i = 0; i < a.length; i++) {
    const order = Number(isParam(a[i] ?? "")) - Number(isParam(b[i] ?? ""));
    if (order !== 0) return order;
  }
  return 0;
}

const table = routes
  .map((route) => ({ route, segments: route.path.split("/") }))
  .sort((a, b) => byWordsFirst(a.segments, b.segments));

/** The route of a raw path, with its segments not yet decoded. */
export function findRoute(
  method: string,
  path: string,
): { route: Route; raw: Record<string, string> } | undefined {
  const sent = path.split("/");
  for (const { route, segments } of table) {
    if (route.method !== method || segments.length !== sent.length) continue;
    const raw: Record<string, string> = {};
    const fits = segments.every((segment, i) => {
      const value = sent[i] ?? "";
      if (!isParam(segment)) return segment === value;
      raw[segment.slice(1, -1)] = value;
      return value !== "";
    });
    if (fits) return { route, raw };
  }
  return undefined;
}

export function decodeParams(raw: Record<string, string>): Record<string, string> {
  const decode = ([name, value]: [string, string]): [string, string] => {
    try {
      return [name, decodeURIComponent(value)];
    } catch {
      throw new Refusal(400, `Failed to decode param '${value}'`);
    }
  };
  return Object.fromEntries(Object.entries(raw).map(decode));
}
