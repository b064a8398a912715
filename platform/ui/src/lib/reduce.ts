/** Reductions of a series to one value, under the ids of Grafana's "calcs". */
export const REDUCERS = ['lastNotNull', 'last', 'firstNotNull', 'first', 'min', 'max', 'mean', 'sum', 'count', 'range', 'diff', 'delta'] as const;
export type Reducer = (typeof REDUCERS)[number];

/** The reducer of that id, under its older names too; undefined for one that is not known. */
export function findReducer(id: string): Reducer | undefined {
  const older: Record<string, Reducer> = { current: 'lastNotNull', avg: 'mean', total: 'sum', 'last*': 'lastNotNull' };
  return REDUCERS.find((reducer) => reducer === id) ?? older[id];
}

/** Null where no value can be given. NaN is a value only for `last` and `first`. */
export function reduce(values: readonly (number | null)[], reducer: Reducer): number | null {
  const present = values.filter((value): value is number => value !== null && !Number.isNaN(value));
  switch (reducer) {
    case 'last':
      return values.at(-1) ?? null;
    case 'first':
      return values[0] ?? null;
    case 'count':
      return present.length;
    case 'sum':
      return present.length === 0 ? null : total(present);
    case 'mean':
      return present.length === 0 ? null : total(present) / present.length;
    case 'min':
      return fold(present, Math.min);
    case 'max':
      return fold(present, Math.max);
    case 'range':
      return present.length === 0 ? null : (fold(present, Math.max) ?? 0) - (fold(present, Math.min) ?? 0);
    case 'firstNotNull':
      return present[0] ?? null;
    case 'lastNotNull':
      return present.at(-1) ?? null;
    case 'diff':
    case 'delta':
      return present.length === 0 ? null : (present.at(-1) ?? 0) - (present[0] ?? 0);
  }
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

function fold(values: readonly number[], choose: (a: number, b: number) => number): number | null {
  return values.length === 0 ? null : values.reduce((best, value) => choose(best, value));
}
