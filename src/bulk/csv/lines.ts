/** One line of a file, without its line break. */
export interface Line {
  text: string;
  /** Its number in the file, from 1. */
  number: number;
  /** The line break as it stood; empty at the end of the file. */
  ending: string;
  /** It is longer than a record may be: `text` is only its beginning. */
  tooLong?: true;
}

/** How much of a line that is too long is kept, for the report. */
const KEPT = 200;

/** Cuts text that comes in pieces into lines, whatever they end with. Lines can be put back, to be read again. */
export class LineReader {
  readonly #chunks: AsyncIterator<string>;
  readonly #longest: number;
  #text = "";
  #at = 0;
  #nextCr = -1;
  #ended = false;
  #number = 1;
  #cut: string | undefined;
  /** Lines put back; the next one is the last. */
  readonly #back: Line[] = [];

  constructor(chunks: AsyncIterator<string>, longest: number) {
    this.#chunks = chunks;
    this.#longest = longest;
  }

  /** The next line, `undefined` at the end. */
  async next(): Promise<Line | undefined> {
    for (;;) {
      const line = this.take();
      if (line !== undefined || !(await this.#fill())) return line;
    }
  }

  /** The next line if it is here already, without waiting for more of the file. */
  take(): Line | undefined {
    return this.#back.pop() ?? this.#scan();
  }

  /** Puts lines back, in their order in the file. */
  unread(lines: readonly Line[]): void {
    for (let i = lines.length - 1; i >= 0; i--) this.#back.push(lines[i]!);
  }

  async #fill(): Promise<boolean> {
    if (this.#ended) return false;
    const { done, value } = await this.#chunks.next();
    if (done) this.#ended = true;
    else {
      this.#text = this.#text.slice(this.#at) + value;
      this.#at = 0;
      this.#nextCr = -1;
    }
    return true;
  }

  #scan(): Line | undefined {
    const [text, at] = [this.#text, this.#at];
    const lf = text.indexOf("\n", at);
    if (this.#nextCr < at) {
      const cr = text.indexOf("\r", at);
      this.#nextCr = cr === -1 ? Number.POSITIVE_INFINITY : cr;
    }
    const end = Math.min(lf === -1 ? Number.POSITIVE_INFINITY : lf, this.#nextCr);
    const ended = this.#ended;
    if (end === Number.POSITIVE_INFINITY || (end === text.length - 1 && text[end] === "\r" && !ended)) {
      if (text.length - at > this.#longest) this.#drop();
      if (!ended || (at >= this.#text.length && this.#cut === undefined)) return undefined;
      return this.#line(this.#text.slice(at), "", this.#text.length);
    }
    const ending = text[end] === "\r" && text[end + 1] === "\n" ? "\r\n" : text[end]!;
    return this.#line(text.slice(at, end), ending, end + ending.length);
  }

  #line(text: string, ending: string, next: number): Line {
    const line: Line = { text: this.#cut ?? text, number: this.#number++, ending };
    if (this.#cut !== undefined || text.length > this.#longest) {
      line.text = line.text.slice(0, KEPT);
      line.tooLong = true;
    }
    this.#cut = undefined;
    this.#at = next;
    return line;
  }

  /** Forgets what has come of a line that is too long, but for its beginning; a last `\r` may be half a line break. */
  #drop(): void {
    this.#cut ??= this.#text.slice(this.#at, this.#at + KEPT);
    const keep = this.#text.endsWith("\r") ? 1 : 0;
    this.#text = this.#text.slice(this.#text.length - keep);
    this.#at = 0;
    this.#nextCr = -1;
  }
}
