import { ValidationError, type ValidationIssue } from "../errors/index.js";
import { namesText } from "./column-names.js";
import { parseTemplate, type TemplatePart } from "./template-parse.js";
import type { CampaignContent, CampaignMessage, CampaignRecipient } from "./types.js";
import { wordsOf } from "./words-of.js";

/** The message for one recipient, or why there is none. */
export type Rendered = { content: CampaignContent } | { reason: "template_error"; detail: string };

/** How values are put into a template. */
export interface TemplateOptions {
  /**
   * Replaces `*`, `_`, `~` and the backtick in values by signs that look alike (`∗ ＿ ∼ ˋ`), so that WhatsApp does not
   * take them for formatting. Where it formats, which is in `text` and in a preview's title and description: an address
   * or a file's name stays as it is. WhatsApp has no escape sign, and nothing invisible is put in. Default `false`.
   */
  escapeFormatting?: boolean;
}

/** A message that has been read once, to be rendered for every recipient. */
export interface CompiledMessage<R extends CampaignRecipient = CampaignRecipient> {
  /** The fields it needs; those with a fallback everywhere are not among them. Empty for a function. */
  readonly required: readonly string[];
  /** Whether a function makes it, which may give anything, and the same object again and again. */
  readonly isFunction: boolean;
  /**
   * Throws a {@link ValidationError} that names every field which is no column and has no fallback, and the columns
   * there are. To be called before the first send.
   */
  check(columns: readonly string[]): void;
  /** The message for one recipient. Never throws. */
  render(recipient: R): Rendered;
}

/** Fills the fields of one value; `undefined` and the name that is missing when it cannot. */
type Fill = (recipient: CampaignRecipient) => unknown;

/** A field without a value, on its way to the row's reason. */
class Missing {
  constructor(readonly detail: string) {}
}

/** Where WhatsApp takes signs for formatting. */
const FORMATTED = new Set(["text", "preview.title", "preview.description"]);

/** No message is nested deeper. */
const DEEPEST = 20;

const LOOK_ALIKE: Record<string, string> = { "*": "∗", _: "＿", "~": "∼", "`": "ˋ" };

/**
 * Reads a message once: every string in it, at any depth, is a template. Fields are the recipient's own properties;
 * nothing is run and nothing is escaped for HTML.
 *
 * @throws ValidationError for a template that cannot be read.
 * @example
 * ```ts
 * const message = compileMessage({ text: "Hi {{firstName|there}}, order {{orderId}} ships today." });
 * message.check(["to", "orderId"]);
 * message.render({ to: "+14155550123", orderId: 7 }); // { content: { text: "Hi there, order 7 ships today." } }
 * ```
 */
