/** One cell of a heatmap; its sides are times in milliseconds and values, or places of buckets on an ordinal axis. */
export interface HeatmapCell {
  readonly x0: number;
  readonly x1: number;
  readonly y0: number;
  readonly y1: number;
  readonly count: number;
}

export type HeatmapAxis =
  | { readonly kind: 'linear' }
  | { readonly kind: 'log'; readonly base: 2 | 10 }
  /** Bucket i lies between i and i + 1; `bounds` are the texts at 0 to n, or in the middle of each bucket where `centered`. */
  | { readonly kind: 'ordinal'; readonly names: readonly string[]; readonly centered: boolean; readonly uppers: readonly number[] };

export interface Heatmap {
  readonly cells: readonly HeatmapCell[];
  readonly axis: HeatmapAxis;
  /** The unit of numeric bounds. */
  readonly unit: string | undefined;
}

/** Counts outside are not drawn and do not count for the colours. */
export interface CountFilter {
  readonly le: number | undefined;
  readonly ge: number | undefined;
}

export function visibleCells(cells: readonly HeatmapCell[], { le, ge }: CountFilter): HeatmapCell[] {
  return cells.filter(({ count }) => Number.isFinite(count) && (le === undefined || count > le) && (ge === undefined || count < ge));
}

/** The place of a count among so many colours between two ends. */
export function colorIndex(count: number, min: number, max: number, colors: number): number {
  const range = max - min || 1;
  return Math.min(colors - 1, Math.max(0, Math.floor((colors * (count - min)) / range)));
}

/** The least and the greatest count; ends that are configured win. */
export function countRange(cells: readonly HeatmapCell[], min: number | undefined, max: number | undefined): { min: number; max: number } {
  let low = Infinity;
  let high = -Infinity;
  for (const { count } of cells) {
    low = Math.min(low, count);
    high = Math.max(high, count);
  }
  const from = min ?? (Number.isFinite(low) ? low : 0);
  return { min: from, max: Math.max(from, max ?? (Number.isFinite(high) ? high : 1)) };
}

/** The cell at a point. */
export function cellAt(cells: readonly HeatmapCell[], x: number, y: number): HeatmapCell | undefined {
  return cells.find((cell) => cell.x0 <= x && x < cell.x1 && cell.y0 <= y && y < cell.y1);
}

/** Where a value stands on the axis: on an ordinal one in the bucket whose upper bound it does not exceed, in proportion. */
export function axisPosition(axis: HeatmapAxis, value: number): number | undefined {
  if (axis.kind !== 'ordinal') {
    return value;
  }
  const bucket = axis.uppers.findIndex((upper) => value <= upper);
  if (bucket < 0) {
    return undefined;
  }
  const lower = bucket === 0 ? 0 : (axis.uppers[bucket - 1] ?? 0);
  const upper = axis.uppers[bucket] ?? lower;
  return bucket + (Number.isFinite(upper) && upper > lower ? Math.min(1, Math.max(0, (value - lower) / (upper - lower))) : 0.5);
}
