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
    const shown = field.display(value);
    const text = UNITLESS.has(calc) ? String(value ?? '') : PERCENT.has(calc) && typeof value === 'number' ? `${(value * 100).toFixed(1)}%` : formatDisplay(shown);
    return { title: findReducer(calc)?.name ?? calc, text, numeric: typeof value === 'number' ? value : NaN };
  });
}

/** Calculations whose result is not in the unit of the values. */
const UNITLESS: ReadonlySet<string> = new Set(['count', 'distinctCount', 'changeCount', 'countAll']);
const PERCENT: ReadonlySet<string> = new Set(['diffperc']);
