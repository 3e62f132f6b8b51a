import { nameClass, WasendError } from "./wasend-error.js";

/** One thing that is wrong with an input. */
export interface ValidationIssue {
  /** The field, as the caller wrote it: `to`, `participants[1].id`, `filter.ack`. */
  path: string;
  /** What would be right. Never holds the value itself. */
  message: string;
}

/**
 * An option of the client is missing or cannot work. Thrown by constructors, before any network.
 *
 * @example
 * ```ts
 * new Wasend({ apiKey: "" }); // ConfigurationError: no API key …
 * ```
 */
export class ConfigurationError extends WasendError {
  static {
    nameClass(this, "ConfigurationError");
  }

  constructor(message: string, options: { cause?: unknown } = {}) {
    super(message, { code: "configuration_error", outcome: "not_sent", ...options });
  }
}

/**
 * An input was refused here, before any network. `issues` names each field and says what would be right.
 *
 * @example
 * ```ts
 * await wasend.messages.sendText({ to: "14155550123", text: "hi" });
 * // ValidationError: messages.sendText: "to" needs a leading "+" …
 * ```
 */
export class ValidationError extends WasendError {
  static {
    nameClass(this, "ValidationError");
  }

  /** Every field that is wrong, at least one. */
  readonly issues: readonly ValidationIssue[];

  constructor(subject: string, issues: readonly ValidationIssue[]) {
    const text = issues
      .map(({ path, message }) => (path === "" ? message : `"${path}" ${message}`))
      .join("; ");
    super(`${subject}: ${text}`, { code: "validation_error", outcome: "not_sent" });
    this.issues = issues;
  }

  override toJSON(): Record<string, unknown> {
    return { ...super.toJSON(), issues: this.issues };
  }
}
