import type { QueryValue } from "../contract/operation.js";

/** Writes a query as the vendor's own client does; `""` when there is nothing to write. */
export function encodeQuery(query: Readonly<Record<string, QueryValue>>): string {
  const pairs: string[] = [];
  for (const [key, value] of Object.entries(query)) {
    if (value === null || value === undefined) continue;
    if (typeof value === "object") for (const item of value) pairs.push(`${encode(key)}[]=${encode(item)}`);
    else pairs.push(`${encode(key)}=${encode(value)}`);
  }
  return pairs.length === 0 ? "" : `?${pairs.join("&")}`;
}

const LITERAL: Readonly<Record<string, string>> = {
  "%20": "+",
  "%3A": ":",
  "%2C": ",",
  "%24": "$",
  "%5B": "[",
  "%5D": "]",
};

function encode(value: string | number | boolean): string {
  const text = String(value).replace(/\p{Surrogate}/gu, "\ufffd");
  return encodeURIComponent(text).replace(/%(?:20|3A|2C|24|5B|5D)/g, (code) => LITERAL[code] as string);
}
