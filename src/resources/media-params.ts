import type { Sent } from "../contract/messages.js";
import type { SentAs } from "../media/choose.js";
import type { AddressParams, MediaSource, ReplyParams } from "./message-params.js";

/** For `media.send`. */
export type MediaSendParams = AddressParams &
  ReplyParams &
  MediaSource & {
    /** The text below it. A voice note has none, and neither has a file sent as `data`. */
    caption?: string | undefined;
    /** The name that the receiver of a file sees. Default: the source's own, else `file` with the usual ending. */
    fileName?: string | undefined;
    /** The file's type. With `data` the content decides, and this only where it says little. Default: what is found. */
    mimeType?: string | undefined;
    /**
     * `"auto"` picks by content. `"file"` sends it as a file whatever it is. `"voice"` sends a voice note, or refuses with
     * the command that would make one. Default: `"auto"`, where sound that is not Ogg with Opus goes as a file.
     */
    as?: "auto" | "file" | "voice" | undefined;
  };

/** What `media.send` answers with: the message, and what became of the file. */
export interface MediaSent extends Sent {
  /** What it was sent as. */
  sentAs: SentAs;
  /** Why it did not go as what it is: `WhatsApp shows no image/webp in the chat`. */
  note?: string;
}
