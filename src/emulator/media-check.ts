import { bareBase64, typeOfBase64 } from "./media-sniff.js";

/** What a send says that its file is: its endpoint does, or a type beside it. */
export type Claim = "image" | "video" | "voice" | { mimeType: string };

interface MediaBody {
  url?: string | undefined;
  data?: string | undefined;
}

/** Complaints about the file of a send: there is none, it does not decode, or it is not what it is said to be. */
export function mediaComplaints(claim: Claim, { url, data }: MediaBody): string[] {
  if (data === undefined) return url ? [] : ["url or data should not be empty"];
  if (bareBase64(data).length % 4 !== 0) return ["data must be base64 encoded"];
  const found = typeOfBase64(data);
  if (found === undefined || agrees(claim, found)) return [];
  const said = typeof claim === "string" ? claim : claim.mimeType;
  return [`data is ${found}, not ${said}`];
}

function agrees(claim: Claim, found: string): boolean {
  if (claim === "voice") return found === "audio/ogg";
  // The container is the same; only a look far inside tells a song from a film.
  const isContainer = /\/(?:mp4|3gpp|quicktime|webm)$/.test(found);
  if (claim === "image" || claim === "video")
    return found.startsWith(`${claim}/`) || (claim === "video" && isContainer);
  const family = claim.mimeType.split("/")[0];
  if (family === "application")
    return !/^application\/pdf\b/.test(claim.mimeType) || found === "application/pdf";
  return isContainer
    ? family === "audio" || family === "video" || family === "image"
    : found.startsWith(`${family}/`);
}
