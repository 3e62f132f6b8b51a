/** A piece of a template: text as it stands, or a field to fill in. */
export type TemplatePart = string | TemplateField;

/** `{{name}}` or `{{name|fallback}}`. */
export interface TemplateField {
  name: string;
  /** What stands there when the recipient has no value; without it such a recipient is skipped. */
  fallback?: string;
}

const OPENING = "{{";

/**
 * Cuts a template into its parts. `\{{` is a `{{` as text. There is nothing else to it: no conditions, no code.
 *
 * @returns What is wrong with it, in words, when a field has no end or no name.
 */
export function parseTemplate(text: string): TemplatePart[] | { wrong: string } {
  const parts: TemplatePart[] = [];
  let literal = "";
  let at = 0;
  for (let open = text.indexOf(OPENING); open !== -1; open = text.indexOf(OPENING, at)) {
    if (text[open - 1] === "\\" && open > at) {
      literal += `${text.slice(at, open - 1)}${OPENING}`;
      at = open + OPENING.length;
      continue;
    }
    literal += text.slice(at, open);
    const close = text.indexOf("}}", open);
    if (close === -1)
      return { wrong: 'has a "{{" that is never closed with "}}"; as text it is written "\\{{"' };
    const inner = text.slice(open + OPENING.length, close);
    const field = parseField(inner);
    if (field === undefined)
      return {
        wrong: `has a field that is none: "{{${inner.slice(0, 40)}}}"; write {{name}} or {{name|fallback}}`,
      };
    if (literal !== "") parts.push(literal);
    parts.push(field);
    literal = "";
    at = close + OPENING.length;
  }
  literal += text.slice(at);
  if (literal !== "") parts.push(literal);
  return parts;
}

function parseField(inner: string): TemplateField | undefined {
  const bar = inner.indexOf("|");
  const name = (bar === -1 ? inner : inner.slice(0, bar)).trim();
  if (name === "" || name.includes("{")) return undefined;
  return bar === -1 ? { name } : { name, fallback: inner.slice(bar + 1).trim() };
}
