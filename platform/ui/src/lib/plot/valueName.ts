import type { ReducedValue } from '../field/reduceFrames';

/** What a value is called beside its drawing: a single one needs no name unless it was given one. */
export function valueName(value: ReducedValue, count: number): string {
  return count > 1 || (value.field.config.displayName ?? '') !== '' ? value.title : '';
}
