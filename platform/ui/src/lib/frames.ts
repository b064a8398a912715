import type { Labels } from './labels';

/** Times at which series of one answer have points: `startMs + i * stepMs` for i in [0, count). */
export interface Grid {
  readonly startMs: number;
  readonly stepMs: number;
  readonly count: number;
}

/** Values at the times of a grid; null where the series has no point there. */
export interface GridSeries {
  readonly labels: Labels;
  readonly values: readonly (number | null)[];
}

export interface GridFrame {
  readonly grid: Grid;
  readonly series: readonly GridSeries[];
}

/** One sample of a series. */
export interface Sample {
  readonly labels: Labels;
  readonly timeMs: number;
  readonly value: number;
}

/** A number as the Prometheus API writes it: `NaN`, `+Inf` and `-Inf` included. */
export function parseSampleValue(text: string): number {
  switch (text) {
    case '+Inf':
      return Infinity;
    case '-Inf':
      return -Infinity;
    default:
      return Number(text);
  }
}

/** Puts `[seconds, value]` points on the grid of the range query that gave them. */
export function toGridSeries(labels: Labels, points: readonly (readonly [number, string])[], grid: Grid): GridSeries {
  const values = new Array<number | null>(grid.count).fill(null);
  for (const [seconds, text] of points) {
    const index = Math.round((seconds * 1000 - grid.startMs) / grid.stepMs);
    if (index >= 0 && index < grid.count) {
      values[index] = parseSampleValue(text);
    }
  }
  return { labels, values };
}

export function gridOf(fromMs: number, toMs: number, stepMs: number): Grid {
  return { startMs: fromMs, stepMs, count: Math.floor((toMs - fromMs) / stepMs) + 1 };
}

export function gridTime(grid: Grid, index: number): number {
  return grid.startMs + index * grid.stepMs;
}

/** Sums from the first series upwards, null counting as zero where any series has a point: the tops of a stack. */
export function stack(series: readonly (readonly (number | null)[])[], mode: 'normal' | 'percent'): (number | null)[][] {
  const count = series[0]?.length ?? 0;
  const totals = Array.from({ length: count }, (_, i) => series.reduce((sum, values) => sum + finite(values[i]), 0));
  const running = new Array<number>(count).fill(0);
  return series.map((values) =>
    values.map((value, i) => {
      running[i] = (running[i] ?? 0) + finite(value);
      const total = totals[i] ?? 0;
      const present = value !== null || series.some((other) => other[i] !== null && other[i] !== undefined);
      if (!present) {
        return null;
      }
      return mode === 'normal' ? (running[i] ?? 0) : total === 0 ? 0 : (running[i] ?? 0) / total;
    }),
  );
}

function finite(value: number | null | undefined): number {
  return value !== null && value !== undefined && Number.isFinite(value) ? value : 0;
}

/** Rows of a chart on one common time axis; undefined where a series of another step has no place, null where it has a gap. */
export interface Aligned {
  readonly timesMs: readonly number[];
  readonly rows: readonly (readonly (number | null | undefined)[])[];
}

export function alignGrids(items: readonly { readonly grid: Grid; readonly values: readonly (number | null)[] }[]): Aligned {
  const [first] = items;
  if (!first) {
    return { timesMs: [], rows: [] };
  }
  const same = items.every(({ grid }) => grid.startMs === first.grid.startMs && grid.stepMs === first.grid.stepMs && grid.count === first.grid.count);
  if (same) {
    return { timesMs: Array.from({ length: first.grid.count }, (_, i) => gridTime(first.grid, i)), rows: items.map((item) => item.values) };
  }
  const times = new Set(items.flatMap(({ grid }) => Array.from({ length: grid.count }, (_, i) => gridTime(grid, i))));
  const timesMs = [...times].sort((a, b) => a - b);
  const rows = items.map(({ grid, values }) =>
    timesMs.map((timeMs) => {
      const index = (timeMs - grid.startMs) / grid.stepMs;
      return Number.isInteger(index) && index >= 0 && index < grid.count ? values[index] : undefined;
    }),
  );
  return { timesMs, rows };
}
