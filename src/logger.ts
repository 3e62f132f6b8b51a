import { maskNumbers } from "./errors/redact.js";

/** How much is logged; each level includes those before it. */
export type LogLevel = "off" | "error" | "warn" | "info" | "debug";

/** Where log lines go: `console`, pino, or anything with these four methods. */
export interface Logger {
  /** Something failed. */
  error(message: string, details?: unknown): void;
  /** Something should be looked at. */
  warn(message: string, details?: unknown): void;
  /** Something happened. */
  info(message: string, details?: unknown): void;
  /** Every request and answer. */
  debug(message: string, details?: unknown): void;
}

/** From the quietest to the loudest. */
export const LOG_LEVELS: readonly LogLevel[] = ["off", "error", "warn", "info", "debug"];

/**
 * A logger that keeps to a level and never throws. What it is given holds no key, no text and no whole number; there is
 * no switch for that.
 */
export function leveled(logger: Logger, level: LogLevel): Logger {
  const loudest = LOG_LEVELS.indexOf(level);
  const at = (name: Exclude<LogLevel, "off">) => (message: string, details?: unknown) => {
    if (LOG_LEVELS.indexOf(name) > loudest) return;
    try {
      // Called on the object it belongs to: pino and others need their `this`.
      if (details === undefined) logger[name](`wasend: ${message}`);
      else logger[name](`wasend: ${message}`, details);
    } catch {
      // A logger that throws must not break a send.
    }
  };
  return { error: at("error"), warn: at("warn"), info: at("info"), debug: at("debug") };
}

/** What may be said about something that a user's own function threw: its kind, and its message without numbers. */
export function describeThrown(error: unknown): string {
  if (error instanceof Error) return `${error.name}: ${maskNumbers(error.message)}`;
  // Not everything that can be thrown can be written: `Object.create(null)` cannot.
  return typeof error === "object" ? "something that is no error" : maskNumbers(String(error));
}