export function compileMessage<R extends CampaignRecipient>(
  message: CampaignMessage<R>,
  { escapeFormatting = false }: TemplateOptions = {},
): CompiledMessage<R> {
  if (typeof message === "function")
    return { required: [], isFunction: true, check() {}, render: (r) => call(message, r) };
  const issues: ValidationIssue[] = [];
  const uses: { name: string; path: string }[] = [];
  const inside = new Set<object>();
  const fill = compile(message, "");
  if (typeof message !== "object" || message === null || Array.isArray(message))
    issues.push({
      path: "message",
      message: "must be the fields of a message, or a function that makes them",
    });
  else if (Object.hasOwn(message, "to"))
    issues.push({ path: "message.to", message: "must be left out: it comes from the recipient" });
  if (issues.length > 0) throw new ValidationError("bulk.campaign", issues);
  return {
    required: [...new Set(uses.map(({ name }) => name))],
    isFunction: false,
    check: (columns) => checkColumns(uses, columns),
    render(recipient) {
      try {
        const content = fill(recipient);
        return content instanceof Missing ? failed(content.detail) : { content: content as CampaignContent };
      } catch (error) {
        return failed(`a field of the recipient threw: ${wordsOf(error)}`);
      }
    },
  };

  function compile(value: unknown, path: string): Fill {
    if (typeof value === "string") return compileText(value, path);
    if (typeof value === "bigint" || typeof value === "function" || typeof value === "symbol")
      return refuse(path, `must be text or another value of JSON, not a ${typeof value}`);
    if (typeof value !== "object" || value === null) return () => value;
    if (inside.has(value) || inside.size >= DEEPEST)
      return refuse(path, "must not hold itself, nor be nested so deep");
    inside.add(value);
    const isArray = Array.isArray(value);
    const fields = Object.entries(value).map(
      ([key, inner]) => [key, compile(inner, path === "" ? key : `${path}.${key}`)] as const,
    );
    inside.delete(value);
    return (recipient) => {
      const filled: Record<string, unknown> | unknown[] = isArray ? [] : {};
      for (const [key, fillField] of fields) {
        const inner = fillField(recipient);
        if (inner instanceof Missing) return inner;
        (filled as Record<string, unknown>)[key] = inner;
      }
      return filled;
    };
  }

  function compileText(text: string, path: string): Fill {
    const parts = parseTemplate(text);
    if (!Array.isArray(parts)) return refuse(path, parts.wrong);
    for (const part of parts)
      if (typeof part !== "string" && part.fallback === undefined) uses.push({ name: part.name, path });
    const isEscaped = escapeFormatting && FORMATTED.has(path);
    return (recipient) => fillText(parts, recipient, isEscaped);
  }

  function refuse(path: string, wrong: string): Fill {
    issues.push({ path: path === "" ? "message" : `message.${path}`, message: wrong });
    return () => undefined;
  }
}

function fillText(
  parts: readonly TemplatePart[],
  recipient: CampaignRecipient,
  escapeFormatting: boolean,
): string | Missing {
  let text = "";
  for (const part of parts) {
    if (typeof part === "string") {
      text += part;
      continue;
    }
    const value = Object.hasOwn(recipient, part.name)
      ? (recipient as unknown as Record<string, unknown>)[part.name]
      : undefined;
    const given = textOf(value);
    if (given === undefined) return new Missing(`{{${part.name}}} is no text or number, but ${typeof value}`);
    if (given.trim() !== "")
      text += escapeFormatting ? given.replace(/[*_~`]/g, (sign) => LOOK_ALIKE[sign]!) : given;
    else if (part.fallback !== undefined) text += part.fallback;
    else return new Missing(`there is no value for {{${part.name}}}, and it has no fallback`);
  }
  return text;
}

/** A value as text; empty when there is none, `undefined` when it is nothing that a person could read. */
function textOf(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  if (value === undefined || value === null) return "";
  if (typeof value === "number") return Number.isFinite(value) ? String(value) : "";
  return typeof value === "bigint" || typeof value === "boolean" ? String(value) : undefined;
}

function call<R extends CampaignRecipient>(
  message: (recipient: R) => CampaignContent,
  recipient: R,
): Rendered {
  try {
    const content: unknown = message(recipient);
    if (typeof content !== "object" || content === null)
      return failed("the message function gave no message");
    if (typeof (content as { then?: unknown }).then === "function") {
      (content as Promise<unknown>).then(undefined, () => {});
      return failed("the message function gave a promise; it must give the message itself");
    }
    return { content: content as CampaignContent };
  } catch (error) {
    return failed(`the message function threw: ${wordsOf(error)}`);
  }
}

function failed(detail: string): Rendered {
  return { reason: "template_error", detail };
}

function checkColumns(uses: readonly { name: string; path: string }[], columns: readonly string[]): void {
  const known = new Set(columns);
  const names = namesText(columns);
  const issues = uses
    .filter(({ name }) => !known.has(name))
    .map(({ name, path }) => ({
      path: `message.${path}`,
      message: `has {{${name}}}, but the recipients have no such field; they have ${names}. Give it a fallback, {{${name}|…}}, or correct it`,
    }));
  if (issues.length > 0) throw new ValidationError("bulk.campaign", issues);
}
