/** The calculations of old panels by the ids that they have now. */
const REDUCERS: Readonly<Record<string, string>> = {
  min: 'min',
  max: 'max',
  avg: 'mean',
  mean: 'mean',
  median: 'median',
  sum: 'sum',
  total: 'sum',
  current: 'lastNotNull',
  last: 'lastNotNull',
  lastNotNull: 'lastNotNull',
  first: 'firstNotNull',
  firstNotNull: 'firstNotNull',
  count: 'count',
  range: 'range',
  delta: 'delta',
  diff: 'diff',
  diffperc: 'diffperc',
  step: 'step',
  logmin: 'logmin',
  previousDeltasUp: 'delta',
  changeCount: 'changeCount',
  distinctCount: 'distinctCount',
  allIsZero: 'allIsZero',
  allIsNull: 'allIsNull',
};

export function isReducerName(name: unknown): name is string {
  return typeof name === 'string' && Object.hasOwn(REDUCERS, name);
}

/** The reducer of an old name; `mean`, which was the default of old panels, for what is none. */
export function reducerOf(name: unknown): string {
  return isReducerName(name) ? (REDUCERS[name] ?? 'mean') : 'mean';
}
