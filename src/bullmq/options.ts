import { describeThrown, type Logger, type LogLevel, leveled } from "../logger.js";

/** What all parts on Redis have in common. */
export interface BullmqOptions {
  /** Where warnings go. Default: `console`. */
  logger?: Logger;
  /** Default: `"warn"`. */
  logLevel?: LogLevel;
}

/** A logger, and what it says of a connection that broke off: once, until it says something else. */
export interface TellingLogger extends Logger {
  onConnectionError: (error: Error) => void;
}

export function tellErrors({ logger = console, logLevel = "warn" }: BullmqOptions): TellingLogger {
  const leveledLogger = leveled(logger, logLevel);
  let last = "";
  return {
    ...leveledLogger,
    onConnectionError(error) {
      const said = describeThrown(error);
      if (said !== last) leveledLogger.warn(`Redis: ${said}. Waits for it, and goes on by itself.`);
      last = said;
    },
  };
}
