import type { ValidationIssue } from "../errors/index.js";
import { bareType, kindOf, type MediaInfo, typeOfName, UNKNOWN_TYPE } from "./media-info.js";

/** What a file went as. */
export type SentAs = "image" | "video" | "voice" | "file";

/** What is decided about a file before it is sent. */
export interface Choice {
  sentAs: SentAs;
  /** Why it does not go as what it is, for people. */
  note?: string;
  mimeType: string;
}

/** What WhatsApp shows in the chat itself; all else is a file to open. */
const INLINE = new Set(["image/jpeg", "image/png", "video/mp4", "video/3gpp"]);
/** Codecs inside MP4 that phones do not play in a chat. */
const UNPLAYED = new Set(["hevc", "vp9", "av1"]);

/** Types that say so little that the caller's own word is better. */
const VAGUE = new Set([UNKNOWN_TYPE, "application/zip", "application/x-ole-storage", "text/plain"]);

/** Decides by content. */
export function chooseByContent(info: MediaInfo, as: "auto" | "file" | "voice", claimed?: string): Choice {
  const isVague = VAGUE.has(bareType(info.mimeType));
  const mimeType = isVague && claimed !== undefined && claimed !== "" ? claimed : info.mimeType;
  if (as === "file") return { sentAs: "file", mimeType };
  if (info.kind === "voice") return { sentAs: "voice", mimeType };
  if (info.kind === "audio") {
    const note = `WhatsApp plays only Ogg with Opus as a voice note, and this is ${info.mimeType}${info.codec ? ` with ${info.codec}` : ""}; ${TO_VOICE} makes one`;
    return { sentAs: "file", mimeType, note };
  }
  if (info.kind === "document") return { sentAs: "file", mimeType };
  if (info.codec !== undefined && UNPLAYED.has(info.codec)) {
    const note = `phones play H.264 in a chat, and this video is ${info.codec}; ${TO_VIDEO} makes one that plays`;
    return { sentAs: "file", mimeType, note };
  }
  if (INLINE.has(info.mimeType)) return { sentAs: info.kind, mimeType };
  return { sentAs: "file", mimeType, note: `WhatsApp shows no ${info.mimeType} in the chat` };
}

/** Decides for an address, which is never fetched: by the type that the caller names, else by the name's ending. */
export function chooseByName(url: string, as: "auto" | "file" | "voice", claimed?: string): Choice {
  const named = typeOfName(new URL(url).pathname);
  const mimeType = claimed ?? named ?? UNKNOWN_TYPE;
  const type = bareType(mimeType);
  if (as !== "auto") return { sentAs: as, mimeType };
  // What people host as Ogg is a voice note; whether Opus is inside only its content could say.
  if (type === "audio/ogg") return { sentAs: "voice", mimeType };
  const kind = kindOf(type);
  if (INLINE.has(type)) return { sentAs: kind as SentAs, mimeType };
  const note = kind === "document" ? undefined : `WhatsApp shows no ${type} in the chat`;
  return { sentAs: "file", mimeType, ...(note && { note }) };
}

const TO_VOICE = "`ffmpeg -i INPUT -vn -ac 1 -c:a libopus -b:a 32k voice.ogg`";
const TO_VIDEO = "`ffmpeg -i INPUT -c:v libx264 -pix_fmt yuv420p -c:a aac -movflags +faststart video.mp4`";

/** What is wrong with content that must go as a voice note. */
export function voiceIssue(info: MediaInfo): ValidationIssue | undefined {
  if (info.kind === "voice") return undefined;
  const codec = info.codec === undefined ? "" : ` with ${info.codec}`;
  const message = `must be Ogg with Opus for a voice note, and is ${info.mimeType}${codec}: convert it with ${TO_VOICE}, or leave out as: "voice" to send it as a file`;
  return { path: "data", message };
}

/** Why a caption cannot go along, if it cannot. */
export function captionIssue({ sentAs, note }: Choice, isUrl: boolean): ValidationIssue | undefined {
  if (sentAs === "voice")
    return { path: "caption", message: "cannot go with a voice note: send it as a text" };
  if (sentAs !== "file" || isUrl) return undefined;
  const why = note === undefined ? "" : ` (it goes as a file: ${note})`;
  return {
    path: "caption",
    message: `cannot go with a file sent as data, since the API has no place for it there${why}: send the file by url, or the caption as a text`,
  };
}
