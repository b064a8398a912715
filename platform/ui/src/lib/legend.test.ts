import { expect, it } from 'vitest';
import { legends } from './legend';

const series = [
  { __name__: 'up', job: 'api', instance: 'a:1' },
  { __name__: 'up', job: 'worker', instance: 'b:1' },
];

it.each([
  ['the series where there is no format', undefined, series, ['up{job="api", instance="a:1"}', 'up{job="worker", instance="b:1"}']],
  ['the query for a series without labels', undefined, [{}], ['sum(up)']],
  ['a template', '{{job}} on {{ instance }}', series, ['api on a:1', 'worker on b:1']],
  ['nothing for a label that is missing', '{{job}}{{nope}}', series, ['api', 'worker']],
  ['the series where a template gives nothing', '{{nope}}', [{ job: 'api' }], ['{job="api"}']],
  ['text that is no template', 'Error Rate', series, ['Error Rate', 'Error Rate']],
  ['the one label that differs', '__auto', [{ a: '1', b: 'x' }, { a: '2', b: 'x' }], ['1', '2']],
  ['all labels that differ', '__auto', [{ a: '1', b: 'x' }, { a: '2', b: 'y' }], ['{a="1", b="x"}', '{a="2", b="y"}']],
  ['the whole series where it is alone', '__auto', [{ __name__: 'up', a: '1' }], ['up{a="1"}']],
])('is %s', (_, format, labels, expected) => {
  expect(legends(format, labels, 'sum(up)')).toEqual(expected);
});
