import { type CsvInput, type CsvOptions, type CsvRecipient, csv, ROW, type RowInfo } from "@wasend/sdk/csv";

/** What reading a file gave. */
export interface Read {
  ready: CsvRecipient[];
  rejects: (RowInfo & { to: string })[];
  rows: number;
}

export async function read(input: CsvInput, options?: CsvOptions): Promise<Read> {
  const result: Read = { ready: [], rejects: [], rows: 0 };
  for await (const recipient of csv(input, options)) {
    const info = (recipient as unknown as { [ROW]: RowInfo })[ROW];
    result.rows++;
    if (info.row !== result.rows) throw new Error(`row ${info.row} came as number ${result.rows}`);
    if (info.reject === undefined) result.ready.push(recipient);
    else result.rejects.push({ ...info, to: recipient.to });
  }
  return result;
}

/** Opens a stream of the bytes, so many at a time. */
export function streamOf(bytes: Uint8Array, size: number): () => ReadableStream<Uint8Array> {
  return () =>
    new ReadableStream({
      start(controller) {
        for (let at = 0; at < bytes.length; at += size) controller.enqueue(bytes.slice(at, at + size));
        controller.close();
      },
    });
}

export function latin1(text: string): Uint8Array {
  return Uint8Array.from(text, (sign) => sign.charCodeAt(0));
}
