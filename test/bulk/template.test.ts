import { ValidationError } from "@wasend/sdk";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileMessage } from "../../src/bulk/template.js";
import type { CampaignRecipient } from "../../src/bulk/types.js";

const to = "+14155550123";
type Row = CampaignRecipient & Record<string, unknown>;
const text = (template: string, fields: object = {}, options = {}) => {
  const rendered = compileMessage({ text: template }, options).render({ to, ...fields } as CampaignRecipient);
  return "content" in rendered ? rendered.content.text : rendered.detail;
};

describe("a template", () => {
  it.each([
    ["Hi {{name}}!", { name: "Ann" }, "Hi Ann!"],
    ["{{ name }}{{name}}", { name: "Ann" }, "AnnAnn"],
    ["{{First name}} {{größe}}", { "First name": "Ann", größe: 7 }, "Ann 7"],
    ["{{name|there}}", {}, "there"],
    ["{{ name | dear friend }}", { name: " \t" }, "dear friend"],
    ["Hi{{name|}}.", { name: null }, "Hi."],
    ["{{a|x|y}}", {}, "x|y"],
    ["{{n}} {{ok}}", { n: 0, ok: false }, "0 false"],
    ["\\{{name}} {{name}}", { name: "Ann" }, "{{name}} Ann"],
    ["}} { } a\\b", {}, "}} { } a\\b"],
    ["{{to}}", {}, to],
    ["{{name}}", { name: "{{to}} <b>&amp; $& $x" }, "{{to}} <b>&amp; $& $x"],
    ["", {}, ""],
  ])("%j with %j is %j", (template, fields, expected) => {
    expect(text(template, fields)).toBe(expected);
  });

  it.each([
    ["{{name}}", {}, "{{name}}"],
    ["{{name}}", { name: "  " }, "{{name}}"],
    ["{{name}}", { name: Number.NaN }, "{{name}}"],
    ["{{name|x}}", { name: { first: "Ann" } }, "{{name}} is no text or number"],
    ["{{name}}", { name: () => "code" }, "{{name}}"],
  ])("%j with %o is skipped for the field", (template, fields, detail) => {
    const rendered = compileMessage({ text: template }).render({ to, ...fields } as CampaignRecipient);
    expect(rendered).toMatchObject({ reason: "template_error", detail: expect.stringContaining(detail) });
  });

  it("sees own properties only", () => {
    for (const name of ["constructor", "toString", "__proto__", "hasOwnProperty"]) {
      expect(text(`{{${name}|none}}`)).toBe("none");
    }
    expect(text("{{constructor.name|none}}")).toBe("none");
    const row = Object.assign(Object.create(null), { to }, JSON.parse('{"__proto__":"p","constructor":"c"}'));
    expect(compileMessage({ text: "{{constructor}}" }).render(row)).toEqual({ content: { text: "c" } });
  });

  it.each(["{{name", "{{}}", "{{|x}}", "{{ }}", "{{{name}}}", "a {{b {{c}}"])(
    "%j is refused at once",
    (template) => {
      expect(() => compileMessage({ text: template })).toThrow(ValidationError);
    },
  );

  it("escapes WhatsApp's signs in values, not in the template, and only when asked to", () => {
    const name = "*A_b~`c`";
    expect(text("*{{name}}*", { name })).toBe(`*${name}*`);
    const escaped = text("*{{name}}*", { name }, { escapeFormatting: true });
    expect(escaped).toBe("*∗A＿b∼ˋcˋ*");
    expect(escaped?.slice(1, -1)).not.toMatch(/[*_~`\u200b-\u200f\u2060]/);
  });

  it("leaves addresses and names of files as they are when it escapes", () => {
    const message = compileMessage<Row>(
      {
        text: "{{a}}",
        imageUrl: "https://x.example/{{a}}.png",
        filename: "{{a}}.png",
        preview: { title: "{{a}}", description: "{{a}}", url: "https://x.example/{{a}}" },
      },
      { escapeFormatting: true },
    );
    expect(message.render({ to, a: "a_b" })).toEqual({
      content: {
        text: "a＿b",
        imageUrl: "https://x.example/a_b.png",
        filename: "a_b.png",
        preview: { title: "a＿b", description: "a＿b", url: "https://x.example/a_b" },
      },
    });
  });

  it("that is no JSON is refused at once, with its place", () => {
    const cycle: Record<string, unknown> = { text: "x" };
    cycle.preview = { title: "x", cycle };
    expect(() => compileMessage(cycle as never)).toThrow(/"message\.preview\.cycle" must not hold itself/);
    for (const wrong of [1n, () => "x", Symbol("x")]) {
      const message = { text: "x", preview: { title: wrong } };
      expect(() => compileMessage(message as never)).toThrow(/"message\.preview\.title" must be text/);
    }
    const twice = { title: "{{to}}" };
    expect(compileMessage({ preview: twice, other: twice } as never).required).toEqual(["to"]);
  });

  it("stands in any string of any message, however deep", () => {
    const message = compileMessage<Row>({
      text: "{{a}}",
      imageUrl: "https://x.example/{{b}}.png",
      preview: { title: "{{c|C}}", description: "{{d}}" },
    });
    expect(message.required).toEqual(["a", "b", "d"]);
    expect(message.render({ to, a: 1, b: 2, d: 4 })).toEqual({
      content: { text: "1", imageUrl: "https://x.example/2.png", preview: { title: "C", description: "4" } },
    });
    expect(message.render({ to, a: 1, b: 2 })).toMatchObject({ detail: expect.stringContaining("{{d}}") });
  });

  it("is checked against the columns: names every field, where it stands, and the columns", () => {
    const message = compileMessage({
      text: "{{firstname}} {{city|}} {{orderId}}",
      preview: { title: "{{Titel}}" },
    });
    expect(() => message.check(["to", "orderId", "firstName"])).toThrow(
      /"message\.text" has \{\{firstname\}\}.*"to", "orderId", "firstName".*"message\.preview\.title" has \{\{Titel\}\}/,
    );
    expect(() => message.check(["orderId", "firstname", "Titel"])).not.toThrow();
    const data = (() => {
      try {
        return message.check(["Ann Lee", "+1 415 555 0123"]);
      } catch (error) {
        return String(error);
      }
    })();
    expect(data).toMatch(/they have some that look like data/);
    expect(data).not.toMatch(/Ann|0123/);
  });

  it("leaves the address to the recipient", () => {
    expect(() => compileMessage({ text: "x", to } as never)).toThrow(/left out/);
    for (const none of [null, 7, [], "hi"])
      expect(() => compileMessage(none as never)).toThrow(ValidationError);
  });

  it("never throws while rendering, and gives literal text back", () => {
    fc.assert(
      fc.property(fc.string(), fc.dictionary(fc.string(), fc.anything()), (template, fields) => {
        if (!template.includes("{{")) expect(text(template, fields)).toBe(template);
        try {
          compileMessage({ text: template });
        } catch (error) {
          expect(error).toBeInstanceOf(ValidationError);
          return;
        }
        expect(typeof text(template, fields)).toBe("string");
      }),
    );
  });
});

describe("a function", () => {
  it("makes the message", () => {
    const message = compileMessage((recipient: CampaignRecipient & { n: number }) => ({
      text: `n${recipient.n}`,
    }));
    expect(message.render({ to, n: 3 })).toEqual({ content: { text: "n3" } });
    expect(() => message.check([])).not.toThrow();
  });

  it.each([
    [
      "throws",
      () => {
        throw new Error(`no order of ${to}`);
      },
      /threw.*no order of \+…0123/,
    ],
    ["gives nothing", () => undefined, /no message/],
    ["gives a promise", async () => ({ text: "x" }), /promise/],
    [
      "gives a promise that fails",
      async () => {
        throw new Error("x");
      },
      /promise/,
    ],
  ])("that %s skips its row", (_name, make, detail) => {
    const rendered = compileMessage(make as never).render({ to });
    expect(rendered).toMatchObject({ reason: "template_error", detail: expect.stringMatching(detail) });
  });
});
