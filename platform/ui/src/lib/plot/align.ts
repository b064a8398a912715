/** Points of one series, ascending in time, in milliseconds. */
export interface Points {
  readonly times: readonly number[];
  readonly values: readonly (number | null)[];
}

/** Series on one axis of times. Null is a gap that the series has; undefined is a time that only others have. */
export interface AlignedPoints {
  readonly times: readonly number[];
  readonly rows: readonly (readonly (number | null | undefined)[])[];
}

/** Joins series on the union of their times. */
export function alignPoints(series: readonly Points[]): AlignedPoints {
  const [first] = series;
  if (!first) {
    return { times: [], rows: [] };
  }
  if (series.every((entry) => sameTimes(entry.times, first.times)) && ascending(first.times)) {
    return { times: first.times, rows: series.map((entry) => entry.values) };
  }
  const times = [...new Set(series.flatMap((entry) => [...entry.times]))].sort((a, b) => a - b);
  const places = new Map(times.map((time, index) => [time, index]));
  const rows = series.map((entry) => {
    const row = new Array<number | null | undefined>(times.length).fill(undefined);
    entry.times.forEach((time, index) => {
      const place = places.get(time);
      if (place !== undefined) {
        row[place] = entry.values[index] ?? null;
      }
    });
    return row;
  });
  return { times, rows };
}

function sameTimes(a: readonly number[], b: readonly number[]): boolean {
  return a === b || (a.length === b.length && a.every((time, index) => time === b[index]));
}

function ascending(times: readonly number[]): boolean {
  return times.every((time, index) => index === 0 || (times[index - 1] ?? 0) < time);
}

/** Puts a gap behind every point whose next one is farther away than the threshold. */
export function insertGaps(points: Points, thresholdMs: number): Points {
  const { times, values } = points;
  if (!(thresholdMs > 0) || !times.some((time, index) => index > 0 && time - (times[index - 1] ?? time) > thresholdMs)) {
    return points;
  }
  const filledTimes: number[] = [];
  const filledValues: (number | null)[] = [];
  times.forEach((time, index) => {
    const before = times[index - 1];
    if (before !== undefined && time - before > thresholdMs) {
      filledTimes.push(before + thresholdMs);
      filledValues.push(null);
    }
    filledTimes.push(time);
    filledValues.push(values[index] ?? null);
  });
  return { times: filledTimes, values: filledValues };
}

/** Gaps between two values that are less than the threshold apart become undefined, over which lines are drawn. */
export function bridgeGaps(times: readonly number[], row: readonly (number | null | undefined)[], thresholdMs: number): (number | null | undefined)[] {
  const bridged = [...row];
  let lastTime: number | undefined;
  let gapStart: number | undefined;
  row.forEach((value, index) => {
    if (value === null || value === undefined) {
      gapStart ??= lastTime === undefined ? undefined : index;
      return;
    }
    const time = times[index] ?? 0;
    if (gapStart !== undefined && lastTime !== undefined && time - lastTime < thresholdMs) {
      bridged.fill(undefined, gapStart, index);
    }
    gapStart = undefined;
    lastTime = time;
  });
  return bridged;
}
