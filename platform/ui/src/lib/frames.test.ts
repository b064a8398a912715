import { describe, expect, it } from 'vitest';
import { gridOf, toGridSeries } from './frames';
import { metricNames } from './promqlNames';
import { selectorOf } from './promLabels';

describe('grids', () => {
  it('hold points at their times and null elsewhere', () => {
    const grid = gridOf(0, 60_000, 15_000);
    expect(toGridSeries({}, [[15, '1.5'], [45, 'NaN'], [60, '+Inf'], [90, '9']], grid).values).toEqual([null, 1.5, null, NaN, Infinity]);
  });
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
