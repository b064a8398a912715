import { describe, expect, it } from 'vitest';
import { parseLogfmt } from './logfmt';
import { highlightsOf, isMetricQuery, logLevel, matchersOf, mergeLogLines, messageOf, parsedFields, splitHighlights, toLogLines, traceIdOf, withFieldFilter, withMatcher, withoutMatcher, withSearch, type LogLine } from './logs';
import { logqlCursor } from './logqlCursor';

const line = (text: string, more: Partial<LogLine> = {}): LogLine => ({ key: text, timeNs: '1700000000000000000', timeMs: 1_700_000_000_000, line: text, stream: {}, metadata: {}, ...more });

describe('queries', () => {
  it.each([
    ['', 'job', '=', 'api', '{job="api"}'],
    ['{a="1"}', 'job', '=', 'api', '{a="1", job="api"}'],
    ['{job="x"} |= "e"', 'job', '=', 'api', '{job="api"} |= "e"'],
    ['{a="1"}', 'b', '!=', 'say "hi"', '{a="1", b!="say \\"hi\\""}'],
    ['{a="}"} |= "{x}"', 'b', '=', '2', '{a="}", b="2"} |= "{x}"'],
  ] as const)('adds to %j a condition on %s', (query, label, operator, value, expected) => {
    expect(withMatcher(query, label, operator, value)).toBe(expected);
  });

  it('takes away one condition', () => {
    expect(withoutMatcher('{a="1", b=~"x|y"} |= "z"', 0)).toBe('{b=~"x|y"} |= "z"');
    expect(matchersOf('{a="1", b=~"x|y"}')).toEqual([
      { label: 'a', operator: '=', text: '"1"' },
      { label: 'b', operator: '=~', text: '"x|y"' },
    ]);
  });

  it('filters by a field behind what the query has', () => {
    expect(withFieldFilter('{a="1"} |= "x"', 'trace_id', '=', 'ab')).toBe('{a="1"} |= "x" | trace_id="ab"');
  });

  it.each([
    ['', true, '{a="1"} | json'],
    ['time.out', false, '{a="1"} |= "time.out" | json'],
    ['time.out', true, '{a="1"} |~ "(?i)time\\\\.out" | json'],
  ])('searches for %j, ignoring case: %s', (search, ignoreCase, expected) => {
    expect(withSearch('{a="1"} | json', search, ignoreCase)).toBe(expected);
  });
});

describe('what the query looks for', () => {
  it.each([
    ['{a="1"}', false],
    [' {a="rate(x)"} |= "sum(y)"', false],
    ['', false],
    ['rate({a="1"}[5m])', true],
    ['sum by (a) (count_over_time({a="1"}[1m]))', true],
    ['(rate({a="1"}[5m]))', true],
    ['2 * rate({a="1"}[5m])', true],
  ])('%j is a metric query: %s', (query, metric) => {
    expect(isMetricQuery(query)).toBe(metric);
  });

  it.each([
    ['{a="x|= \\"no\\""}', []],
    ['{a="1"} |= "time.out" |= `b` != "c"', [{ text: 'time.out', ignoreCase: false }, { text: 'b', ignoreCase: false }]],
    [withSearch('{a="1"}', 'time.out [x]', true), [{ text: 'time.out [x]', ignoreCase: true }]],
    ['{a="1"} |~ "a+b"', []],
  ])('%s marks %j', (query, expected) => {
    expect(highlightsOf(query)).toEqual(expected);
  });

  it('splits a text where something is found', () => {
    expect(splitHighlights('An error, another ERROR', [{ text: 'error', ignoreCase: true }])).toEqual(['An ', 'error', ', another ', 'ERROR', '']);
    expect(splitHighlights('An error, another ERROR', [{ text: 'ERROR', ignoreCase: false }, { text: 'An', ignoreCase: false }])).toEqual(['', 'An', ' error, another ', 'ERROR', '']);
    expect(splitHighlights('nothing', [{ text: 'x', ignoreCase: true }])).toEqual(['nothing']);
  });
});

