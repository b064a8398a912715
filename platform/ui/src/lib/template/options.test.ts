import { describe, expect, it } from 'vitest';
import { autoInterval } from './interval';
import { csvOptions, dataSourceOptions, filterOptions, intervalOptions, jsonOptions, plainOption, sortOptions } from './options';
import { regexOf } from './resolve';
import { parseVariableQuery, variableQueryText } from './variableQuery';

const values = (options: readonly { value: string }[]) => options.map(({ value }) => value);

describe('choices that a file lists', () => {
  it.each([
    ['a,b', [['a', 'a'], ['b', 'b']]],
    ['P95 : 0.95, 0.5,a\\,b', [['P95', '0.95'], ['0.5', '0.5'], ['a,b', 'a,b']]],
    ['http://x:1, b', [['http://x:1', 'http://x:1'], ['b', 'b']]],
    ['', []],
  ])('%s', (query, expected) => {
    expect(csvOptions(query).map(({ text, value }) => [text, value])).toEqual(expected);
  });

  it('reads JSON with properties, and says what is wrong with other text', () => {
    expect(jsonOptions('["a", {"text": "B", "value": "b", "zone": "eu"}]')).toEqual([plainOption('a'), { text: 'B', value: 'b', properties: { text: 'B', value: 'b', zone: 'eu' } }]);
    expect(() => jsonOptions('{"a": 1}')).toThrow('JSON list');
    expect(() => jsonOptions('a,b')).toThrow('not JSON');
  });

  it('reads intervals, quoted or not', () => {
    expect(values(intervalOptions('1m,10m, "1h" ,\'1d\'', true))).toEqual(['$__auto', '1m', '10m', '1h', '1d']);
  });

  it('has one data source of each type', () => {
    expect(dataSourceOptions('prometheus')).toEqual([{ text: 'Prometheus', value: 'prometheus' }]);
    expect(dataSourceOptions('influxdb')).toEqual([]);
  });
});

describe('patterns', () => {
  it.each([
    ['/([^:]+):.*/', ['h1:9100', 'h2:9100', 'h1:9200', 'none'], ['h1', 'h2']],
    ['/web/', ['web-1', 'db-1', 'my-web'], ['web-1', 'my-web']],
    ['web.*', ['web-1', 'my-web'], ['web-1']],
    ['/WEB/i', ['web-1'], ['web-1']],
    ['/(\\d+)/g', ['a1b2', 'c'], ['1', '2']],
    ['', ['b', 'a', 'b'], ['b', 'a']],
  ])('%s of %j', (pattern, given, expected) => {
    expect(values(filterOptions(given.map(plainOption), regexOf(pattern)))).toEqual(expected);
  });

  it('takes text and value from groups of those names', () => {
    expect(filterOptions([plainOption('up{job="api",instance="h:1"} 1 2')], regexOf('/job="(?<text>[^"]+)".*instance="(?<value>[^"]+)"/'))).toEqual([{ text: 'api', value: 'h:1' }]);
  });

  it.each([['/a'], ['/(/'], ['(']])('refuses %s', (pattern) => {
    expect(() => regexOf(pattern)).toThrow('pattern of the variable');
  });
});

describe('orders', () => {
  const given = ['b10', 'a2', 'B1', 'c'].map(plainOption);
  it.each([
    [0, ['b10', 'a2', 'B1', 'c']],
    [1, ['B1', 'a2', 'b10', 'c']],
    [2, ['c', 'b10', 'a2', 'B1']],
    [3, ['c', 'B1', 'a2', 'b10']],
    [4, ['b10', 'a2', 'B1', 'c']],
    [5, ['a2', 'B1', 'b10', 'c']],
    [6, ['c', 'b10', 'B1', 'a2']],
    [7, ['a2', 'B1', 'b10', 'c']],
    [8, ['c', 'b10', 'B1', 'a2']],
  ])('%i', (sort, expected) => {
    expect(values(sortOptions(given, sort))).toEqual(expected);
  });
});

describe('queries of variables', () => {
  it.each([
    ['label_values(job)', { kind: 'labelValues', label: 'job', selector: undefined }],
    ['label_values(up{a="x,y"}, instance)', { kind: 'labelValues', label: 'instance', selector: 'up{a="x,y"}' }],
    ['label_values({__name__=~"a|b", c="d"}, "http.route")', { kind: 'labelValues', label: 'http.route', selector: '{__name__=~"a|b", c="d"}' }],
    ['label_names()', { kind: 'labelNames', selector: undefined }],
    ['label_names(up)', { kind: 'labelNames', selector: 'up' }],
    ['metrics(node_.*)', { kind: 'metrics', pattern: 'node_.*' }],
    ['query_result(topk(5, sum by (a) (up)))', { kind: 'queryResult', expr: 'topk(5, sum by (a) (up))' }],
    ['up{job="a"}', { kind: 'series', selector: 'up{job="a"}' }],
    ['  ', undefined],
  ])('%s', (query, expected) => {
    expect(parseVariableQuery(query)).toEqual(expected);
  });

  it.each<[unknown, 'prometheus' | 'loki' | 'tempo', string]>([
    ['label_values(a)', 'prometheus', 'label_values(a)'],
    [{ query: 'label_values(up, job)', refId: 'x', qryType: 1 }, 'prometheus', 'label_values(up, job)'],
    [{ qryType: 1, label: 'job', metric: 'up', labelFilters: [{ label: 'a', op: '=~', value: 'b' }] }, 'prometheus', 'label_values(up{a=~"b"},job)'],
    [{ qryType: 0 }, 'prometheus', 'label_names()'],
    [{ qryType: 2, metric: 'node.*' }, 'prometheus', 'metrics(node.*)'],
    [{ qryType: 3, varQuery: 'sum(up)' }, 'prometheus', 'query_result(sum(up))'],
    [{ qryType: 4, seriesQuery: 'up' }, 'prometheus', 'up'],
    ['', 'prometheus', 'fallback'],
    [{ type: 1, label: 'app', stream: '{a="b"}' }, 'loki', 'label_values({a="b"}, app)'],
    [{ type: 0 }, 'loki', 'label_names()'],
    [{ type: 1, label: 'service.name' }, 'tempo', 'label_values(service.name)'],
  ])('%j of %s is %s', (query, kind, expected) => {
    expect(variableQueryText(query, 'fallback', kind)).toBe(expected);
  });
});

describe('automatic intervals', () => {
  it.each([
    [3_600_000, 30, '10s', '2m'],
    [3_600_000, 30, '5m', '5m'],
    [86_400_000, 10, '10s', '2h'],
    [60_000, 100, '', '500ms'],
  ])('%i ms in %i steps of at least %s', (length, steps, least, expected) => {
    expect(autoInterval({ fromMs: 0, toMs: length }, steps, least)).toBe(expected);
  });
});
