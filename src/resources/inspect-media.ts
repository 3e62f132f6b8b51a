import { isRecord } from "../contract/read.js";
import { ValidationError } from "../errors/index.js";
import { inspectSource } from "../media/inspect.js";
import type { MediaInfo } from "../media/media-info.js";
import { openSource, reading } from "../media/sources.js";

const NAME = "media.inspect";

/** Says what a file is, from its content. */
export async function inspect(data: unknown, options: { fileName?: string | undefined }): Promise<MediaInfo> {
  const wrong = (path: string, message: string) => new ValidationError(NAME, [{ path, message }]);
  const isObject: boolean = isRecord(options);
  if (!isObject) throw wrong("options", "must be an object, or left out");
  const { fileName } = options;
  if (fileName !== undefined && typeof fileName !== "string") throw wrong("fileName", "must be a text");
  const source = await openSource(NAME, data, Number.POSITIVE_INFINITY);
  return reading(NAME, inspectSource(source, fileName ?? source.name));
}
