import { fieldNamer } from '../field/displayName';
import type { DataFrame, Field } from '../frame/frame';
import { object, optionalNumber, optionalString, type Json } from '../json';
import { parseDuration } from '../time';
import { column, madeFrame, TransformError, type Transformer } from './transformer';

const CELLS_MAX = 200_000;

/** Counts of values in cells of time and value. */
export const heatmap: Transformer = (frames, options) => {
  const made = calculateHeatmap(frames, options);
  return options['keepOriginalData'] === true ? [made, ...frames] : [made];
};

const TIME_SIZES: readonly number[] = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 15_000, 30_000].concat(
  [1, 2, 5, 10, 15, 30].map((m) => m * 60_000),
  [1, 2, 3, 4, 6, 8, 12].map((h) => h * 3_600_000),
  [1, 2, 3, 4, 5, 6, 7, 10, 14, 30].map((d) => d * 86_400_000),
  [1, 2, 5, 10].map((y) => y * 31_536_000_000),
);
const LINEAR_SIZES: readonly number[] = Array.from({ length: 40 }, (_, i) => i - 20).flatMap((power) => [1, 2, 2.5, 5].map((factor) => Number(`${factor}e${power}`)));

interface Axis {
  /** The number of the bucket that a value falls into. */
  readonly bucketOf: (value: number) => number;
  /** The lower bound of a bucket. */
  readonly boundOf: (bucket: number) => number;
}

/** Options are those of Grafana's `xBuckets` and `yBuckets`: mode `size` or `count`, value, and for y the scale. */
function calculateHeatmap(frames: readonly DataFrame[], options: Json): DataFrame {
  const points = collect(frames);
  const xOptions = object(options['xBuckets']);
  const yOptions = object(options['yBuckets']);
  const x = linearAxis(points.xs, xOptions, TIME_SIZES, 20);
  const scale = object(yOptions['scale']);
  const logarithm = scale['type'] === 'log' ? (optionalNumber(scale['log']) ?? 2) : undefined;
  const y = logarithm === undefined ? linearAxis(points.ys, yOptions, LINEAR_SIZES, 10) : logAxis(points.ys, yOptions, logarithm);
  const [xFrom, xTo] = extent(points.xs, x);
  const [yFrom, yTo] = extent(points.ys, y);
  const [columns, rows] = [xTo - xFrom + 1, yTo - yFrom + 1];
  if (columns * rows > CELLS_MAX) {
    throw new TransformError(`the heat map would have ${columns * rows} cells: make its buckets larger`);
  }
  const counts = new Array<number>(columns * rows).fill(0);
  points.xs.forEach((value, i) => {
    const cell = (x.bucketOf(value) - xFrom) * rows + (y.bucketOf(points.ys[i] ?? 0) - yFrom);
    counts[cell] = (counts[cell] ?? 0) + 1;
  });
  const xs = counts.map((_, i) => x.boundOf(xFrom + Math.floor(i / rows)));
  const ys = counts.map((_, i) => y.boundOf(yFrom + (i % rows)));
  const yField: Field = { ...column('yMin', 'number', ys), config: { ...points.source.config, custom: { ...points.source.config.custom, scaleDistribution: scale } } };
  const fields: Field[] = [
    { ...column('xMin', 'time', xs), config: { interval: x.boundOf(xFrom + 1) - x.boundOf(xFrom) } },
    { ...column('xMax', 'time', xs.map((_, i) => x.boundOf(xFrom + Math.floor(i / rows) + 1))), config: {} },
    yField,
    { ...yField, name: 'yMax', values: ys.map((_, i) => y.boundOf(yFrom + (i % rows) + 1)) },
    { ...column('count', 'number', counts), config: { unit: 'short' } },
  ];
  return { ...madeFrame('heatmap', frames, fields, counts.length), name: points.name, meta: { type: 'heatmap-cells' } };
}

function collect(frames: readonly DataFrame[]): { xs: number[]; ys: number[]; source: Field; name: string } {
  const xs: number[] = [];
  const ys: number[] = [];
  let source: Field | undefined;
  let name = '';
  for (const frame of frames) {
    const time = frame.fields.find((field) => field.type === 'time');
    for (const field of time === undefined ? [] : frame.fields.filter(({ type }) => type === 'number')) {
      source ??= field;
      name = name === '' ? fieldNamer([frame])(field, frame) : name;
      field.values.forEach((value, row) => {
        const at = time?.values[row];
        if (typeof value === 'number' && Number.isFinite(value) && typeof at === 'number') {
          xs.push(at);
          ys.push(value);
        }
      });
    }
  }
  if (source === undefined || xs.length === 0) {
    throw new TransformError('there are no numbers over time to count');
  }
  return { xs, ys, source, name };
}

function linearAxis(values: readonly number[], options: Json, sizes: readonly number[], buckets: number): Axis {
  const given = bucketSize(options['value']);
  const bySize = options['mode'] !== 'count' && given !== undefined && given > 0;
  const count = options['mode'] === 'count' && given !== undefined && given > 0 ? given : buckets;
  const about = (greatest(values) - least(values)) / Math.max(count - 1, 1);
  const size = bySize ? given : (sizes[Math.max(0, sizes.findIndex((candidate) => candidate > about) - 1)] ?? 1);
  return { bucketOf: (value) => Math.floor(Number((value / size).toPrecision(13))), boundOf: (bucket) => Number((bucket * size).toPrecision(15)) };
}

/** Powers of the base, each divided as often as the option says. */
function logAxis(values: readonly number[], options: Json, base: number): Axis {
  if (least(values) <= 0) {
    throw new TransformError('a logarithmic axis cannot show values of 0 and below');
  }
  const step = 1 / Math.max(1, optionalNumber(options['value']) ?? 1);
  return { bucketOf: (value) => Math.floor(Number((Math.log(value) / Math.log(base) / step).toPrecision(13))), boundOf: (bucket) => base ** (bucket * step) };
}

/** A number, or for times a duration such as `1h`. */
function bucketSize(value: unknown): number | undefined {
  return optionalNumber(value) ?? parseDuration(optionalString(value) ?? '');
}

function extent(values: readonly number[], axis: Axis): [number, number] {
  return [axis.bucketOf(least(values)), axis.bucketOf(greatest(values))];
}

function least(values: readonly number[]): number {
  return values.reduce((a, b) => Math.min(a, b), Infinity);
}

function greatest(values: readonly number[]): number {
  return values.reduce((a, b) => Math.max(a, b), -Infinity);
}
