import { expect, it } from 'vitest';
import { readPrometheusGraph } from './prometheusGraph';

it.each([
  ['g0.expr=rate%28a%5B5m%5D%29+%3E+0.05&g0.tab=1', ['rate(a[5m]) > 0.05'], 'table'],
  ['g1.expr=b&g0.expr=a&g0.tab=0', ['a', 'b'], undefined],
  ['g0.expr=up&g0.tab=table', ['up'], 'table'],
  ['g0.expr=', [], undefined],
  ['', [], undefined],
])('reads %j', (query, expr, tab) => {
  expect(readPrometheusGraph(new URLSearchParams(query))).toEqual({ expr, tab });
});
