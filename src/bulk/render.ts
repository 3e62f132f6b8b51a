import type { CampaignContent, CampaignMessage, CampaignRecipient } from "./types.js";

/** Makes the message for one recipient, or says why there is none. */
export type Renderer<R extends CampaignRecipient = CampaignRecipient> = (
  recipient: R,
) => { content: CampaignContent } | { reason: string; detail?: string };

/** A stand-in until the templates are there. */
export function rendererOf<R extends CampaignRecipient>(message: CampaignMessage<R>): Renderer<R> {
  if (typeof message === "function") {
    return (recipient) => {
      try {
        return { content: message(recipient) };
      } catch (error) {
        return { reason: "template_error", detail: String(error) };
      }
    };
  }
  return (recipient) => {
    const content: Record<string, unknown> = {};
    for (const [key, value] of Object.entries(message)) {
      if (typeof value !== "string") {
        content[key] = value;
        continue;
      }
      let missing: string | undefined;
      content[key] = value.replace(
        /\{\{\s*(\w+)(?:\|([^}]*))?\s*\}\}/g,
        (_, field: string, fallback?: string) => {
          const found = Object.hasOwn(recipient, field) ? recipient[field] : undefined;
          if (found !== undefined && found !== "") return String(found);
          if (fallback === undefined) missing = field;
          return fallback ?? "";
        },
      );
      if (missing !== undefined) return { reason: "template_error", detail: `no value for {{${missing}}}` };
    }
    return { content: content as CampaignContent };
  };
}
