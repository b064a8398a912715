import { describe, expect, it } from 'vitest';
import { createScope, type ScopeVariable } from './createScope';
import type { Language } from './scope';

const variable = (name: string, value: string | readonly string[], more: Partial<ScopeVariable> = {}): ScopeVariable => ({
  name,
  type: 'query',
  many: Array.isArray(value),
  value,
  text: Array.isArray(value) ? value.join(' + ') : String(value),
  urlValues: Array.isArray(value) ? value : [String(value)],
  ...more,
});

const scope = createScope(
  [
    variable('one', 'a.b'),
    variable('two', ['a.b', 'c']),
    variable('single', ['a.b']),
    variable('quoted', 'say "hi" \\ there'),
    variable('none', []),
    variable('all', ['x', 'y'], { allValue: '.+', text: 'All', urlValues: ['$__all'] }),
    variable('filters', '', { literal: 'job="api",pod=~"a.*"', type: 'adhoc' }),
    variable('site', 'eu', { text: 'Europe', properties: [{ region: 'eu-1', nested: { zone: 'z' } }] }),
  ],
  {
    range: { fromMs: 1_600_000_000_000, toMs: 1_600_003_600_500 },
    rawRange: { from: 'now-1h', to: 'now' },
    timeZone: 'utc',
    dashboard: { uid: 'abc', title: 'Home' },
    user: { id: '1', login: 'admin', email: 'a@b' },
    org: { id: '1', name: 'Main' },
    path: '/d/abc',
    search: '?from=now-1h&var-one=x&orgId=1',
  },
);

describe('references', () => {
  it.each<[string, Language | undefined, string]>([
    ['$one ${one} [[one]] ${one:raw} [[one:csv]]', undefined, 'a.b a.b a.b a.b a.b'],
    ['$onetwo $missing ${missing:csv} $ $$', undefined, '$onetwo $missing ${missing:csv} $ $$'],
    ['$two', undefined, '{a.b,c}'],
    ['up{a="$one"}', 'promql', 'up{a="a.b"}'],
    ['up{a="$quoted"}', 'promql', 'up{a="say \\"hi\\" \\\\ there"}'],
    ['up{a=~"$two"}', 'promql', 'up{a=~"(a\\\\.b|c)"}'],
    ['up{a=~"$single"}', 'promql', 'up{a=~"a\\\\.b"}'],
    ['up{a=~"$none"}', 'promql', 'up{a=~"()"}'],
    ['up{a=~"$all"}', 'promql', 'up{a=~".+"}'],
    ['up{$filters}', 'promql', 'up{job="api",pod=~"a.*"}'],
    ['{a=~"$two"}', 'logql', '{a=~"(a\\\\.b|c)"}'],
    ['{.a=~"$two"}', 'traceql', '{.a=~"a\\\\.b|c"}'],
    ['$two on $all', 'text', 'a.b + c on All'],
    ['<b>$quoted</b>', 'html', '<b>say &quot;hi&quot; \\ there</b>'],
    ['/d/x?q=$quoted', 'url', '/d/x?q=say%20%22hi%22%20%5C%20there'],
    ['${site.region} ${site.nested.zone} ${site.text} ${site.value} ${site.gone}|', undefined, 'eu-1 z Europe eu |'],
  ])('writes %s for %s', (text, language, expected) => {
    expect(scope.replace(text, language)).toBe(expected);
  });

  it.each([
    ['csv', 'a.b,c'],
    ['pipe', 'a.b|c'],
    ['regex', '(a\\.b|c)'],
    ['json', '["a.b","c"]'],
    ['distributed', 'a.b,two=c'],
    ['doublequote', '"a.b","c"'],
    ['singlequote', "'a.b','c'"],
    ['sqlstring', "'a.b','c'"],
    ['lucene', '("a.b" OR "c")'],
    ['glob', '{a.b,c}'],
    ['raw', 'a.b,c'],
    ['text', 'a.b + c'],
    ['html', 'a.b, c'],
    ['percentencode', '%7Ba.b%2Cc%7D'],
    ['uriencode', '%7Ba.b,c%7D'],
    ['queryparam', 'var-two=a.b&var-two=c'],
    ['customqueryparam:v:x-', 'v=x-a.b&v=x-c'],
    ['join:;', 'a.b;c'],
    ['unknown', '{a.b,c}'],
  ])('has the format %s', (format, expected) => {
    expect(scope.replace(`\${two:${format}}`, 'promql')).toBe(expected);
  });

  it.each([
    ['${__from}', '1600000000000'],
    ['${__from:date}', '2020-09-13T12:26:40.000Z'],
    ['${__from:date:iso}', '2020-09-13T12:26:40.000Z'],
    ['${__from:date:seconds}', '1600000000'],
    ['${__to:date:YYYY-MM-DD HH:mm:ss}', '2020-09-13 13:26:40'],
    ['${__from:date:dddd, MMMM Do YYYY}', 'Sunday, September 13th 2020'],
    ['$__range $__range_s ${__range_ms}', '3601s 3601 3600500'],
    ['$__dashboard ${__dashboard.uid} ${__org.name} ${__user.login}', 'Home abc Main admin'],
    ['$__timezone', 'utc'],
    ['x?${__url_time_range}&${all:queryparam}', 'x?from=now-1h&to=now&var-all=%24__all'],
    ['${__url.path}${__url.params:exclude:orgId}', '/d/abc?from=now-1h&var-one=x'],
    ['where $timeFilter', 'where time >= 1600000000000ms and time <= 1600003600500ms'],
  ])('knows %s', (text, expected) => {
    expect(scope.replace(text)).toBe(expected);
  });

  it('takes all variables into an address, apart from those that keep out', () => {
    const small = createScope([variable('a', ['x', 'y']), variable('b', 'z', { urlValues: undefined })]);
    expect(small.replace('${__all_variables}')).toBe('var-a=x&var-a=y');
  });
});

describe('what a place adds', () => {
  const inside = scope.with({
    two: { text: 'See', value: 'c.d' },
    __interval: { text: '15s', value: '15s' },
    __value: { text: '7 %', value: { raw: 7, text: '7', time: 1_600_000_000_000 } },
    __field: { text: 'Field', value: { name: 'v', labels: { job: 'api', 'service.name': 'shop' } } },
    __data: { text: 'Data', value: { fields: { 'My field': { text: 'x y' }, plain: 3 } } },
  });

  it.each<[string, Language | undefined, string]>([
    ['up{a=~"$two"}[$__interval]', 'promql', 'up{a=~"c\\\\.d"}[15s]'],
    ['$two', 'text', 'See'],
    ['${__value.raw} ${__value.text} ${__value.missing}|', undefined, '7 7 |'],
    ['${__value.time:date:YYYY}', undefined, '2020'],
    ['${__field.labels.job} ${__field.labels.service.name} ${__field.labels["service.name"]}', undefined, 'api shop shop'],
    ['${__data.fields["My field"].text} ${__data.fields.plain}', undefined, 'x y 3'],
    ['${__field.constructor} ${__field.__proto__.x}|', undefined, ' |'],
  ])('writes %s for %s', (text, language, expected) => {
    expect(inside.replace(text, language)).toBe(expected);
  });

  it('hides the variable of the same name, and leaves the scope it came from', () => {
    expect(inside.values('two')).toEqual(['c.d']);
    expect(scope.values('two')).toEqual(['a.b', 'c']);
    expect(scope.values('missing')).toBeUndefined();
    expect(scope.replace('$one', 'text', { one: { text: 'now', value: 'then' } })).toBe('now');
  });
});
