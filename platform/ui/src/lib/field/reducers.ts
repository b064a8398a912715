import type { Field } from '../frame/frame';
import { standardCalcs, type StandardCalcs } from './standardCalcs';

/** A calculation that makes one value of a field's values. */
export interface Reducer {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  /** Whether the result is of the unit of the values: a count is not. */
  readonly keepsUnit: boolean;
}

interface Calculation extends Omit<Reducer, 'empty'> {
  readonly empty?: unknown;
  /** Undefined for what the single pass finds out. */
  readonly reduce?: (field: Field) => unknown;
}

const CALCULATIONS: readonly Calculation[] = [
  { id: 'lastNotNull', name: 'Last *', description: 'Last value that is neither null nor NaN', keepsUnit: true, reduce: ({ values }) => values.findLast(isPresent) },
  { id: 'last', name: 'Last', description: 'Last value', keepsUnit: true, reduce: ({ values }) => values[values.length - 1] },
  { id: 'firstNotNull', name: 'First *', description: 'First value that is neither null nor NaN', keepsUnit: true, reduce: ({ values }) => values.find(isPresent) },
  { id: 'first', name: 'First', description: 'First value', keepsUnit: true, reduce: ({ values }) => values[0] },
  { id: 'min', name: 'Min', description: 'Minimum value', keepsUnit: true },
  { id: 'max', name: 'Max', description: 'Maximum value', keepsUnit: true },
  { id: 'mean', name: 'Mean', description: 'Average value', keepsUnit: true },
  { id: 'median', name: 'Median', description: 'Value in the middle of the sorted values', keepsUnit: true, reduce: median },
  { id: 'mode', name: 'Mode', description: 'Most frequent value', keepsUnit: true, reduce: (field) => mode(withNulls(field)) },
  { id: 'variance', name: 'Variance', description: 'Variance of all values', keepsUnit: true, reduce: variance },
  { id: 'stdDev', name: 'StdDev', description: 'Standard deviation of all values', keepsUnit: true, reduce: (field) => Math.sqrt(variance(field)) },
  { id: 'sum', name: 'Total', description: 'Sum of all values', keepsUnit: true, empty: 0 },
  { id: 'count', name: 'Count', description: 'Number of values that are not null', keepsUnit: false, empty: 0 },
  { id: 'countAll', name: 'Count all', description: 'Number of values, nulls among them', keepsUnit: false, empty: 0, reduce: ({ values }) => values.length },
  { id: 'range', name: 'Range', description: 'Difference between minimum and maximum', keepsUnit: true },
  { id: 'delta', name: 'Delta', description: 'Sum of what the values rise by', keepsUnit: true },
  { id: 'step', name: 'Step', description: 'Smallest difference between neighbours', keepsUnit: true },
  { id: 'diff', name: 'Difference', description: 'Difference between first and last value', keepsUnit: true },
  { id: 'logmin', name: 'Min (above zero)', description: 'Smallest value above zero', keepsUnit: true },
  { id: 'allIsZero', name: 'All Zeros', description: 'Whether all values are zero', keepsUnit: true, empty: false },
  { id: 'allIsNull', name: 'All Nulls', description: 'Whether all values are null', keepsUnit: false, empty: true },
  { id: 'changeCount', name: 'Change Count', description: 'How often the value changes', keepsUnit: false, reduce: (field) => changes(withNulls(field)) },
  { id: 'distinctCount', name: 'Distinct Count', description: 'Number of distinct values', keepsUnit: false, reduce: (field) => new Set(withNulls(field)).size },
  { id: 'diffperc', name: 'Difference percent', description: 'Difference between first and last value in percent of the first', keepsUnit: false },
  { id: 'allValues', name: 'All values', description: 'All values as one list', keepsUnit: false, reduce: ({ values }) => [...values] },
  { id: 'uniqueValues', name: 'All unique values', description: 'Each value once, as one list', keepsUnit: false, reduce: ({ values }) => [...new Set(values)] },
  ...Array.from({ length: 99 }, (_, i) => ({
    id: `p${i + 1}`,
    name: `${ordinal(i + 1)} %`,
    description: `${ordinal(i + 1)} percentile value`,
    keepsUnit: true,
    reduce: (field: Field) => percentile(field, (i + 1) / 100),
  })),
];

/** Older names. */
const ALIASES: Readonly<Record<string, string>> = { current: 'lastNotNull', avg: 'mean', total: 'sum' };

