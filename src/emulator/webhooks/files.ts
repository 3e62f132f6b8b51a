import type { MessageRecord, MessageType } from "../records.js";

const FILES: Record<MessageType, { mimetype: string; extension: string }> = {
  text: { mimetype: "text/plain", extension: "txt" },
  image: { mimetype: "image/jpeg", extension: "jpeg" },
  video: { mimetype: "video/mp4", extension: "mp4" },
  document: { mimetype: "application/octet-stream", extension: "bin" },
  ptt: { mimetype: "audio/ogg; codecs=opus", extension: "oga" },
};

export const mimetypeOf = ({ type, mimeType }: MessageRecord): string => mimeType ?? FILES[type].mimetype;

/** A document keeps its own. */
export const extensionOf = ({ type, fileName }: MessageRecord): string =>
  /\.(\w{1,8})$/.exec((type === "document" && fileName) || "")?.[1] ?? FILES[type].extension;
