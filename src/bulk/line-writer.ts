import type { FileHandle } from "node:fs/promises";

interface Line {
  text: string;
  durable: boolean;
  written: () => void;
  failed: (error: unknown) => void;
}

/** Adds lines to a file. Those that come while it writes go out together, with one `fdatasync` for all. */
export class LineWriter {
  readonly #file: FileHandle;
  readonly #check: () => Promise<void>;
  #lines: Line[] = [];
  #writing: Promise<void> | undefined;
  #failure: { error: unknown } | undefined;

  /** `check` throws when the file is no longer ours to write to. */
  constructor(file: FileHandle, check: () => Promise<void>) {
    this.#file = file;
    this.#check = check;
  }

  append(record: object, durable: boolean): Promise<void> {
    return new Promise((written, failed) => {
      this.#lines.push({ text: `${JSON.stringify(record)}\n`, durable, written, failed });
      this.#writing ??= this.#write();
    });
  }

  async #write(): Promise<void> {
    // Those who were let go on together ask again together.
    await undefined;
    while (this.#lines.length > 0) {
      const lines = this.#lines;
      this.#lines = [];
      try {
        // After half a line nothing may follow: it would be taken for its end.
        if (this.#failure !== undefined) throw this.#failure.error;
        await this.#check();
        await this.#file.appendFile(lines.map(({ text }) => text).join(""));
        if (lines.some(({ durable }) => durable)) await this.#file.datasync();
        for (const { written } of lines) written();
      } catch (error) {
        this.#failure ??= { error };
        for (const { failed } of lines) failed(error);
      }
    }
    // In the same turn as the last look at the lines: whoever adds one from now on starts anew.
    this.#writing = undefined;
  }

  async close(): Promise<void> {
    await this.#writing;
    try {
      if (this.#failure === undefined) await this.#file.datasync();
    } finally {
      await this.#file.close();
    }
  }
}