/** All calculations in the order of pickers; percentiles are `p1` to `p99`. */
export const REDUCERS: readonly Reducer[] = CALCULATIONS;

const BY_ID: ReadonlyMap<string, Calculation> = new Map(CALCULATIONS.map((calculation) => [calculation.id, calculation]));

/** The calculation of that id, under its older names too. */
export function findReducer(id: string): Reducer | undefined {
  return findCalculation(id);
}

function findCalculation(id: string): Calculation | undefined {
  return BY_ID.get(Object.hasOwn(ALIASES, id) ? (ALIASES[id] ?? id) : id);
}

/** Results of the single pass that most calculations share, for as long as the values live. */
const passes = new WeakMap<readonly unknown[], { readonly mode: string; readonly numeric: boolean; readonly calcs: StandardCalcs }>();

/** Null where the field has no value that could be calculated with, and for an id that is not known. */
export function reduceField(field: Field, id: string): unknown {
  const calculation = findCalculation(id);
  if (calculation === undefined || field.values.length === 0) {
    return calculation?.empty ?? null;
  }
  return (calculation.reduce ? calculation.reduce(field) : standardPass(field)[calculation.id as keyof StandardCalcs]) ?? null;
}

/** `reduceField` where a number is needed; null for results that are none. */
export function reduceNumber(field: Field, id: string): number | null {
  const value = reduceField(field, id);
  return typeof value === 'number' ? value : typeof value === 'boolean' ? Number(value) : null;
}

function standardPass(field: Field): StandardCalcs {
  const mode = nullMode(field);
  const numeric = isNumeric(field);
  const known = passes.get(field.values);
  if (known !== undefined && known.mode === mode && known.numeric === numeric) {
    return known.calcs;
  }
  const calcs = standardCalcs(field.values, mode, numeric);
  passes.set(field.values, { mode, numeric, calcs });
  return calcs;
}

/** Nulls are left out unless the data source says otherwise. */
function nullMode(field: Field): 'null' | 'connected' | 'null as zero' {
  return field.config.nullValueMode ?? 'connected';
}

function isNumeric(field: Field): boolean {
  return field.type === 'number' || field.type === 'time';
}

/** The values as the field wants nulls to be taken. */
function withNulls(field: Field): readonly unknown[] {
  switch (nullMode(field)) {
    case 'connected':
      return field.values.filter((value) => value !== null);
    case 'null as zero':
      return field.values.map((value) => value ?? 0);
    case 'null':
      return field.values;
  }
}

function isPresent(value: unknown): boolean {
  return value !== null && value !== undefined && !Number.isNaN(value);
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && !Number.isNaN(value);
}

function sorted(field: Field): Float64Array {
  return Float64Array.from(withNulls(field).filter(isNumber)).sort();
}

/** The value nearest to the rank, as in Grafana: there is no interpolation. */
function percentile(field: Field, share: number): number | undefined {
  const values = sorted(field);
  return values[Math.round((values.length - 1) * share)];
}

function median(field: Field): number | undefined {
  const values = sorted(field);
  const middle = Math.floor(values.length / 2);
  const upper = values[middle];
  return upper === undefined || values.length % 2 === 1 ? upper : ((values[middle - 1] ?? upper) + upper) / 2;
}

function mode(values: readonly unknown[]): unknown {
  const counts = new Map<unknown, number>();
  let best: unknown;
  let bestCount = 0;
  for (const value of values) {
    const seen = (counts.get(value) ?? 0) + 1;
    counts.set(value, seen);
    if (seen > bestCount) {
      best = value;
      bestCount = seen;
    }
  }
  return best;
}

function changes(values: readonly unknown[]): number {
  let count = 0;
  for (let i = 1; i < values.length; i++) {
    count += values[i] === values[i - 1] ? 0 : 1;
  }
  return count;
}

/** Of a population, in one pass (Welford); 0 for what is no number. */
function variance(field: Field): number {
  if (!isNumeric(field)) {
    return 0;
  }
  let seen = 0;
  let mean = 0;
  let squares = 0;
  for (const value of field.values) {
    if (typeof value === 'number') {
      seen++;
      const distance = value - mean;
      mean += distance / seen;
      squares += distance * (value - mean);
    }
  }
  return seen === 0 ? 0 : squares / seen;
}

function ordinal(value: number): string {
  const tens = value % 100;
  return `${value}${tens >= 11 && tens <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][value % 10] ?? 'th')}`;
}
