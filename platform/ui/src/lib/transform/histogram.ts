import type { DataFrame, Field } from '../frame/frame';
import { optionalNumber } from '../json';
import { column, madeFrame, textOption, type Transformer } from './transformer';

interface HistogramOptions {
  /** Chosen from the values where absent or not positive. */
  readonly bucketSize?: number | undefined;
  readonly bucketOffset?: number | undefined;
  /** How many buckets there are about, where their size is chosen. */
  readonly bucketCount?: number | undefined;
  /** All fields in one. */
  readonly combine?: boolean | undefined;
}

const BUCKET_COUNT = 30;
const BUCKETS_MAX = 100_000;

/** Sizes that people like: 1, 2, 2.5, 4 and 5 times a power of ten. */
const SIZES: readonly number[] = Array.from({ length: 40 }, (_, i) => i - 20).flatMap((power) => [1, 2, 2.5, 4, 5].map((factor) => Number(`${factor}e${power}`)));

/** How often values of the number fields fall between `xMin` and `xMax`. */
export const histogram: Transformer = (frames, options, context) => {
  const numeric = (name: string): number | undefined => optionalNumber(typeof options[name] === 'string' ? textOption(options[name], context) : options[name]);
  const made = buildHistogram(frames, {
    bucketSize: numeric('bucketSize'),
    bucketOffset: numeric('bucketOffset'),
    bucketCount: numeric('bucketCount'),
    combine: options['combine'] === true,
  });
  return made === undefined ? frames : [made];
};

/** A frame of `xMin`, `xMax` and the counts of each field, only buckets that hold something; undefined where there are no numbers. */
function buildHistogram(frames: readonly DataFrame[], options: HistogramOptions): DataFrame | undefined {
  const fields = frames.flatMap((frame) => frame.fields.filter((field) => field.type === 'number'));
  const columns = fields.map(finiteNumbers);
  const size = options.bucketSize !== undefined && options.bucketSize > 0 ? options.bucketSize : chooseSize(columns.flat(), options.bucketCount ?? BUCKET_COUNT);
  if (size === undefined) {
    return undefined;
  }
  const offset = options.bucketOffset ?? 0;
  const counted = (options.combine === true ? [columns.flat()] : columns).map((values) => countBuckets(values, size, offset));
  const buckets = [...new Set(counted.flatMap((counts) => [...counts.keys()]))].sort((a, b) => a - b).slice(0, BUCKETS_MAX);
  const bound = (bucket: number): number => Number((bucket * size + offset).toPrecision(12));
  const [first] = fields;
  const config = { unit: first?.config.unit };
  const counts = counted.map((of, i): Field => {
    const values = buckets.map((bucket) => of.get(bucket) ?? 0);
    const field = fields[i];
    return field === undefined || options.combine === true ? column('count', 'number', values) : { ...field, values, config: { ...field.config, unit: undefined } };
  });
  const bounds = [
    { ...column('xMin', 'number', buckets.map(bound)), config },
    { ...column('xMax', 'number', buckets.map((bucket) => bound(bucket + 1))), config },
  ];
  return madeFrame('histogram', frames, [...bounds, ...counts], buckets.length);
}

function finiteNumbers(field: Field): number[] {
  return field.values.filter((value): value is number => typeof value === 'number' && Number.isFinite(value));
}

/** The first nice size that makes no more buckets than wanted and none finer than the values are apart. */
function chooseSize(values: readonly number[], count: number): number | undefined {
  if (values.length === 0) {
    return undefined;
  }
  const sorted = Float64Array.from(values).sort();
  let smallest = sorted.length === 1 ? 1 : Infinity;
  for (let i = 1; i < sorted.length; i++) {
    const apart = (sorted[i] ?? 0) - (sorted[i - 1] ?? 0);
    smallest = apart > 0 && apart < smallest ? apart : smallest;
  }
  const target = ((sorted[sorted.length - 1] ?? 0) - (sorted[0] ?? 0)) / Math.max(1, count);
  // Values that are all the same are apart by nothing: any size does.
  const least = smallest === Infinity ? 1 : smallest;
  return SIZES.find((size) => target < size && size >= least) ?? SIZES[SIZES.length - 1];
}

/** Counts by the number of the bucket. Rounded first, so that 0.3 / 0.1 falls where it belongs. */
function countBuckets(values: readonly number[], size: number, offset: number): Map<number, number> {
  const counts = new Map<number, number>();
  for (const value of values) {
    const bucket = Math.floor(Number(((value - offset) / size).toPrecision(12)));
    counts.set(bucket, (counts.get(bucket) ?? 0) + 1);
  }
  return counts;
}
