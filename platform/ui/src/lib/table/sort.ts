import type { Field, FieldType } from '../frame/frame';
import { isFrame } from './cellOptions';

const COLLATOR = new Intl.Collator('en', { sensitivity: 'base', numeric: true });

/** The order of two values of a column: numbers, times and truths by value with missing ones first, texts with the numbers in them by value. */
export function compareValues(type: FieldType, a: unknown, b: unknown): number {
  switch (type) {
    case 'time':
    case 'number':
    case 'boolean':
      return compareNumbers(a, b);
    case 'string':
      return COLLATOR.compare(text(a), text(b));
    case 'other':
      return isFrame(a) || isFrame(b) ? compareNumbers(frameValue(a), frameValue(b)) : COLLATOR.compare(text(a), text(b));
  }
}

function compareNumbers(a: unknown, b: unknown): number {
  if (a === b) {
    return 0;
  }
  if (a === null || a === undefined) {
    return -1;
  }
  if (b === null || b === undefined) {
    return 1;
  }
  const [left, right] = [Number(a), Number(b)];
  // What is no number comes after null and before every number, so that the order stays one.
  return Number.isNaN(left) ? (Number.isNaN(right) ? 0 : -1) : Number.isNaN(right) ? 1 : left < right ? -1 : left > right ? 1 : 0;
}

function text(value: unknown): string {
  return value === null || value === undefined ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** What a series in a cell is sorted by: the value that its transformation reduced it to. */
function frameValue(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'value' in value ? value.value : null;
}

export interface SortColumn {
  readonly field: Field;
  readonly descending: boolean;
}

/** Row numbers in the order of the columns, earlier columns first; equal rows keep their order. */
export function sortRows(rows: readonly number[], columns: readonly SortColumn[]): readonly number[] {
  if (columns.length === 0) {
    return rows;
  }
  return [...rows].sort((a, b) => {
    for (const { field, descending } of columns) {
      const order = compareValues(field.type, field.values[a], field.values[b]);
      if (order !== 0) {
        return descending ? -order : order;
      }
    }
    return a - b;
  });
}
