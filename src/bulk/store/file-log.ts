import { statSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { ConfigurationError } from "../../errors/index.js";
import { openLines, writeLines } from "../file-lines.js";
import { FileLock } from "../file-lock.js";
import { type LogHeader, newHeader, type RecordLog, type RecordState } from "./record-log.js";

const PIECE = 1 << 22;
const LF = 0x0a;
const PATIENCE_MS = 15_000;

/**
 * A log in a file of JSON lines (mode 0600), for any number of processes: each adds under a lock, and reads what the
 * others added. A last line that a crash cut off is left out, and cut away by whoever adds next.
 */
export class FileLog<T extends object> implements RecordLog<T> {
  readonly #path: string;
  readonly #kind: string;
  readonly #state: RecordState<T>;
  /** The file as it was read last, and how far. */
  #file: { inode: number; size: number; changed: number } | undefined;
  #read = 0;
  #lines = 0;
  #header: LogHeader | undefined;
  /** What this process does with the file, one after the other. */
  #queue: Promise<unknown> = Promise.resolve();

  constructor(path: string, kind: string, state: RecordState<T>) {
    this.#path = path;
    this.#kind = kind;
    this.#state = state;
  }

  refresh(): Promise<void> | undefined {
    return this.#isCurrent() ? undefined : this.#inTurn(() => this.#catchUp());
  }

  add(make: () => readonly T[], { durable = true } = {}): Promise<void> {
    return this.#alone(async () => {
      const records: object[] = [...make()];
      if (this.#header === undefined) records.unshift(newHeader(this.#kind));
      if (records.length === 0) return;
      const file = await openLines(this.#path);
      try {
        await file.appendFile(records.map((record) => `${JSON.stringify(record)}\n`).join(""));
        if (durable) await file.datasync();
      } finally {
        await file.close();
      }
    });
  }

  replace(make: () => Iterable<T>): Promise<void> {
    return this.#alone(async () => {
      const records = [newHeader(this.#kind, this.#header?.salt), ...make()];
      await writeLines(
        this.#path,
        (async function* () {
          yield* records;
        })(),
      );
    });
  }

  #inTurn<R>(work: () => Promise<R>): Promise<R> {
    const done = this.#queue.then(work);
    this.#queue = done.catch(() => {});
    return done;
  }

  /** Runs work that changes the file, for which the state is up to date before and after. */
  #alone(work: () => Promise<void>): Promise<void> {
    return this.#inTurn(async () => {
      const lock = await takeLock(`${this.#path}.lock`);
      try {
        await this.#catchUp();
        await work();
        await this.#catchUp();
      } finally {
        await lock.release();
      }
    });
  }

  #isCurrent(): boolean {
    const found = statSync(this.#path, { throwIfNoEntry: false });
    if (found === undefined && this.#file !== undefined) {
      throw new ConfigurationError(`${this.#path} was taken away while in use. Restore it, and start anew.`);
    }
    const { inode, size, changed } = this.#file ?? {};
    return found?.ino === inode && found?.size === size && found?.mtimeMs === changed;
  }

  async #catchUp(): Promise<void> {
    if (this.#isCurrent()) return;
    const file = await open(this.#path, "r");
    try {
      const { ino, size, mtimeMs } = await file.stat();
      if (!(await this.#goesOn(file, size))) {
        this.#read = 0;
        this.#lines = 0;
        this.#header = undefined;
      }
      await this.#readOn(file, size);
      this.#file = { inode: ino, size, changed: mtimeMs };
    } finally {
      await file.close();
    }
  }

  /** Whether the file is the one that was read, with more behind it. An inode proves nothing: they are used again. */
  async #goesOn(file: FileHandle, size: number): Promise<boolean> {
    if (this.#header === undefined || size < this.#read) return false;
    const first = `${JSON.stringify(this.#header)}\n`;
    const { buffer, bytesRead } = await file.read(Buffer.alloc(Buffer.byteLength(first)), 0, null, 0);
    return buffer.toString("utf8", 0, bytesRead) === first;
  }

  async #readOn(file: FileHandle, size: number): Promise<void> {
    let carried: Buffer = Buffer.alloc(0);
    for (let at = this.#read; at < size; ) {
      const piece = Buffer.allocUnsafe(Math.min(PIECE, size - at));
      const { bytesRead } = await file.read(piece, 0, piece.length, at);
      if (bytesRead === 0) return;
      at += bytesRead;
      const bytes = Buffer.concat([carried, piece.subarray(0, bytesRead)]);
      const end = bytes.lastIndexOf(LF) + 1;
      for (const line of bytes.toString("utf8", 0, end).split("\n").slice(0, -1)) this.#applyLine(line);
      this.#read += end;
      carried = bytes.subarray(end);
    }
  }

  #applyLine(line: string): void {
    this.#lines++;
    let record: unknown;
    try {
      record = JSON.parse(line);
    } catch {
      throw this.#damaged();
    }
    if (this.#header !== undefined) {
      this.#state.apply(record as T);
      return;
    }
    const header = record as Partial<LogHeader> | null;
    if (header?.wasend !== this.#kind || header.version !== 1 || typeof header.salt !== "string") {
      throw new ConfigurationError(`${this.#path} does not hold ${this.#kind} that this version wrote.`);
    }
    this.#header = header as LogHeader;
    this.#state.reset(this.#header);
  }

  #damaged(): ConfigurationError {
    return new ConfigurationError(`Line ${this.#lines} of ${this.#path} is damaged. Restore the file.`);
  }
}

/** Waits its turn: what is done under this lock takes milliseconds. */
async function takeLock(path: string): Promise<FileLock> {
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await FileLock.take(path);
    } catch (error) {
      if (!(error instanceof ConfigurationError)) throw error;
      if (Date.now() > until)
        throw new ConfigurationError(`Another process holds ${path}, and does not let go.`, { cause: error });
      await sleep(2 + Math.random() * 20);
    }
  }
}
