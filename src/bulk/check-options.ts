import { ValidationError, type ValidationIssue } from "../errors/index.js";
import type { CampaignOptions } from "./options.js";
import type { PaceOptions } from "./pace-options.js";
import type { CampaignRecipient } from "./types.js";

/** Every figure of a pace; a name that is none would be no limit, without a word. */
const FIGURES: Record<keyof PaceOptions, true> = {
  perSecond: true,
  burst: true,
  gapMs: true,
  perHour: true,
  perDay: true,
  newChatsPerDay: true,
  warmUp: true,
  warmUpStepMs: true,
  perRecipientMs: true,
  store: true,
};

type Check = (path: string, isRight: boolean, message: string) => void;

/**
 * Checks the options of a campaign by themselves.
 *
 * @throws ValidationError that names every option that cannot work.
 */
export function checkOptions<R extends CampaignRecipient>(options: CampaignOptions<R>): void {
  const issues: ValidationIssue[] = [];
  const check: Check = (path, isRight, message) => {
    if (!isRight) issues.push({ path, message });
  };
  const { name, sessions, onUnknown, concurrency, failuresBeforePause } = options;
  check("name", isText(name), "must be a name, not empty");
  checkSessions(sessions, check);
  check(
    "onUnknown",
    onUnknown === undefined || onUnknown === "hold" || onUnknown === "mayDuplicate",
    'must be "hold" or "mayDuplicate"',
  );
  check("concurrency", isCount(concurrency), "must be a whole number, 1 or more");
  check("failuresBeforePause", isCount(failuresBeforePause), "must be a whole number, 1 or more");
  checkPace(options.pace, check);
  checkParts(options, check);
  if (issues.length > 0) throw new ValidationError("bulk.campaign", issues);
}

const isText = (value: unknown): boolean => typeof value === "string" && value.trim() !== "";

const isCount = (value: unknown): boolean =>
  value === undefined || (Number.isSafeInteger(value) && (value as number) >= 1);

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;

function checkSessions(sessions: unknown, check: Check): void {
  if (sessions === undefined) return;
  const isList = Array.isArray(sessions) && sessions.every(isText);
  check("sessions", isList, "must be a list of the ids of numbers, none of them empty");
  if (isList) check("sessions", new Set(sessions).size === sessions.length, "must name each number once");
}

/** What has methods must have them: else the first row would find out, or a suppressed person. */
function checkParts<R extends CampaignRecipient>(options: CampaignOptions<R>, check: Check): void {
  const has = (value: unknown, ...methods: string[]) =>
    value === undefined ||
    (isObject(value) && methods.every((method) => typeof value[method] === "function"));
  const { suppressions, journal, clock, isNewChat, random } = options;
  check("suppressions", has(suppressions, "has"), "must have has(to), as memorySuppressions() does");
  check("journal", has(journal, "open", "read"), "must be a journal, such as fileJournal(path)");
  check("clock", has(clock, "now", "sleep"), "must have now() and sleep(ms, signal)");
  for (const [name, value] of Object.entries({ isNewChat, random }))
    check(name, value === undefined || typeof value === "function", "must be a function");
}

function checkPace(pace: unknown, check: Check): void {
  if (pace === undefined || pace === "careful" || pace === "none") return;
  const isFigures = isObject(pace) && !Array.isArray(pace);
  check("pace", isFigures, 'must be "careful", "none" or figures');
  if (!isFigures) return;
  const { gapMs, warmUp, store, ...figures } = pace;
  for (const [name, value] of Object.entries(figures)) {
    const path = `pace.${name.slice(0, 40)}`;
    if (Object.hasOwn(FIGURES, name))
      check(path, value === undefined || isFigure(value), "must be a number, 0 or more");
    else check(path, false, `is no figure of a pace; there are ${Object.keys(FIGURES).join(", ")}`);
  }
  check("pace.perSecond", pace.perSecond !== 0, "must be more than 0");
  checkGap(gapMs, check);
  const isWarmUp =
    warmUp === undefined || (Array.isArray(warmUp) && warmUp.every((step) => isFigure(step) && step >= 1));
  check("pace.warmUp", isWarmUp, "must be a list of numbers of messages, 1 or more each");
  const isStore = store === undefined || (isObject(store) && typeof store.update === "function");
  check("pace.store", isStore, "must be a store, such as filePace(path)");
}

function checkGap(gapMs: unknown, check: Check): void {
  if (gapMs === undefined) return;
  const { min, max } = isObject(gapMs) ? gapMs : {};
  check(
    "pace.gapMs",
    isFigure(min) && isFigure(max) && min <= max,
    "must have a min and a max, numbers of milliseconds, and the min not above the max",
  );
}

const isFigure = (value: unknown): value is number => typeof value === "number" && value >= 0;
