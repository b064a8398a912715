import { number, string, type Json } from '../json';
import { TransformError } from './transformer';

/** The mean, variance or standard deviation over a moving window of rows. */
export function windowValues(values: readonly unknown[], settings: Json): number[] {
  const share = number(settings['windowSize'], 0.1);
  if (share <= 0) {
    throw new TransformError('the window must be larger than 0');
  }
  const size = Math.ceil(share * (string(settings['windowSizeMode'], 'percentage') === 'percentage' ? values.length : 1));
  const centered = settings['windowAlignment'] === 'centered';
  const before = centered ? Math.floor(size / 2) : size - 1;
  const after = centered ? Math.ceil(size / 2) - 1 : 0;
  const sums = prefixSums(values);
  const calculate = calculation(string(settings['reducer'], 'mean'));
  return values.map((_, row) => calculate(sums, Math.max(0, row - before), Math.min(values.length, row + after + 1)));
}

/** Sums and counts of the values before each row, nulls left out, taken from a middle so that squares keep their digits. */
interface Sums {
  readonly middle: number;
  readonly sum: Float64Array;
  readonly squares: Float64Array;
  readonly count: Float64Array;
}

function prefixSums(values: readonly unknown[]): Sums {
  const known = values.filter((value): value is number => typeof value === 'number' && Number.isFinite(value));
  const middle = known.reduce((sum, value) => sum + value / Math.max(1, known.length), 0);
  const length = values.length + 1;
  const sums = { middle, sum: new Float64Array(length), squares: new Float64Array(length), count: new Float64Array(length) };
  values.forEach((value, i) => {
    const present = typeof value === 'number' && Number.isFinite(value);
    const distance = present ? value - middle : 0;
    sums.sum[i + 1] = (sums.sum[i] ?? 0) + distance;
    sums.squares[i + 1] = (sums.squares[i] ?? 0) + distance * distance;
    sums.count[i + 1] = (sums.count[i] ?? 0) + (present ? 1 : 0);
  });
  return sums;
}

function calculation(reducer: string): (sums: Sums, from: number, to: number) => number {
  switch (reducer) {
    case 'mean':
      return (sums, from, to) => {
        const count = between(sums.count, from, to);
        return count === 0 ? 0 : sums.middle + between(sums.sum, from, to) / count;
      };
    case 'variance':
      return variance;
    case 'stdDev':
      return (sums, from, to) => Math.sqrt(variance(sums, from, to));
    default:
      throw new TransformError(`a window can be calculated with mean, variance and stdDev, not with "${reducer}"`);
  }
}

function variance(sums: Sums, from: number, to: number): number {
  const count = between(sums.count, from, to);
  const mean = between(sums.sum, from, to) / count;
  return count === 0 ? 0 : Math.max(0, between(sums.squares, from, to) / count - mean * mean);
}

function between(prefix: Float64Array, from: number, to: number): number {
  return (prefix[to] ?? 0) - (prefix[from] ?? 0);
}
