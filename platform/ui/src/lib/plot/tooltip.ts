import type { Json } from '../json';
import { boolean, optionalNumber } from '../json';

export interface TooltipOptions {
  readonly mode: 'single' | 'multi' | 'none';
  readonly sort: 'none' | 'asc' | 'desc';
  readonly hideZeros: boolean;
  readonly maxHeight: number | undefined;
  readonly maxWidth: number | undefined;
}

export function tooltipOptions(json: Json): TooltipOptions {
  const { mode, sort } = json;
  return {
    mode: mode === 'multi' || mode === 'none' ? mode : 'single',
    sort: sort === 'asc' || sort === 'desc' ? sort : 'none',
    hideZeros: boolean(json['hideZeros'], false),
    maxHeight: optionalNumber(json['maxHeight']),
    maxWidth: optionalNumber(json['maxWidth']),
  };
}

export interface TooltipRow {
  /** The place of the series. */
  readonly series: number;
  readonly value: number;
}

/** The rows of a tooltip: the nearest series alone, or all of them in order. */
export function tooltipRows(rows: readonly TooltipRow[], options: TooltipOptions, nearest: number | undefined): TooltipRow[] {
  if (options.mode === 'none') {
    return [];
  }
  if (options.mode === 'single') {
    return rows.filter((row) => row.series === nearest);
  }
  const kept = options.hideZeros ? rows.filter((row) => row.value !== 0) : [...rows];
  return options.sort === 'none' ? kept : kept.sort((a, b) => (options.sort === 'asc' ? a.value - b.value : b.value - a.value));
}

/** The place nearest to `at` at which the row has a value, at most `reach` away by the distance function; undefined without one. */
export function nearestValue(row: readonly (number | null | undefined)[], at: number, distance: (index: number) => number, reach: number): number | undefined {
  if (typeof row[at] === 'number') {
    return at;
  }
  let left = at - 1;
  while (left >= 0 && typeof row[left] !== 'number' && distance(left) <= reach) left--;
  let right = at + 1;
  while (right < row.length && typeof row[right] !== 'number' && distance(right) <= reach) right++;
  const candidates = [left, right].filter((index) => typeof row[index] === 'number' && distance(index) <= reach);
  return candidates.sort((a, b) => distance(a) - distance(b))[0];
}
