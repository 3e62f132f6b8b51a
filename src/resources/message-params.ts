import type { Recipient } from "../contract/recipient.js";
import type { StreamFactory } from "../media/sources.js";
import type { SessionParams } from "./params.js";

/** Whom a message goes to, and which number it comes from. */
export interface AddressParams extends SessionParams {
  /** A phone number with `+`, a JID, or a contact out of an event. */
  to: Recipient;
}

/** For sends that can answer another message. */
export interface ReplyParams {
  /** The id of the message that this one answers. */
  replyTo?: string | undefined;
}

/**
 * A file to send: base64 (with or without a `data:` prefix), the bytes, a Blob or File (`fileFromPath` of
 * `@wasend/sdk/node` gives one), or a function that makes a stream.
 */
export type MediaData = string | Uint8Array | ArrayBuffer | Blob | StreamFactory;

/** A file, by its public address or as its content: one of the two. */
export type MediaSource =
  | {
      /** Where the server can fetch the file. */
      url: string;
      data?: undefined;
    }
  | {
      /** The file itself; it goes out as base64 inside the request. */
      data: MediaData;
      url?: undefined;
    };

/** For `messages.send`: a text, or one file by address, or both. */
export interface SendParams extends AddressParams {
  /** The text; with a file its caption. */
  text?: string | undefined;
  imageUrl?: string | undefined;
  videoUrl?: string | undefined;
  documentUrl?: string | undefined;
  audioUrl?: string | undefined;
  /** The file's type, such as `application/pdf`. Spelled as the wire spells it here. */
  mimetype?: string | undefined;
  /** The name that the receiver sees. Spelled as the wire spells it here. */
  filename?: string | undefined;
  /** The fields of a link preview. */
  preview?: Readonly<Record<string, string>> | undefined;
}

/** For `messages.sendText`. */
export interface SendTextParams extends AddressParams, ReplyParams {
  text: string;
}

/** For `messages.sendImage` and `messages.sendVideo`. */
export type SendPictureParams = AddressParams &
  ReplyParams &
  MediaSource & {
    /** The text below it. */
    caption?: string | undefined;
  };

/** For `messages.sendFile`. The wire has no caption here; `send` with `documentUrl` has one. */
export type SendFileParams = AddressParams &
  ReplyParams &
  MediaSource & {
    /** The name that the receiver sees. */
    fileName: string;
    /** The file's type, such as `application/pdf`. */
    mimeType: string;
  };

/** For `messages.sendVoice`; WhatsApp plays Ogg with Opus only. */
export type SendVoiceParams = AddressParams &
  ReplyParams &
  MediaSource & {
    /** In seconds. */
    duration?: number | undefined;
  };

/** For `messages.sendLinkPreview`. */
export interface SendLinkPreviewParams extends AddressParams, ReplyParams {
  /** Holds the link. */
  text: string;
  preview: {
    title: string;
    description?: string | undefined;
    thumbnailUrl?: string | undefined;
  };
}

/** For `messages.react`. */
export interface ReactParams extends SessionParams {
  messageId: string;
  /** An emoji; the empty text takes the reaction back. */
  reaction: string;
}

/** For `messages.markSeen`. */
export interface MarkSeenParams extends AddressParams {
  /** The message up to which the chat is seen. */
  messageId: string;
}

/** How `messages.sendWithTyping` behaves before it sends. */
export interface TypingParams {
  /** The id of the message to mark as seen first. */
  seen?: string | undefined;
  /** Milliseconds to type at least. Default: 3,000. */
  minTypingMs?: number | undefined;
  /** Milliseconds to type at most. Default: 8,000. */
  maxTypingMs?: number | undefined;
}
