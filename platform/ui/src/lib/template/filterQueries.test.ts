import { describe, expect, it } from 'vitest';
import { filterLogql, filterPromql, groupPromql } from './filterQueries';
import { filterFromUrl, filterToUrl, type AdHocFilter, type FilterOperator } from './filters';

const filter = (key: string, operator: FilterOperator, ...values: string[]): AdHocFilter => ({ key, operator, values });
const job = filter('job', '=', 'a"b');

describe('filters in PromQL', () => {
  it.each<[string, AdHocFilter[], string]>([
    ['up', [job], 'up{job="a\\"b"}'],
    ['up{}', [job], 'up{job="a\\"b"}'],
    ['up{a="b"}', [job, filter('x', '!~', 'y.*')], 'up{a="b",job="a\\"b",x!~"y.*"}'],
    ['up{a="b",}', [filter('x', '=', 'y')], 'up{a="b",x="y"}'],
    ['up{x="y"}', [filter('x', '=', 'y')], 'up{x="y"}'],
    ['sum by (a) (rate(up{a="b"}[5m])) / max(foo) or vector(1)', [filter('x', '=', 'y')], 'sum by (a) (rate(up{a="b",x="y"}[5m])) / max(foo{x="y"}) or vector(1)'],
    ['{"my.metric"}', [filter('http.route', '=', '/')], '{"my.metric","http.route"="/"}'],
    ['{__name__="up"}', [filter('x', '=|', 'a.b', 'c')], '{__name__="up",x=~"a\\\\.b|c"}'],
    ['up', [filter('x', '>', '3'), filter('', '=', 'y')], 'up'],
    ['label_replace(up, "a", "$1", "b", "(.*)")', [filter('x', '=', 'y')], 'label_replace(up{x="y"}, "a", "$1", "b", "(.*)")'],
  ])('%s with %j', (expr, filters, expected) => {
    expect(filterPromql(expr, filters)).toBe(expected);
  });
});

describe('filters in LogQL', () => {
  it.each<[string, AdHocFilter[], string]>([
    ['{a="b"}', [job], '{a="b",job="a\\"b"}'],
    ['{a="b"} |= "x"', [filter('x', '=', 'y')], '{a="b",x="y"} |= "x"'],
    ['{a="b"} | json | line_format "z"', [filter('x', '=', 'y'), filter('n', '>', '3')], '{a="b"} | json | x="y" | n>3 | line_format "z"'],
    ['sum(rate({a="b"} | logfmt [5m])) / count_over_time({a="b"}[1m])', [filter('x', '!=', 'y')], 'sum(rate({a="b"} | logfmt | x!="y" [5m])) / count_over_time({a="b"} | x!="y"[1m])'],
    ['{}', [filter('x', '=', 'y')], '{x="y"}'],
  ])('%s with %j', (expr, filters, expected) => {
    expect(filterLogql(expr, filters)).toBe(expected);
  });
});

describe('groupings', () => {
  it.each([
    ['sum(up)', 'sum by (pod, "http.route") (up)'],
    ['sum by (job) (up) / avg by (pod) (up)', 'sum by (job, pod, "http.route") (up) / avg by (pod, "http.route") (up)'],
    ['sum(up) by ()', 'sum(up) by (pod, "http.route")'],
    ['sum without (job) (up)', 'sum without (job) (up)'],
    ['rate(up[5m])', 'rate(up[5m])'],
  ])('%s', (expr, expected) => {
    expect(groupPromql(expr, ['pod', 'http.route'])).toBe(expected);
  });
});

describe('filters in addresses', () => {
  it.each<[AdHocFilter, string]>([
    [filter('job', '=', 'api'), 'job|=|api'],
    [filter('a|b', '=~', 'x|y,z#'), 'a__gfp__b|=~|x__gfp__y__gfc__z__gfh__'],
    [filter('pod', '=|', 'a', 'b'), 'pod|=__gfp__|a|b'],
  ])('%j is %s', (value, text) => {
    expect(filterToUrl(value)).toBe(text);
    expect(filterFromUrl(text)).toEqual(value);
  });

  it('leaves out what people read, and what is no filter', () => {
    expect(filterFromUrl('job,Job|=|a,A')).toEqual(filter('job', '=', 'a'));
    expect(filterFromUrl('')).toBeUndefined();
  });
});
