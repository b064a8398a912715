import { describe, expect, it } from 'vitest';
import { filterOptions, interpolate, parseVariableQuery, sortOptions } from './variables';

const values = { job: 'api', many: ['a.b', 'c'], one: ['x.y'], quoted: 'say "hi"', __interval: '15s' };

describe('interpolate', () => {
  it.each([
    ['up{job="$job"}', 'up{job="api"}'],
    ['up{job="${job}"}', 'up{job="api"}'],
    ['up{job="[[job]]"}', 'up{job="api"}'],
    ['x{a=~"$many"}', 'x{a=~"(a\\\\.b|c)"}'],
    ['x{a=~"$one"}', 'x{a=~"x\\\\.y"}'],
    ['x{a="$quoted"}', 'x{a="say \\"hi\\""}'],
    ['rate(x[$__interval])', 'rate(x[15s])'],
    ['${many:pipe} ${many:csv} ${many:regex}', 'a.b|c a.b,c (a\\.b|c)'],
    ['$unknown ${unknown}', '$unknown ${unknown}'],
    ['$jobs', '$jobs'],
    ['$toString', '$toString'],
  ])('writes %s for PromQL', (text, expected) => {
    expect(interpolate(text, values, 'promql')).toBe(expected);
  });

  it('writes titles for people', () => {
    expect(interpolate('Of $many', values, 'text')).toBe('Of a.b + c');
  });
});

describe('parseVariableQuery', () => {
  it.each([
    ['label_values(up, job)', { kind: 'labelValues', label: 'job', selector: 'up' }],
    ['label_values(up{job="a,b"}, instance)', { kind: 'labelValues', label: 'instance', selector: 'up{job="a,b"}' }],
    ['label_values(job)', { kind: 'labelValues', label: 'job', selector: undefined }],
    ['label_names()', { kind: 'labelNames' }],
    ['metrics(node_.*)', { kind: 'metrics', pattern: 'node_.*' }],
    ['query_result(topk(5, up))', { kind: 'queryResult', expr: 'topk(5, up)' }],
    ['up', undefined],
  ])('reads %s', (text, expected) => {
    expect(parseVariableQuery(text)).toEqual(expected);
  });
});

it.each([
  ['', ['b', 'a', 'b'], ['b', 'a']],
  ['/a(.)/', ['ax', 'ay', 'b'], ['x', 'y']],
  ['/(?<value>\\d+)$/', ['h1', 'h22', 'h'], ['1', '22']],
  ['a.*', ['ab', 'ba'], ['ab']],
  ['/(/', ['a'], ['a']],
])('filters options by %j', (regex, options, expected) => {
  expect(filterOptions(options, regex)).toEqual(expected);
});

it.each([
  [0, ['b', 'a'], ['b', 'a']],
  [1, ['b', 'a'], ['a', 'b']],
  [2, ['a', 'b'], ['b', 'a']],
  [3, ['x10', 'x9'], ['x9', 'x10']],
  [4, ['x9', 'x10'], ['x10', 'x9']],
  [5, ['b', 'A'], ['A', 'b']],
])('sorts options by %d', (sort, options, expected) => {
  expect(sortOptions(options, sort)).toEqual(expected);
});
