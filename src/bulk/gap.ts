/** The shortest and the longest gap between two messages of one number, in milliseconds. */
export interface GapRange {
  min: number;
  max: number;
}

/**
 * How closely gaps gather around the typical one. Ours: people answer in times that are log-logistic (a steep start, a
 * long tail), and 5 spreads them over the whole range without piling up at its ends.
 */
const SHAPE = 5;

/**
 * A gap out of a log-logistic distribution cut off at both ends; the typical one lies at 40 % of the range.
 * `share` is a random number from 0 to below 1: the share of all gaps that are shorter.
 */
export function gapOf({ min, max }: GapRange, share: number): number {
  if (max <= min) return min;
  const typical = min + 0.4 * (max - min);
  const below = (ms: number) => 1 / (1 + (ms / typical) ** -SHAPE);
  const cut = below(min) + share * (below(max) - below(min));
  return Math.min(max, Math.max(min, typical * (cut / (1 - cut)) ** (1 / SHAPE)));
}

/** The mean of {@link gapOf}. */
export function meanGap(range: GapRange): number {
  const steps = 200;
  let sum = 0;
  for (let step = 0; step < steps; step += 1) sum += gapOf(range, (step + 0.5) / steps);
  return sum / steps;
}
