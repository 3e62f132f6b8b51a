/**
 * The ways in which a character may come back from a server that echoes what it was sent: as it is, or escaped for JSON
 * (once or more), an address, a form or HTML. Longest first, so that an escape is taken whole.
 */
export function writingsOf(character: string): readonly string[] {
  let found = known.get(character);
  if (found === undefined) {
    found = /^[a-z0-9]$/i.test(character) ? [character] : escapesOf(character);
    if (known.size < MOST_KNOWN) known.set(character, found);
  }
  return found;
}

/** The same characters come again and again; there are more of them than anyone needs to remember. */
const known = new Map<string, readonly string[]>();
const MOST_KNOWN = 1_000;

const HTML: Readonly<Record<string, readonly string[]>> = {
  "&": ["&amp;"],
  "<": ["&lt;"],
  ">": ["&gt;"],
  '"': ["&quot;"],
  "'": ["&apos;"],
};

function escapesOf(character: string): string[] {
  const json = JSON.stringify(character).slice(1, -1);
  const twice = JSON.stringify(json).slice(1, -1);
  const units = character.split("").map((unit) => unit.charCodeAt(0).toString(16).padStart(4, "0"));
  const point = character.codePointAt(0) ?? 0;
  const percent = [...new TextEncoder().encode(character)].map((byte) => byte.toString(16).padStart(2, "0"));
  const hex = point.toString(16);
  const all = [
    character,
    json,
    twice,
    JSON.stringify(twice).slice(1, -1),
    ...["\\u", "\\\\u"].flatMap((prefix) => bothCases(units, prefix)),
    ...bothCases(percent, "%"),
    `&#${point};`,
    `&#x${hex};`,
    `&#x${hex.toUpperCase()};`,
    `\\${character}`,
    ...(HTML[character] ?? []),
    // Half a surrogate pair cannot be sent as UTF-8.
    ...(/^\p{Surrogate}$/u.test(character) ? ["\ufffd"] : []),
  ];
  return [...new Set(all)].sort((a, b) => b.length - a.length);
}

function bothCases(codes: readonly string[], prefix: string): string[] {
  return [codes, codes.map((code) => code.toUpperCase())].map((list) =>
    list.map((code) => prefix + code).join(""),
  );
}
