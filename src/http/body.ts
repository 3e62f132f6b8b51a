import { Content } from "../contract/content.js";

/** How far a request has been handed to the network. */
export interface UploadProgress {
  /** Bytes of the request's body that the connection has taken. */
  loaded: number;
  /** All bytes of it. A file is a third larger there than on disk. */
  total: number;
}

/** A body that is made while it is written. */
export interface StreamedBody {
  readonly byteLength: number;
  /** All of it, from the start each time. A piece that is a text is ASCII: base64 need not become bytes first. */
  pieces(): Iterable<Uint8Array | string | Promise<Uint8Array | string>>;
  readonly onProgress: ((progress: UploadProgress) => void) | undefined;
}

/** What a transport is given to send. */
export type RequestBody = string | StreamedBody | undefined;

const encoder = new TextEncoder();

/** A body as JSON: one text, or piece by piece when a file is in it or somebody wants to watch. */
export function jsonBody(body: unknown, onProgress?: (progress: UploadProgress) => void): RequestBody {
  if (body === undefined) return undefined;
  const content = (body as { data?: unknown } | null)?.data;
  if (content instanceof Content) {
    const { data: _, ...rest } = body as { data: Content };
    const start = encoder.encode(`${JSON.stringify(rest).slice(0, -1)},"data":"`);
    const end = encoder.encode('"}');
    return streamed(start.length + content.base64Length + end.length, onProgress, function* () {
      yield start;
      yield* content.pieces();
      yield end;
    });
  }
  const text = JSON.stringify(body);
  if (onProgress === undefined) return text;
  const bytes = encoder.encode(text);
  return streamed(bytes.length, onProgress, () => [bytes]);
}

/** A watcher that throws must not break a send. */
function streamed(
  byteLength: number,
  watch: ((progress: UploadProgress) => void) | undefined,
  pieces: StreamedBody["pieces"],
): StreamedBody {
  const onProgress = (progress: UploadProgress) => {
    try {
      watch?.(progress);
    } catch {
      // It was only watching.
    }
  };
  return { byteLength, pieces, onProgress: watch && onProgress };
}

/**
 * A body in one piece, for those who cannot send it otherwise. A Blob: what is put into it lies outside the heap, and
 * `fetch` reads it without a copy of the whole.
 */
export async function wholeBody(body: RequestBody): Promise<string | Blob | undefined> {
  if (body === undefined || typeof body === "string") return body;
  const parts: Blob[] = [];
  // One by one, so that no piece is kept beside its copy.
  for (const piece of body.pieces())
    parts.push(new Blob([(await piece) as string | Uint8Array<ArrayBuffer>]));
  return new Blob(parts);
}
