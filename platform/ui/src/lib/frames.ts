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
