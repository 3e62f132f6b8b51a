const DELIMITERS = [",", ";", "\t", "|"] as const;

/** `sep=;`, the first line of files that a spreadsheet is to open rightly in any country. */
export function declaredDelimiter(line: string): string | undefined {
  return /^"?sep=(.)"?$/i.exec(line)?.[1];
}

/** The delimiter that cuts most lines into as many cells as the first; the comma when none cuts anything. */
export function detectDelimiter(lines: readonly string[]): string {
  let [best, bestScore]: [string, number] = [",", 0];
  const bare = lines.map((line) => line.replace(/"[^"]*(?:"|$)/g, ""));
  for (const delimiter of DELIMITERS) {
    const [first = 0, ...rest] = bare.map((line) => line.split(delimiter).length - 1);
    if (first === 0) continue;
    const alike = rest.filter((count) => count === first).length;
    const score = 1 + alike * 100 + Math.min(first, 99);
    if (score > bestScore) [best, bestScore] = [delimiter, score];
  }
  return best;
}
