import type { Field } from '../frame/frame';
import { number, object } from '../json';
import { columnWidth } from './tableOptions';

const MIN_PX = 50;
const DEFAULT_MIN_PX = 150;

/**
 * Widths of columns in pixels, as Grafana computes them: a width that is set stands; the others share what is left, and
 * none is narrower than its `minWidth`. `chosen` is what a person dragged.
 */
export function columnWidths(fields: readonly Field[], availablePx: number, chosen: ReadonlyMap<string, number> = new Map()): number[] {
  const set = fields.map((field) => chosen.get(field.name) ?? columnWidth(field.config.custom));
  const taken = set.reduce<number>((sum, width) => sum + (width ?? 0), 0);
  const free = set.filter((width) => width === undefined).length;
  return fields.map((field, index) => Math.max(MIN_PX, set[index] ?? Math.max(number(object(field.config.custom)['minWidth'], DEFAULT_MIN_PX), Math.floor((availablePx - taken) / free))));
}
