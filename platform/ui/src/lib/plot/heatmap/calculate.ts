import type { DataFrame } from '../../frame/frame';
import { parseDuration, type AbsoluteRange } from '../../time';
import type { Json } from '../../json';
import { object, optionalNumber, string } from '../../json';
import type { Heatmap, HeatmapCell } from './cells';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const TIME_STEPS = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 15, 30].map((n) => n * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * MINUTE),
  ...[1, 2, 3, 4, 6, 8, 12].map((n) => n * HOUR),
  ...[1, 2, 3, 7, 14, 30, 90, 365].map((n) => n * DAY),
];
const STEPS = Array.from({ length: 37 }, (_, i) => i - 18).flatMap((power) => [1, 2, 2.5, 5].map((n) => Number(`${n}e${power}`)));

/** More cells than this cannot be told apart, and would hold the browser up. */
const MAX_CELLS = 60_000;

/**
 * Counts how often values fall into cells of time and value, as Grafana's heatmap calculation: a number of buckets is
 * rounded to steps that are round themselves, a size is taken as it is, and logarithmic buckets are split into parts.
 */
export function calculateHeatmap(frames: readonly DataFrame[], calculation: Json, range: AbsoluteRange): Heatmap | undefined {
  const points = frames.flatMap((frame) => {
    const time = frame.fields.find((field) => field.type === 'time');
    return time ? frame.fields.filter((field) => field.type === 'number').flatMap((field) => field.values.map((value, row) => [Number(time.values[row]), value] as const)) : [];
  });
  const xBuckets = object(calculation['xBuckets']);
  const yBuckets = object(calculation['yBuckets']);
  const scale = object(yBuckets['scale']);
  const base = scale['type'] === 'log' ? (scale['log'] === 10 ? 10 : 2) : undefined;
  const inside = points.filter((point): point is readonly [number, number] => typeof point[1] === 'number' && Number.isFinite(point[1]) && point[0] >= range.fromMs && point[0] <= range.toMs && (base === undefined || point[1] > 0));
  const [first] = inside;
  if (!first) {
    return undefined;
  }
  const low = inside.reduce((least, [, value]) => Math.min(least, value), first[1]);
  const high = inside.reduce((greatest, [, value]) => Math.max(greatest, value), first[1]);
  const xStep = stepOf(xBuckets, range.toMs - range.fromMs, 20, TIME_STEPS, (text) => parseDuration(text) ?? optionalNumber(text));
  const parts = Math.max(1, optionalNumber(yBuckets['value']) ?? 1);
  const yStep = base === undefined ? stepOf(yBuckets, high - low, 10, STEPS, optionalNumber) : 1 / parts;
  const onAxis = base === undefined ? (value: number) => value : base === 2 ? Math.log2 : Math.log10;
  const counts = new Map<string, { x: number; y: number; count: number }>();
  for (const [time, value] of inside) {
    const x = Math.floor(time / xStep);
    const y = Math.floor(onAxis(value) / yStep + 1e-9);
    const key = `${x} ${y}`;
    const cell = counts.get(key);
    if (cell) {
      cell.count++;
    } else if (counts.size < MAX_CELLS) {
      counts.set(key, { x, y, count: 1 });
    }
  }
  const bound = (y: number) => (base === undefined ? y * yStep : base ** (y * yStep));
  const cells = [...counts.values()].map(({ x, y, count }): HeatmapCell => ({ x0: x * xStep, x1: (x + 1) * xStep, y0: bound(y), y1: bound(y + 1), count }));
  const unit = frames.flatMap((frame) => frame.fields).find((field) => field.type === 'number')?.config.unit;
  return { cells, axis: base === undefined ? { kind: 'linear' } : { kind: 'log', base }, unit };
}

/** The size of a bucket: as given, or the round step below what so many buckets would need. */
function stepOf(buckets: Json, range: number, defaultCount: number, steps: readonly number[], read: (text: string) => number | undefined): number {
  const given = read(string(buckets['value'], String(buckets['value'] ?? '')));
  if (buckets['mode'] === 'size' && given !== undefined && given > 0) {
    return given;
  }
  const count = buckets['mode'] !== 'size' && given !== undefined && given > 0 ? given : defaultCount;
  const wanted = range / Math.max(count - 1, 1);
  const above = steps.findIndex((step) => step > wanted);
  return steps[Math.max(0, (above < 0 ? steps.length : above) - 1)] ?? 1;
}
