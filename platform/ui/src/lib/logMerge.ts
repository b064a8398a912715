import type { LogLine } from './logs';

/** The lines of both lists one after the other, without those of the second that the first has too: a page begins where the one before ended. */
export function mergeOrdered(first: readonly LogLine[], then: readonly LogLine[]): readonly LogLine[] {
  if (then.length === 0) {
    return first;
  }
  const seen = new Set(first.map(identity));
  return [...first, ...then.filter((line) => !seen.has(identity(line))).map((line) => ({ ...line, key: `more-${line.key}` }))];
}

function identity(line: LogLine): string {
  return `${line.timeNs}\u0000${JSON.stringify(line.stream)}\u0000${line.line}`;
}

/** The stretch that is still to be asked for behind the last line: before it where the newest come first, else after it. */
export function nextStretch(lines: readonly LogLine[], range: { readonly fromMs: number; readonly toMs: number }, ascending: boolean): { readonly fromMs: number; readonly toMs: number } | undefined {
  const last = lines.at(-1);
  if (last === undefined) {
    return undefined;
  }
  const stretch = ascending ? { fromMs: Math.floor(last.timeMs), toMs: range.toMs } : { fromMs: range.fromMs, toMs: Math.floor(last.timeMs) + 1 };
  return stretch.fromMs < stretch.toMs ? stretch : undefined;
}
