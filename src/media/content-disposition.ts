/** The file name in a `Content-Disposition` header; the form of RFC 5987 is preferred, as RFC 6266 says. */
export function fileNameOf(header: string | undefined): string | undefined {
  if (header === undefined) return undefined;
  const parameters = parametersOf(header);
  return extended(parameters.get("filename*")) ?? plain(parameters.get("filename"));
}

function parametersOf(header: string): Map<string, string> {
  const found = new Map<string, string>();
  const parameter = /;\s*([\w!#$%&'*+.^`|~-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;]*))/g;
  for (const [, name = "", quoted, token = ""] of header.matchAll(parameter)) {
    const key = name.toLowerCase();
    if (!found.has(key)) found.set(key, quoted?.replace(/\\(.)/g, "$1") ?? token.trim());
  }
  return found;
}

/** `UTF-8'en'na%C3%AFve.txt` */
function extended(value: string | undefined): string | undefined {
  const [, charset = "", encoded = ""] = /^([\w-]+)'[^']*'(.*)$/.exec(value ?? "") ?? [];
  if (charset === "") return undefined;
  const bytes = Uint8Array.from(
    encoded.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    (char) => char.charCodeAt(0),
  );
  const isLatin = /^(?:iso-8859-1|windows-1252|us-ascii)$/i.test(charset);
  const name = decode(bytes, isLatin ? "windows-1252" : "utf-8");
  return name === "" ? undefined : name;
}

/** Headers arrive as one character for each byte, and many servers write UTF-8 there. */
function plain(value: string | undefined): string | undefined {
  if (value === undefined || value === "") return undefined;
  const bytes = Uint8Array.from(value, (char) => char.charCodeAt(0));
  const isBytes = [...value].every((char) => char.charCodeAt(0) < 256);
  return (isBytes ? decode(bytes, "utf-8") : undefined) ?? value;
}

function decode(bytes: Uint8Array, charset: string): string | undefined {
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
