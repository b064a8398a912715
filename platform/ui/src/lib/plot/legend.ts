import type { Json } from '../json';
import { array, boolean, optionalNumber, optionalString, string } from '../json';

export interface LegendOptions {
  readonly show: boolean;
  readonly mode: 'list' | 'table';
  readonly placement: 'bottom' | 'right';
  readonly calcs: readonly string[];
  readonly sortBy: string | undefined;
  readonly sortDesc: boolean;
  readonly width: number | undefined;
}

export function legendOptions(json: Json): LegendOptions {
  return {
    show: boolean(json['showLegend'], true) && json['displayMode'] !== 'hidden',
    mode: json['displayMode'] === 'table' ? 'table' : 'list',
    placement: json['placement'] === 'right' ? 'right' : 'bottom',
    calcs: array(json['calcs']).map((calc) => string(calc)),
    sortBy: optionalString(json['sortBy']),
    sortDesc: boolean(json['sortDesc'], false),
    width: optionalNumber(json['width']),
  };
}

export interface LegendValue {
  /** The heading of its column. */
  readonly title: string;
  readonly text: string;
  readonly numeric: number;
  readonly color?: string | undefined;
}

export interface LegendItem {
  readonly name: string;
  readonly color: string;
  readonly shown: boolean;
  readonly values: readonly LegendValue[];
  /** On the axis at the right, which a list says. */
  readonly rightAxis?: boolean;
  readonly dash?: boolean;
}

/** Items by the column of that heading, or by name; without a heading as they came. Missing numbers come last. */
export function sortLegend(items: readonly LegendItem[], sortBy: string | undefined, descending: boolean): LegendItem[] {
  if (sortBy === undefined) {
    return [...items];
  }
  const direction = descending ? -1 : 1;
  if (!items.some((item) => item.values.some((value) => value.title === sortBy))) {
    return sortBy === 'Name' ? [...items].sort((a, b) => direction * a.name.localeCompare(b.name, undefined, { numeric: true })) : [...items];
  }
  const number = (item: LegendItem) => item.values.find((value) => value.title === sortBy)?.numeric ?? NaN;
  return [...items].sort((a, b) => {
    const [x, y] = [number(a), number(b)];
    return Number.isNaN(x) || Number.isNaN(y) ? Number(Number.isNaN(x)) - Number(Number.isNaN(y)) : direction * (x - y);
  });
}
