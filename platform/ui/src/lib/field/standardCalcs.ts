/** What one pass over the values of a field finds out. */
export interface StandardCalcs {
  readonly sum: number;
  readonly max: number | null;
  readonly min: number | null;
  readonly logmin: number | null;
  readonly mean: number | null;
  readonly last: unknown;
  readonly first: unknown;
  readonly lastNotNull: unknown;
  readonly firstNotNull: unknown;
  readonly count: number;
  /** As in Grafana, true of values that are no numbers. */
  readonly allIsNull: boolean;
  readonly allIsZero: boolean;
  readonly range: number | null;
  readonly diff: number | null;
  readonly diffperc: number | null;
  readonly delta: number;
  readonly step: number | null;
}

/**
 * Nulls are left out (`connected`), counted only (`null`) or zero. NaN is counted and otherwise left out. For `delta` a value
 * below its predecessor is the reset of a counter: the step down and the first step up after it add nothing.
 */
export function standardCalcs(values: readonly unknown[], nullMode: 'null' | 'connected' | 'null as zero', numeric: boolean): StandardCalcs {
  let sum = 0;
  let max = -Infinity;
  let min = Infinity;
  let logmin = Infinity;
  let step = Infinity;
  let delta = 0;
  let numbersSeen = 0;
  let rising = true;
  let allIsNull = true;
  let allIsZero = true;
  let firstNotNull: unknown = null;
  let lastNotNull: unknown = null;
  let counted = 0;
  for (const given of values) {
    const value = given ?? (nullMode === 'null as zero' ? 0 : null);
    counted += value === null && nullMode === 'connected' ? 0 : 1;
    if (value === null || Number.isNaN(value)) {
      continue;
    }
    if (numeric && typeof value === 'number') {
      allIsNull = false;
      sum += value;
      if (numbersSeen++ > 0 && typeof lastNotNull === 'number') {
        const change = value - lastNotNull;
        step = Math.min(step, change);
        delta += change >= 0 && rising ? change : 0;
        rising = change >= 0;
      }
      max = value > max ? value : max;
      min = value < min ? value : min;
      logmin = value > 0 && value < logmin ? value : logmin;
    }
    allIsZero = allIsZero && value === 0;
    firstNotNull ??= value;
    lastNotNull = value;
  }
  const some = numbersSeen > 0;
  const diff = typeof firstNotNull === 'number' && typeof lastNotNull === 'number' ? lastNotNull - firstNotNull : null;
  return {
    sum,
    max: some ? max : null,
    min: some ? min : null,
    logmin: logmin === Infinity ? null : logmin,
    mean: some ? sum / numbersSeen : null,
    last: values[values.length - 1] ?? null,
    first: values[0] ?? null,
    lastNotNull,
    firstNotNull,
    count: counted,
    allIsNull,
    allIsZero: !allIsNull && allIsZero,
    range: some ? max - min : null,
    diff,
    diffperc: diff !== null && typeof firstNotNull === 'number' ? (diff / firstNotNull) * 100 : null,
    delta,
    step: step === Infinity ? null : step,
  };
}
