import { checkInput } from "../contract/check-input.js";
import { Content } from "../contract/content.js";
import * as messages from "../contract/messages.js";
import { nameText } from "../contract/name-text.js";
import type { Operation } from "../contract/operation.js";
import { isRecord } from "../contract/read.js";
import { ValidationError, type ValidationIssue } from "../errors/index.js";
import type { Plan } from "../http/caller.js";
import type { Deadline } from "../http/deadline.js";
import {
  type Choice,
  captionIssue,
  chooseByContent,
  chooseByName,
  type SentAs,
  voiceIssue,
} from "../media/choose.js";
import { ANY_DATA, type MediaGate, withinLimits } from "../media/gate.js";
import { inspectSource } from "../media/inspect.js";
import { lengthIssue, sizeIssue } from "../media/limit-issues.js";
import { extensionOf, type MediaInfo } from "../media/media-info.js";
import { nameOfUrl } from "../media/name-of-url.js";
import { openSource, reading } from "../media/sources.js";
import type { MediaSendParams, MediaSent } from "./media-params.js";

const ID = "media.send";
const FIELDS = ["session", "to", "url", "data", "caption", "fileName", "mimeType", "replyTo", "as"];
const TEXTS = ["caption", "fileName", "mimeType"] as const;
const KINDS = ["auto", "file", "voice"];

const OPERATIONS: Readonly<Record<SentAs, Operation<messages.Sent>>> = {
  image: messages.sendImage,
  video: messages.sendVideo,
  voice: messages.sendVoice,
  file: messages.sendFile,
};

/** Looks at a file, and settles which send it is. */
export async function planSend(
  gate: MediaGate,
  params: MediaSendParams,
  session: string | undefined,
  deadline: Deadline,
): Promise<Plan<messages.Sent, MediaSent>> {
  const isObject: boolean = isRecord(params);
  if (!isObject) refuse([{ path: "", message: `needs an object with ${FIELDS.join(", ")}` }]);
  refuse(inputIssues(params));
  checkShared(gate, params, session);
  const isUrl = params.url !== undefined;
  const { choice, input } = isUrl ? planUrl(params, params.url) : await planData(gate, params, deadline);
  const operation = isUrl && "documentUrl" in input ? messages.sendMessage : OPERATIONS[choice.sentAs];
  const { sentAs, note } = choice;
  const finish = (sent: messages.Sent): MediaSent => ({ ...sent, sentAs, ...(note && { note }) });
  return { operation, input, finish };
}

/** What a file of every kind has beside it. */
const SHARED: Operation<messages.Sent> = { ...messages.sendImage, id: ID };

/** Before the file is opened, and in the name of the call that was made. */
function checkShared(gate: MediaGate, params: MediaSendParams, defaultSession: string | undefined): void {
  const { session, to, caption, replyTo } = params;
  const given = { session, to, data: ANY_DATA, caption, replyTo };
  checkInput(SHARED, given, defaultSession);
  if (caption !== undefined) refuse([lengthIssue("caption", "caption", caption, gate.limits)]);
}

interface Planned {
  choice: Choice;
  input: object;
}

function planUrl(params: MediaSendParams, url: string): Planned {
  const { session, to, caption, replyTo, as = "auto" } = params;
  const choice = chooseByName(url, as, params.mimeType);
  if (caption !== undefined) refuse([captionIssue(choice, true)]);
  const shared = { session, to, replyTo };
  if (choice.sentAs !== "file")
    return { choice, input: { ...shared, url, ...(caption !== undefined && { caption }) } };
  const fileName = params.fileName ?? (nameOfUrl(url) || `file.${extensionOf(choice.mimeType)}`);
  if (caption === undefined)
    return { choice, input: { ...shared, url, fileName, mimeType: choice.mimeType } };
  if (replyTo !== undefined)
    refuse([{ path: "replyTo", message: "cannot go with a file that has a caption" }]);
  // Only this endpoint has a place for a document's caption.
  const input = {
    session,
    to,
    documentUrl: url,
    text: caption,
    filename: fileName,
    mimetype: choice.mimeType,
  };
  return { choice, input };
}

async function planData(gate: MediaGate, params: MediaSendParams, deadline: Deadline): Promise<Planned> {
  const { session, to, caption, replyTo, as = "auto", data } = params;
  const { source, name, info, content } = await withinLimits(ID, deadline, async (cancellation) => {
    const source = await openSource(ID, data, gate.limits.body, cancellation);
    refuse([sizeIssue("document", source.size, gate.limits)]);
    const name = params.fileName ?? source.name;
    const info = await reading(ID, inspectSource(source, name));
    return { source, name, info, content: await reading(ID, Content.of(source)) };
  });
  if (as === "voice") refuse([voiceIssue(info)]);
  const choice = chooseByContent(info, as, params.mimeType ?? source.type);
  const limit = choice.sentAs === "file" ? "document" : choice.sentAs === "voice" ? "audio" : choice.sentAs;
  refuse([
    sizeIssue(limit, source.size, gate.limits),
    caption === undefined ? undefined : captionIssue(choice, false),
  ]);
  const shared = { session, to, data: content, replyTo };
  if (choice.sentAs === "voice") return { choice, input: { ...shared, duration: seconds(info) } };
  if (choice.sentAs !== "file") return { choice, input: { ...shared, caption } };
  const fileName = name ?? `file.${extensionOf(choice.mimeType)}`;
  return { choice, input: { ...shared, fileName, mimeType: choice.mimeType } };
}

/** Phones show whole seconds, and none for nothing. */
function seconds({ duration }: MediaInfo): number | undefined {
  return duration === undefined ? undefined : Math.max(1, Math.round(duration));
}

function inputIssues(params: MediaSendParams): (ValidationIssue | undefined)[] {
  const { url, data, as } = params;
  const unknown = Object.keys(params).filter((key) => !FIELDS.includes(key));
  return [
    ...unknown.map((name) => ({
      path: nameText(name),
      message: `is not a field here; there are ${FIELDS.join(", ")}`,
    })),
    url === undefined && data === undefined
      ? { path: "url", message: "or data is required: the file to send" }
      : undefined,
    url !== undefined && data !== undefined
      ? { path: "data", message: "must not stand beside url: pass one of them" }
      : undefined,
    url !== undefined && !(typeof url === "string" && URL.canParse(url) && /^https?:/i.test(url))
      ? { path: "url", message: "must be an absolute http(s) address" }
      : undefined,
    ...TEXTS.map((path) =>
      params[path] !== undefined && typeof params[path] !== "string"
        ? { path, message: "must be a text" }
        : undefined,
    ),
    as !== undefined && !KINDS.includes(as)
      ? { path: "as", message: 'must be one of "auto", "file", "voice"' }
      : undefined,
  ];
}

function refuse(found: (ValidationIssue | undefined)[]): void {
  const issues = found.filter((issue) => issue !== undefined);
  if (issues.length > 0) throw new ValidationError(ID, issues);
}