describe('lines', () => {
  it('are newest first, with their metadata', () => {
    const lines = toLogLines([
      { stream: { a: '1' }, values: [['1700000000000000001', 'first'], ['1700000000000000003', 'third', { structuredMetadata: { trace_id: 'x' } }]] },
      { stream: { a: '2' }, values: [['1700000000000000002', 'second']] },
    ]);
    expect(lines.map((entry) => entry.line)).toEqual(['third', 'second', 'first']);
    expect(lines[0]).toMatchObject({ stream: { a: '1' }, metadata: { trace_id: 'x' }, timeMs: 1_700_000_000_000.000003 });
  });

  it('merge without repeats and within the limit', () => {
    const at = (timeNs: string, text: string) => line(text, { timeNs });
    const merged = mergeLogLines([at('2', 'b'), at('1', 'a')], [at('3', 'c'), at('2', 'b')], 2);
    expect(merged.map((entry) => entry.line)).toEqual(['c', 'b']);
    expect(mergeLogLines([at('9', 'old')], [at('10', 'new')], 5).map((entry) => entry.line)).toEqual(['new', 'old']);
  });

  it.each([
    ['{"a":1,"b":{"c":"x"},"d":[1]}', { a: '1', b_c: 'x', d: '[1]' }],
    ['level=info msg="two words" n=3', { level: 'info', msg: 'two words', n: '3' }],
    ['{"broken', {}],
    ['plain text', {}],
    ['x=1 only one', {}],
  ])('have the fields of %s', (text, fields) => {
    expect(parsedFields(text)).toEqual(fields);
  });

  it.each([
    [line('x', { metadata: { detected_level: 'WARN' } }), 'warn'],
    [line('x', { stream: { level: 'Error' } }), 'error'],
    [line('{"level":"critical"}'), 'fatal'],
    [line('2026-01-01 INFO started'), 'info'],
    [line('an INFORMATION'), 'unknown'],
    [line('nothing'), 'unknown'],
  ])('have a level', (entry, level) => {
    expect(logLevel(entry)).toBe(level);
  });

  const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
  it.each([
    [line('x', { metadata: { trace_id: traceId } }), traceId],
    [line(`{"traceId":"${traceId.toUpperCase()}"}`), traceId],
    [line(`msg=x trace_id=${traceId}`), traceId],
    [line('x', { metadata: { trace_id: '0'.repeat(32) } }), undefined],
    [line('x', { metadata: { trace_id: 'javascript:1' } }), undefined],
    [line('x'), undefined],
  ])('lead to their trace', (entry, expected) => {
    expect(traceIdOf(entry)).toBe(expected);
  });

  it('show the message of a JSON line', () => {
    expect(messageOf(line('{"event":"Creating artifact","n":1}'))).toBe('Creating artifact');
    expect(messageOf(line('{"n":1}'))).toBe('{"n":1}');
  });
});

it('reads the pairs of logfmt, quoted or not', () => {
  expect(parseLogfmt('a="" b="say \\"hi\\"" c=x')).toEqual({ a: '', b: 'say "hi"', c: 'x' });
  expect(parseLogfmt('a=1')).toBeUndefined();
});

it.each([
  ['', { kind: 'elsewhere' }],
  ['{', { kind: 'label', typed: '' }],
  ['{ser', { kind: 'label', typed: 'ser' }],
  ['{a="1", b', { kind: 'label', typed: 'b' }],
  ['{a=', { kind: 'value', label: 'a', typed: '', quoted: false }],
  ['{a=~"x|', { kind: 'value', label: 'a', typed: 'x|', quoted: true }],
  ['{a="}', { kind: 'value', label: 'a', typed: '}', quoted: true }],
  ['{a="1"} |= "b', { kind: 'elsewhere' }],
  ['{a="1"', { kind: 'elsewhere' }],
] as const)('knows what can stand at the end of %j', (text, expected) => {
  expect(logqlCursor(text)).toEqual(expected);
});
