import type { BodyOf, BodySpec } from "./fields.js";
import type { Json } from "./json.js";
import type { Dialect } from "./options.js";
import type { QueryOf, QuerySpec } from "./query.js";
import type { NumberRecord } from "./records.js";
import type { World } from "./world.js";

export type Method = "GET" | "POST" | "PUT" | "DELETE";

/** Both published bodies of a reply; `undefined` is an empty one. */
export type Reply = Record<Dialect, Json | undefined>;

/** Where the contract publishes one shape only. */
export const same = (body: Json | undefined): Reply => ({ sdk: body, docs: body });
/** Where the old SDK's types promise nothing and a page shows a body. */
export const docsOnly = (docs: Json): Reply => ({ sdk: undefined, docs });

type ParamsOf<P extends string> = P extends `${string}{${infer K}}${infer Rest}` ? K | ParamsOf<Rest> : never;

/** What a handler works with, already checked. */
export interface Call<
  P extends string = string,
  Q extends QuerySpec = QuerySpec,
  B extends BodySpec = BodySpec,
> {
  world: World;
  params: Record<ParamsOf<P>, string>;
  query: QueryOf<Q>;
  body: BodyOf<B>;
}
export interface NumberCall<
  P extends string = string,
  Q extends QuerySpec = QuerySpec,
  B extends BodySpec = BodySpec,
> extends Call<P, Q, B> {
  number: NumberRecord;
}

interface Described<P, Q, B> {
  /** Row of the wire contract. */
  row: string;
  method: Method;
  /** Path with `{names}` for its variable segments. */
  path: P;
  query?: Q;
  body?: B;
  /** Complaints that no single field can make. */
  demands?(body: B extends BodySpec ? BodyOf<B> : never): string[];
}

/** One method and path of the API, as the exchange sees it. */
export interface Route extends Omit<Described<string, QuerySpec, BodySpec>, "demands"> {
  demands?(body: Record<string, unknown>): string[];
  /** The call names a number, which must exist, or exist and be ready. */
  needs?: "number" | "ready";
  handle(call: unknown): Reply;
}

type None = Record<never, never>;

/** A route that concerns no single number. */
export function route<
  const P extends string,
  const Q extends QuerySpec = None,
  const B extends BodySpec = None,
>(spec: Described<P, Q, B> & { handle(call: Call<P, Q, B>): Reply }): Route {
  return spec as unknown as Route;
}

/** A route of one number: `{sessionId}` of the path, else `session` of the query or of the body, says which. */
export function numberRoute<
  const P extends string,
  const Q extends QuerySpec = None,
  const B extends BodySpec = None,
>(spec: Described<P, Q, B> & { needs: "number" | "ready"; handle(call: NumberCall<P, Q, B>): Reply }): Route {
  return spec as unknown as Route;
}
