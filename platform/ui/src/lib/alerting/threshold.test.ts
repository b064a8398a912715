import { expect, it } from 'vitest';
import { thresholdOf, type Threshold } from './threshold';

it.each<[string, Threshold | undefined]>([
  ['rate(x[5m]) > 0.5', { expr: 'rate(x[5m])', operator: '>', limitExpr: '0.5', limit: 0.5 }],
  ['0.5 < x', { expr: 'x', operator: '>', limitExpr: '0.5', limit: 0.5 }],
  ['((x >= -1))', { expr: 'x', operator: '>=', limitExpr: '-1', limit: -1 }],
  ['(a > 1) and (b < 2)', { expr: 'a', operator: '>', limitExpr: '1', limit: 1 }],
  ['sum(a) / sum(b) * 100 > bool 5', { expr: 'sum(a) / sum(b) * 100', operator: '>', limitExpr: '5', limit: 5 }],
  ['a > on(job) group_left b', { expr: 'a', operator: '>', limitExpr: 'b', limit: undefined }],
  ['time() - t > 5m', { expr: 'time() - t', operator: '>', limitExpr: '5m', limit: 300 }],
  ['a == 1e3 or b', { expr: 'a', operator: '==', limitExpr: '1e3', limit: 1000 }],
  ['up == 0', { expr: 'up', operator: '==', limitExpr: '0', limit: 0 }],
  ['absent(up)', undefined],
  ['a + b', undefined],
  ['a >', undefined],
  ['', undefined],
  ['{', undefined],
])('%s', (expression, threshold) => {
  expect(thresholdOf(expression)).toEqual(threshold);
});
