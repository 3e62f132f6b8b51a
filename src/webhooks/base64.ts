/** The bytes of a base64 text with or without padding; `undefined` unless it is the canonical spelling. */
export function fromBase64(text: string): Uint8Array | undefined {
  const bare = text.replace(/={1,2}$/, "");
  try {
    const binary = atob(bare);
    if (btoa(binary).replace(/={1,2}$/, "") !== bare) return undefined;
    return Uint8Array.from(binary, (char) => char.charCodeAt(0));
  } catch {
    return undefined;
  }
}
