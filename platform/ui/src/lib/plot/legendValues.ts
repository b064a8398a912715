import type { ShownField } from '../field/fieldConfig';
import { formatDisplay } from '../units/format';
import { findReducer, reduceField } from '../field/reducers';
import type { LegendValue } from './legend';

/** Calculations over the values of a field, as legends write them. */
export function legendValues(field: ShownField | undefined, calcs: readonly string[]): LegendValue[] {
  if (!field) {
    return [];
  }
  return calcs.map((calc) => {
    const value = reduceField(field, calc);
    const reducer = findReducer(calc);
    const text = reducer?.keepsUnit === false && typeof value === 'number' ? (calc === 'diffperc' ? `${value.toFixed(1)}%` : String(value)) : formatDisplay(field.display(value));
    return { title: reducer?.name ?? calc, text, numeric: typeof value === 'number' ? value : NaN };
  });
}
