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
  // A time that a series has twice is there twice.
  const most = new Map<number, number>();
  for (const entry of series) {
    const own = new Map<number, number>();
    entry.times.forEach((time) => own.set(time, (own.get(time) ?? 0) + 1));
    own.forEach((count, time) => most.set(time, Math.max(count, most.get(time) ?? 0)));
  }
  const times = [...most.keys()].sort((a, b) => a - b).flatMap((time) => new Array<number>(most.get(time) ?? 1).fill(time));
  const places = new Map<number, number>();
  times.forEach((time, place) => places.has(time) || places.set(time, place));
  const rows = series.map((entry) => {
    const row = new Array<number | null | undefined>(times.length).fill(undefined);
    const used = new Map<number, number>();
    entry.times.forEach((time, index) => {
      const before = used.get(time) ?? 0;
      used.set(time, before + 1);
      row[(places.get(time) ?? 0) + before] = entry.values[index] ?? null;
    });
    return row;
  });
  return { times, rows };
}

function sameTimes(a: readonly number[], b: readonly number[]): boolean {
  return a === b || (a.length === b.length && a.every((time, index) => time === b[index]));
}

function ascending(times: readonly number[]): boolean {
  return times.every((time, index) => index === 0 || (times[index - 1] ?? 0) <= time);
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
