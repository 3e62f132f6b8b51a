const HEX = "0123456789abcdef";
const BASE36 = "0123456789abcdefghijklmnopqrstuvwxyz";
/** Crockford's, in lower case: the alphabet of ULIDs. */
const BASE32 = "0123456789abcdefghjkmnpqrstvwxyz";
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/** mulberry32: small, and the same numbers for the same seed everywhere. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Makes ids that look like WhatsApp's. A counter inside keeps them apart whatever `random` says. */
export class Ids {
  readonly #random: () => number;
  #count = 0;

  constructor(random = seeded(1)) {
    this.#random = random;
  }

  #draw(alphabet: string, length: number): string {
    let text = "";
    for (let i = 0; i < length; i++) text += alphabet[Math.floor(this.#random() * alphabet.length)];
    return text;
  }

  #serial(radix: 10 | 16, length: number): string {
    this.#count += 1;
    return this.#count.toString(radix).padStart(length, "0");
  }

  session(): string {
    return `sess_${this.#draw(HEX, 4)}${this.#serial(16, 4)}`;
  }

  database(): string {
    return `${this.#draw(HEX, 12)}${this.#serial(16, 8)}`;
  }

  message(chatId: string, fromMe: boolean): string {
    return `${fromMe}_${chatId}_3EB0${(this.#draw(HEX, 8) + this.#serial(16, 8)).toUpperCase()}`;
  }

  group(): string {
    return `120363${this.#draw("0123456789", 4)}${this.#serial(10, 8)}@g.us`;
  }

  inviteCode(): string {
    return `${this.#draw(LETTERS, 18)}${this.#serial(16, 4)}`;
  }

  qr(): string {
    return `2@${this.#draw(LETTERS, 60)}${this.#serial(16, 4)},${this.#draw(LETTERS, 43)}=`;
  }

  /** Id of a webhook's event: a ULID, whose first ten letters are the time. */
  event(at: number): string {
    let time = "";
    for (let rest = Math.floor(at), i = 0; i < 10; i++, rest = Math.floor(rest / 32))
      time = BASE32[rest % 32] + time;
    return `evt_${time}${this.#draw(BASE32, 10)}${this.#serial(16, 6)}`;
  }

  /** Id of a webhook's delivery, in the length of the engine's. */
  request(): string {
    return `${this.#draw(BASE36, 8)}${this.#serial(16, 6)}`;
  }

  /** A number from 0 to below 1. */
  fraction(): number {
    return this.#random();
  }
}
