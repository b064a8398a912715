import type { AbsoluteRange } from '../../time';
import { reducePoints } from './reduce';
import type { SeriesValue } from './values';

export interface ResampleSettings {
  readonly windowMs: number;
  readonly downsampler: string;
  readonly upsampler: string;
}

const MAX_POINTS = 50_000;

/** A series at even distances over the range (`pkg/expr/mathexp/resample.go`). */
export function resample(series: SeriesValue, settings: ResampleSettings, range: AbsoluteRange): SeriesValue {
  const steps = Math.floor((range.toMs - range.fromMs) / settings.windowMs);
  if (steps <= 0) {
    throw new Error('The series cannot be resampled: the time range is shorter than the window.');
  }
  if (steps > MAX_POINTS) {
    throw new Error(`The window gives ${steps} points; at most ${MAX_POINTS} are made. Use a longer window.`);
  }
  const times: number[] = [];
  const values: (number | null)[] = [];
  let read = 0;
  let lastSeen: number | null = null;
  for (let i = 0; i <= steps; i++) {
    const time = range.fromMs + i * settings.windowMs;
    const within: (number | null)[] = [];
    while (read < series.times.length && (series.times[read] ?? Infinity) <= time) {
      lastSeen = series.values[read] ?? null;
      within.push(lastSeen);
      read++;
    }
    times.push(time);
    values.push(within.length > 0 ? reducePoints(within, downsampler(settings.downsampler)) : fill(settings.upsampler, lastSeen, series.values[read] ?? null));
  }
  return { ...series, times, values };
}

function downsampler(name: string): string {
  if (!['sum', 'mean', 'min', 'max', 'last'].includes(name)) {
    throw new Error(`There is no downsampler “${name}”. There are: sum, mean, min, max, last.`);
  }
  return name;
}

function fill(upsampler: string, before: number | null, after: number | null): number | null {
  switch (upsampler) {
    case 'pad':
      return before;
    case 'backfilling':
      return after;
    case 'fillna':
      return null;
    default:
      throw new Error(`There is no upsampler “${upsampler}”. There are: pad, backfilling, fillna.`);
  }
}
