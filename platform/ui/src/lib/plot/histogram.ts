import type { DataFrame, Field } from '../frame/frame';
import { parseSampleValue } from '../frames';

/** Sizes that buckets are given by themselves. */
const SIZES = Array.from({ length: 19 }, (_, i) => i - 9).flatMap((power) => (power === 0 ? [1, 2, 4, 5] : [1, 2, 2.5, 4, 5]).map((n) => Number(`${n}e${power}`)));
const DEFAULT_COUNT = 30;

export interface HistogramSeries {
  readonly name: string;
  readonly field: Field;
  /** As many as there are buckets. */
  readonly counts: readonly number[];
}

export interface Histogram {
  /** `linear`: bounds stand where their numbers are; `ordinal`: buckets have equal widths. */
  readonly axis: 'linear' | 'ordinal';
  readonly buckets: readonly { readonly min: number; readonly max: number }[];
  readonly series: readonly HistogramSeries[];
  /** Decimals that bounds need. */
  readonly decimals: number | undefined;
}

export interface HistogramOptions {
  readonly bucketSize: number | undefined;
  readonly bucketOffset: number;
  readonly bucketCount: number | undefined;
  readonly combine: boolean;
}

/** Counts of values in buckets, as Grafana's histogram; frames that are histograms already are added up over time. */
export function buildHistogram(frames: readonly DataFrame[], nameOf: (field: Field) => string, options: HistogramOptions): Histogram | undefined {
  const ready = frames.flatMap((frame) => frameHistogram(frame, nameOf) ?? []);
  return ready.length > 0 ? joinHistograms(ready) : ofValues(frames, nameOf, options);
}

function ofValues(frames: readonly DataFrame[], nameOf: (field: Field) => string, options: HistogramOptions): Histogram | undefined {
  const columns = frames.flatMap((frame) => frame.fields.filter((field) => field.type === 'number').map((field) => ({ field, values: field.values.filter((value): value is number => typeof value === 'number' && Number.isFinite(value)) })));
  const size = options.bucketSize ?? automaticSize(columns.flatMap((column) => column.values), options.bucketCount);
  if (columns.length === 0 || size === undefined) {
    return undefined;
  }
  const bucketOf = (value: number) => round(Math.floor((value - options.bucketOffset) / size) * size + options.bucketOffset);
  const counted = columns.map(({ field, values }) => {
    const counts = new Map<number, number>();
    values.forEach((value) => counts.set(bucketOf(value), (counts.get(bucketOf(value)) ?? 0) + 1));
    return { field, counts };
  });
  const starts = [...new Set(counted.flatMap(({ counts }) => [...counts.keys()]))].sort((a, b) => a - b);
  const series = counted.map(({ field, counts }): HistogramSeries => ({ name: nameOf(field), field, counts: starts.map((start) => counts.get(start) ?? 0) }));
  return {
    axis: 'linear',
    buckets: starts.map((min) => ({ min, max: round(min + size) })),
    series: options.combine ? combined(series) : series,
    decimals: /\.(\d+)$/.exec(String(size))?.[1]?.length,
  };
}

function combined(series: readonly HistogramSeries[]): HistogramSeries[] {
  const [first] = series;
  return first ? [{ name: 'Count', field: first.field, counts: first.counts.map((_, at) => series.reduce((sum, entry) => sum + (entry.counts[at] ?? 0), 0)) }] : [];
}

/** The least round size that gives at most so many buckets, and no smaller than the least distance between two values. */
export function automaticSize(values: readonly number[], count = DEFAULT_COUNT): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  const [first] = sorted;
  const last = sorted.at(-1);
  if (first === undefined || last === undefined) {
    return undefined;
  }
  let least = sorted.length === 1 ? 1 : Infinity;
  for (let i = 1; i < sorted.length; i++) {
    const distance = (sorted[i] ?? 0) - (sorted[i - 1] ?? 0);
    if (distance !== 0) least = Math.min(least, distance);
  }
  // Values that are all equal have no distance; any size shows them.
  const floor = Number.isFinite(least) ? least : 1;
  return SIZES.find((size) => (last - first) / count < size && size >= floor) ?? (last - first) / count;
}

function frameHistogram(frame: DataFrame, nameOf: (field: Field) => string): Histogram | undefined {
  const named = (...names: string[]) => frame.fields.find((field) => names.includes(field.name));
  if (frame.meta?.type === 'heatmap-rows') {
    const rows = frame.fields.filter((field) => field.type === 'number');
    const uppers = rows.map((field) => parseSampleValue(field.labels?.['le'] ?? field.name));
    const [first] = rows;
    const counts = rows.map((field) => field.values.reduce<number>((sum, value) => sum + (typeof value === 'number' ? value : 0), 0));
    return first && { axis: 'ordinal', buckets: uppers.map((max, at) => ({ min: at === 0 ? 0 : (uppers[at - 1] ?? 0), max })), series: [{ name: 'Count', field: first, counts }], decimals: undefined };
  }
  const [low, high, count] = frame.meta?.type === 'heatmap-cells' ? [named('yMin'), named('yMax'), named('count', 'Count')] : [named('xMin', 'BucketMin'), named('xMax', 'BucketMax'), undefined];
  if (!low || !high) {
    return undefined;
  }
  const counts = count ? [count] : frame.fields.filter((field) => field.type === 'number' && field !== low && field !== high);
  const bounds = new Map(high.values.map((max, row) => [Number(max), Number(low.values[row])]));
  const buckets = [...bounds].map(([max, min]) => ({ min, max })).sort((a, b) => a.max - b.max);
  const series = counts.map((field): HistogramSeries => {
    const sums = new Map<number, number>();
    field.values.forEach((value, row) => sums.set(Number(high.values[row]), (sums.get(Number(high.values[row])) ?? 0) + (typeof value === 'number' ? value : 0)));
    return { name: nameOf(field), field, counts: buckets.map((bucket) => sums.get(bucket.max) ?? 0) };
  });
  return { axis: count ? 'ordinal' : 'linear', buckets, series, decimals: undefined };
}

/** Histograms on the union of their buckets. */
function joinHistograms(histograms: readonly Histogram[]): Histogram {
  const lowers = new Map(histograms.flatMap((entry) => entry.buckets.map(({ min, max }) => [max, min] as const)));
  const buckets = [...lowers].map(([max, min]) => ({ min, max })).sort((a, b) => a.max - b.max);
  const series = histograms.flatMap((entry) => {
    const places = new Map(entry.buckets.map(({ max }, at) => [max, at]));
    return entry.series.map((one) => ({ ...one, counts: buckets.map(({ max }) => one.counts[places.get(max) ?? -1] ?? 0) }));
  });
  return { axis: histograms[0]?.axis ?? 'linear', buckets, series, decimals: undefined };
}

/** Without what binary fractions leave behind the ninth decimal. */
function round(value: number): number {
  return Math.round(value * 1e9) / 1e9;
}
