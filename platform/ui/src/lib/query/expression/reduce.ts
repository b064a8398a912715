import type { ExprValue, SeriesValue } from './values';

type Points = readonly (number | null)[];

const isNumber = (value: number | null): value is number => value !== null && !Number.isNaN(value);
const isFinite = (value: number | null): value is number => value !== null && Number.isFinite(value);

/** NaN as soon as one point is none, as Grafana's strict mode has it. */
function strict(apply: (values: readonly number[]) => number): (points: Points) => number {
  return (points) => (points.every(isNumber) ? apply(points) : NaN);
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? NaN) + upper) / 2;
}

const REDUCERS: Readonly<Record<string, (points: Points) => number | null>> = {
  sum: strict(sum),
  mean: strict((values) => sum(values) / values.length),
  min: strict((values) => (values.length === 0 ? NaN : values.reduce((a, b) => Math.min(a, b)))),
  max: strict((values) => (values.length === 0 ? NaN : values.reduce((a, b) => Math.max(a, b)))),
  count: (points) => points.length,
  last: (points) => (points.length === 0 ? NaN : (points.at(-1) ?? null)),
  median: strict(median),
};

export interface ReduceMode {
  readonly mode: string;
  readonly replaceWithValue: number | undefined;
}

/** A series to a number (`pkg/expr/mathexp/reduce.go`); numbers pass through the mode. */
export function reduceValue(value: ExprValue, reducer: string, settings: ReduceMode): ExprValue {
  const prepare = mapperOf(settings);
  switch (value.kind) {
    case 'series':
      return { kind: 'number', labels: value.labels, value: prepare.output(reducePoints(prepare.input(value.values), reducer)) };
    case 'number': {
      const [kept] = prepare.input([value.value]);
      return { ...value, value: prepare.output(kept ?? null) };
    }
    case 'scalar':
    case 'noData':
      return value;
  }
}

export function reducePoints(points: Points, reducer: string): number | null {
  const name = reducer.toLowerCase();
  const reduce = Object.hasOwn(REDUCERS, name) ? REDUCERS[name] : undefined;
  if (reduce === undefined) {
    throw new Error(`There is no reducer “${reducer}”. There are: ${Object.keys(REDUCERS).join(', ')}.`);
  }
  return reduce(points);
}

interface Mapper {
  readonly input: (points: Points) => Points;
  readonly output: (value: number | null) => number | null;
}

function mapperOf({ mode, replaceWithValue }: ReduceMode): Mapper {
  switch (mode) {
    case '':
    case 'strict':
      return { input: (points) => points, output: (value) => value };
    case 'dropNN':
      return { input: (points) => points.filter(isFinite), output: (value) => (isNumber(value) ? value : null) };
    case 'replaceNN': {
      if (replaceWithValue === undefined) {
        throw new Error('The reduce mode “replaceNN” needs the number that replaces (settings.replaceWithValue).');
      }
      return {
        input: (points) => points.map((value) => (isFinite(value) ? value : replaceWithValue)),
        output: (value) => (value !== null && Number.isNaN(value) ? replaceWithValue : value),
      };
    }
    default:
      throw new Error(`There is no reduce mode “${mode}”. There are: strict, dropNN, replaceNN.`);
  }
}

/** The reducers of classic conditions leave out what is no number, and give null for nothing (`pkg/expr/classic/reduce.go`). */
export function reduceClassic(series: SeriesValue, reducer: string): number | null {
  const values = series.values.filter(isNumber);
  const first = values[0];
  const last = values.at(-1);
  const change = (apply: (newest: number, oldest: number) => number) => (first === undefined || last === undefined ? null : apply(last, first));
  switch (reducer) {
    case 'avg':
      return values.length === 0 ? null : sum(values) / values.length;
    case 'sum':
      return values.length === 0 ? null : sum(values);
    case 'min':
      return values.length === 0 ? null : values.reduce((a, b) => Math.min(a, b));
    case 'max':
      return values.length === 0 ? null : values.reduce((a, b) => Math.max(a, b));
    case 'count':
      return series.values.length === 0 ? null : series.values.length;
    case 'last':
      return last ?? null;
    case 'median':
      return values.length === 0 ? null : median(values);
    case 'diff':
      return change((newest, oldest) => newest - oldest);
    case 'diff_abs':
      return change((newest, oldest) => Math.abs(newest - oldest));
    case 'percent_diff':
      return change((newest, oldest) => ((newest - oldest) / Math.abs(oldest)) * 100);
    case 'percent_diff_abs':
      return change((newest, oldest) => Math.abs(((newest - oldest) / oldest) * 100));
    case 'count_non_null':
      return values.length === 0 ? null : values.length;
    default:
      throw new Error(`There is no reducer “${reducer}” in classic conditions.`);
  }
}
