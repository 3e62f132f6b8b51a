import type * as z from "zod/mini";
import type * as fields from "./fields.js";

/**
 * When a failed call may be repeated. `always`: repeating does no harm. `unsent-only`: only when it provably did not go
 * out; a person would see it twice.
 */
export type RetryClass = "always" | "unsent-only";

/** Who attests an operation: the vendor's old client, its documentation, both, or one of them doubtfully. */
export type OperationSource = "sdk" | "docs" | "both" | "unproven";

/** A value in a query; a list is sent in the bracket form `tags[]=a&tags[]=b`. */
export type QueryValue =
  | string
  | number
  | boolean
  | readonly (string | number | boolean)[]
  | null
  | undefined;

/** What a list operation reads from one answer. */
export interface PageContent<Item> {
  items: Item[];
  /** The server's own word on whether there is more; `undefined` when it says nothing. */
  hasMore: boolean | undefined;
}

/**
 * Fields of a query or body, by their wire names. What builds them is handed in, and loaded by the first call: schemas
 * take as long to load as all the rest of the client.
 */
export type Fields = (build: typeof fields) => Readonly<Record<string, z.ZodMiniType>>;

/** Values that an operation's fields were checked into. */
export type Values = Readonly<Record<string, unknown>>;

/** A rule over several fields; gives the name of the field that is wrong and what would be right. */
export type Rule = (values: Values) => { path: string; message: string } | undefined;

/** One endpoint of the wire, and all that the SDK knows about it. */
export interface Operation<Reply = unknown> {
  /** As a user calls it: `messages.sendText`. */
  readonly id: string;
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** With the names of its parameters: `/{session}/groups/{groupId}`. */
  readonly path: string;
  readonly retry: RetryClass;
  readonly source: OperationSource;
  /** The documentation page below `https://wasend.dev`, where there is one. */
  readonly page?: string;
  readonly query?: Fields;
  /** Writes checked query values as the wire wants them, where that is not one to one. */
  readonly toQuery?: (values: Values) => Record<string, QueryValue>;
  readonly body?: Fields;
  readonly rules?: readonly Rule[];
  /** What an answer should hold, for the error that says it does not. */
  readonly expects: string;
  /** Reads an answer's JSON (`undefined` for none) into the public type; `undefined` when it cannot be that. */
  readonly reply: (json: unknown) => Reply | undefined;
}

/** An operation that answers with a list. */
export type ListOperation<Item> = Operation<PageContent<Item>> & {
  /** Whether it takes `limit` and `offset`. */
  readonly isPaged?: boolean;
  /** What the server gives at most, whatever was asked for. */
  readonly longestPage?: number;
};

/** Declares an operation; the type of its reply follows from how it is read. */
export function operation<Reply>(definition: Operation<Reply>): Operation<Reply> {
  return definition;
}

/** Declares an operation that answers with a list. */
export function listOperation<Item>(definition: ListOperation<Item>): ListOperation<Item> {
  return definition;
}
