/** Bytes that can be read in any order, from memory or from somewhere slower. */
export interface ByteSource {
  /** How many bytes there are. */
  readonly size: number;
  /** The bytes from `start` up to `end`, fewer at the end of the source. */
  read(start: number, end: number): Uint8Array | Promise<Uint8Array>;
  /** The type that the source itself claims: a Blob has one. */
  readonly type?: string;
  /** The name that the source itself carries: a File has one. */
  readonly name?: string;
}

/** Bytes in memory; they are not copied. */
export function bytesSource(data: Uint8Array | ArrayBuffer): ByteSource {
  const bytes = data instanceof Uint8Array ? data : new Uint8Array(data);
  return { size: bytes.length, read: (start, end) => bytes.subarray(start, end) };
}

/** A Blob or File, read piece by piece. */
export function blobSource(blob: Blob): ByteSource {
  const { name } = blob as { name?: unknown };
  return {
    size: blob.size,
    type: blob.type,
    ...(typeof name === "string" && { name }),
    read: async (start, end) => new Uint8Array(await blob.slice(start, end).arrayBuffer()),
  };
}

/** Base64 that has been checked; only what is read is decoded. */
export function base64Source(base64: string): ByteSource {
  const padding = base64.endsWith("==") ? 2 : base64.endsWith("=") ? 1 : 0;
  return {
    size: (base64.length / 4) * 3 - padding,
    read(start, end) {
      const from = Math.floor(start / 3);
      const text = atob(base64.slice(from * 4, Math.ceil(end / 3) * 4));
      return Uint8Array.from(text, (char) => char.charCodeAt(0)).subarray(start - from * 3, end - from * 3);
    },
  };
}
