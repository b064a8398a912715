import { stackRows } from './stack';
import type { StackingMode } from './style';

/** Round values between two ends, about so many. */
export function niceTicks(min: number, max: number, count: number): number[] {
  if (!(max > min) || !Number.isFinite(max - min)) {
    return [min];
  }
  const rough = (max - min) / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 2.5, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power;
  const first = Math.ceil(min / step - 1e-9);
  const last = Math.floor(max / step + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

export interface BarInput {
  /** For each series its values by category. */
  readonly rows: readonly (readonly (number | null)[])[];
  readonly categories: number;
  readonly stacking: StackingMode;
  /** Shares of the place that there is, in (0, 1]. */
  readonly groupWidth: number;
  readonly barWidth: number;
}

export interface PlacedBar {
  readonly series: number;
  readonly category: number;
  readonly value: number;
  /** Along the categories, in [0, 1]. */
  readonly start: number;
  readonly end: number;
  /** On the axis of values. */
  readonly from: number;
  readonly to: number;
}

/** Where each bar stands: groups side by side, series in a group beside or on one another. */
export function placeBars({ rows, categories, stacking, groupWidth, barWidth }: BarInput): PlacedBar[] {
  const stacked = stacking !== 'none';
  const { rows: tops, groups } = stackRows(rows.map((row) => ({ row, hidden: false, mode: stacking, key: '' })));
  const slot = 1 / Math.max(1, categories);
  const places = stacked ? 1 : Math.max(1, rows.length);
  const width = (slot * groupWidth) / places;
  return rows.flatMap((row, series) =>
    row.flatMap((value, category): PlacedBar[] => {
      if (value === null || !Number.isFinite(value)) {
        return [];
      }
      const left = category * slot + (slot - slot * groupWidth) / 2 + (stacked ? 0 : series) * width + (width * (1 - barWidth)) / 2;
      const group = groups.find(({ members }) => members.includes(series));
      const below = group?.members[group.members.indexOf(series) - 1];
      const from = stacked && below !== undefined ? (tops[below]?.[category] ?? 0) : 0;
      return [{ series, category, value, start: left, end: left + width * barWidth, from, to: stacked ? (tops[series]?.[category] ?? value) : value }];
    }),
  );
}

/** A label cut to a number of letters. */
export function cutLabel(text: string, lettersMax: number | undefined): string {
  return lettersMax !== undefined && lettersMax > 0 && text.length > lettersMax ? `${text.slice(0, lettersMax)}…` : text;
}
