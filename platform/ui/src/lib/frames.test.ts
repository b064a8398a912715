import { describe, expect, it } from 'vitest';
import { alignGrids, gridOf, stack, toGridSeries } from './frames';
import { metricNames } from './promqlNames';
import { selectorOf } from './promLabels';

describe('grids', () => {
  it('hold points at their times and null elsewhere', () => {
    const grid = gridOf(0, 60_000, 15_000);
    expect(toGridSeries({}, [[15, '1.5'], [45, 'NaN'], [60, '+Inf'], [90, '9']], grid).values).toEqual([null, 1.5, null, NaN, Infinity]);
  });

  it('of different steps share a time axis, on which what has no place is not a gap', () => {
    const aligned = alignGrids([
      { grid: gridOf(0, 30, 10), values: [1, 2, null, 4] },
      { grid: gridOf(0, 30, 15), values: [5, 6, 7] },
    ]);
    expect(aligned.timesMs).toEqual([0, 10, 15, 20, 30]);
    expect(aligned.rows).toEqual([
      [1, 2, undefined, null, 4],
      [5, undefined, 6, undefined, 7],
    ]);
  });

  it('that are equal stay as they are', () => {
    const values = [1, null];
    expect(alignGrids([{ grid: gridOf(0, 10, 10), values }]).rows[0]).toBe(values);
  });
});

it.each([
  ['normal', [[1, 2, null], [3, 4, null]]],
  ['percent', [[1 / 3, 0.5, null], [1, 1, null]]],
] as const)('stacks in mode %s', (mode, expected) => {
  expect(stack([[1, 2, null], [2, 2, null]], mode)).toEqual(expected);
});

it('counts a missing value of a stack as zero', () => {
  expect(stack([[null, 1], [2, null]], 'normal')).toEqual([[0, 1], [2, 1]]);
});

it.each([
  ['up', ['up']],
  ['rate(http_requests_total{job="up"}[5m])', ['http_requests_total']],
  ['sum by (endpoint, code) (rate(a_total[5m])) / on (job) group_left sum(b)', ['a_total', 'b']],
  ['histogram_quantile(0.95, sum(rate(x_bucket[1m])) by (le)) > bool 1e3', ['x_bucket']],
  ['a offset 5m unless ignoring (x) b and a', ['a', 'b']],
  ['{__name__="x"}', []],
  ['1 + Inf', []],
])('finds the metrics of %s', (expr, names) => {
  expect(metricNames(expr)).toEqual(names);
});

it.each([
  [undefined, [], undefined],
  ['up', [], 'up'],
  ['', [{ name: 'a', operator: '=~', value: 'x"y' }], '{a=~"x\\"y"}'],
  ['up', [{ name: 'a', operator: '=', value: '1' }, { name: 'b', operator: '!=', value: '' }], 'up{a="1"}'],
] as const)('selects %s with %j', (metric, matchers, expected) => {
  expect(selectorOf(metric, matchers)).toBe(expected);
});
