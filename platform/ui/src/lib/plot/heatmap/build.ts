import type { DataFrame, Field } from '../../frame/frame';
import { parseSampleValue } from '../../frames';
import type { Heatmap, HeatmapCell } from './cells';

const DEFAULT_STEP_MS = 60_000;

/** Cells as they are, such as those of native histograms; undefined for frames of other kinds. */
export function cellsOfFrame(frame: DataFrame): HeatmapCell[] | undefined {
  const named = (...names: string[]) => frame.fields.find((field) => names.includes(field.name));
  const end = named('xMax');
  const start = named('xMin', 'x');
  const [low, high] = [named('yMin'), named('yMax')];
  const count = frame.fields.find((field) => field.name.toLowerCase() === 'count') ?? frame.fields.find((field) => field.type === 'number' && field !== low && field !== high && field !== end && field !== start);
  const x = start ?? end;
  if (!x || !low || !high || !count) {
    return undefined;
  }
  const step = x.config.interval ?? smallestStep(x);
  return Array.from({ length: frame.length }, (_, row): HeatmapCell => {
    const at = Number(x.values[row]);
    const [x0, x1] = start && end ? [at, Number(end.values[row])] : start ? [at, at + step] : [at - step, at];
    return { x0, x1, y0: Number(low.values[row]), y1: Number(high.values[row]), count: Number(count.values[row]) };
  });
}

export interface RowsOptions {
  readonly layout: 'le' | 'ge' | 'unknown' | 'auto';
  /** Writes the bound of a bucket. */
  readonly format: (bound: string) => string;
}

/** Rows of buckets: every number field is one, in the order of their bounds where all names are numbers. */
export function heatmapOfRows(frames: readonly DataFrame[], nameOf: (field: Field, frame: DataFrame) => string, options: RowsOptions): Heatmap | undefined {
  const rows = frames.flatMap((frame) => {
    const time = frame.fields.find((field) => field.type === 'time');
    return time ? frame.fields.filter((field) => field.type === 'number').map((field) => ({ time, field, name: nameOf(field, frame), bound: boundOf(field, nameOf(field, frame)) })) : [];
  });
  const [first] = rows;
  if (!first) {
    return undefined;
  }
  const numeric = rows.every((row) => !Number.isNaN(row.bound));
  const sorted = numeric ? [...rows].sort((a, b) => a.bound - b.bound) : rows;
  const step = first.time.config.interval ?? smallestStep(first.time);
  const cells = sorted.flatMap(({ time, field }, bucket) =>
    field.values.flatMap((count, row): HeatmapCell[] => {
      const at = Number(time.values[row]);
      return typeof count === 'number' ? [{ x0: at - step, x1: at, y0: bucket, y1: bucket + 1, count }] : [];
    }),
  );
  const layout = options.layout === 'auto' ? (first.field.labels?.['le'] === undefined ? 'unknown' : 'le') : options.layout;
  const names = sorted.map((row) => options.format(row.name));
  const bounds = layout === 'le' ? [numeric ? options.format('0') : '', ...names] : layout === 'ge' ? [...names, ''] : names;
  const uppers = layout === 'ge' ? [...sorted.slice(1).map((row) => row.bound), Infinity] : sorted.map((row) => row.bound);
  return { cells, axis: { kind: 'ordinal', names: bounds, centered: layout === 'unknown', uppers }, unit: undefined };
}

function boundOf(field: Field, name: string): number {
  const text = field.labels?.['le'] ?? name;
  return text.trim() === '' ? NaN : parseSampleValue(text);
}

/** The least distance between two times that differ. */
export function smallestStep(time: Field): number {
  let least = Infinity;
  for (let row = 1; row < time.values.length; row++) {
    const distance = Math.abs(Number(time.values[row]) - Number(time.values[row - 1]));
    if (distance > 0) least = Math.min(least, distance);
  }
  return Number.isFinite(least) ? least : DEFAULT_STEP_MS;
}
