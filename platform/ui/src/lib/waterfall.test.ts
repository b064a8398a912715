import { describe, expect, it } from 'vitest';
import { id, parseTrace, type Span, type Trace } from './trace';
import { servicesOf, waterfallRows } from './waterfall';

const span = (spanId: string, parentSpanId: string, offsetMs: number, durationMs: number, service = 'api'): Span => ({
  spanId,
  parentSpanId,
  name: spanId,
  service,
  kind: 'internal',
  offsetMs,
  durationMs,
  error: false,
  statusMessage: '',
  scope: '',
  attributes: {},
  resource: {},
  events: [],
  links: [],
});
const trace = (...spans: Span[]): Trace => ({ traceId: 't', startMs: 0, durationMs: 100, spans });
const shape = (rows: ReturnType<typeof waterfallRows>) => rows.map((row) => `${' '.repeat(row.depth)}${row.span.spanId}`);

describe('waterfallRows', () => {
  it('puts children under their parents, by start', () => {
    const rows = waterfallRows(trace(span('c', 'a', 50, 10), span('d', 'b', 20, 5), span('b', 'a', 10, 30), span('a', '', 0, 100)), new Set());
    expect(shape(rows)).toEqual(['a', ' b', '  d', ' c']);
    expect(rows.map((row) => [row.left, row.width])).toEqual([
      [0, 1],
      [0.1, 0.3],
      [0.2, 0.05],
      [0.5, 0.1],
    ]);
  });

  it('leaves out what is below a collapsed span', () => {
    const all = trace(span('a', '', 0, 100), span('b', 'a', 10, 30), span('c', 'b', 20, 5), span('d', '', 90, 1));
    const key = waterfallRows(all, new Set())[1]?.key ?? '';
    expect(shape(waterfallRows(all, new Set([key])))).toEqual(['a', ' b', 'd']);
  });

  it('marks spans whose parent was not received, and ids that are used twice', () => {
    const rows = waterfallRows(trace(span('a', 'gone', 0, 10), span('b', 'a', 1, 1), span('b', 'a', 2, 1)), new Set());
    expect(rows.map((row) => [row.span.spanId, row.orphan, row.duplicate])).toEqual([
      ['a', true, false],
      ['b', false, true],
      ['b', false, true],
    ]);
  });

  it('shows every span once where parents form a circle', () => {
    expect(shape(waterfallRows(trace(span('a', 'b', 0, 10), span('b', 'a', 1, 1), span('c', 'c', 2, 1)), new Set())).sort()).toEqual([' b', 'a', 'c']);
  });

  it('keeps bars inside the trace', () => {
    const rows = waterfallRows({ ...trace(span('a', '', 90, 50)), durationMs: 100 }, new Set());
    expect((rows[0]?.left ?? 0) + (rows[0]?.width ?? 0)).toBeLessThanOrEqual(1);
  });

  it('lays out a chain of 50,000 spans', () => {
    const chain = Array.from({ length: 50_000 }, (_, i) => span(`s${i}`, i === 0 ? '' : `s${i - 1}`, i / 1000, 1));
    expect(waterfallRows(trace(...chain), new Set()).at(-1)?.depth).toBe(49_999);
  });
});

describe('parseTrace', () => {
  const resource = { attributes: [{ key: 'service.name', value: { stringValue: 'api' } }] };
  const base = { name: 'GET', startTimeUnixNano: '1700000000000000000', endTimeUnixNano: '1700000000250000000' };

  it.each([
    ['resourceSpans with hex ids', { resourceSpans: [{ resource, scopeSpans: [{ scope: { name: 'lib' }, spans: [{ ...base, spanId: '00F067AA0BA902B7', kind: 2, status: { code: 2 } }] }] }] }],
    ['batches with base64 ids and names of enums', { batches: [{ resource, scopeSpans: [{ scope: { name: 'lib' }, spans: [{ ...base, spanId: 'APBnqgupArc=', kind: 'SPAN_KIND_SERVER', status: { code: 'STATUS_CODE_ERROR' } }] }] }] }],
    ['a trace wrapped as in version 2 of the API', { trace: { resourceSpans: [{ resource, scopeSpans: [{ scope: { name: 'lib' }, spans: [{ ...base, spanId: '00f067aa0ba902b7', kind: 2, status: { code: 2 } }] }] }] } }],
  ])('reads %s', (_, document) => {
    const parsed = parseTrace(document, 'x');
    expect(parsed).toMatchObject({ startMs: 1_700_000_000_000, durationMs: 250 });
    expect(parsed.spans).toMatchObject([{ spanId: '00f067aa0ba902b7', parentSpanId: '', service: 'api', kind: 'server', error: true, scope: 'lib', offsetMs: 0, durationMs: 250 }]);
  });

  it('keeps nanoseconds apart', () => {
    const at = (ns: string) => ({ ...base, spanId: '00f067aa0ba902b7', startTimeUnixNano: ns, endTimeUnixNano: ns });
    const parsed = parseTrace({ resourceSpans: [{ scopeSpans: [{ spans: [at('1700000000000000001'), at('1700000000000000501')] }] }] }, 'x');
    expect(parsed.spans.map((item) => item.offsetMs)).toEqual([0, 0.0005]);
  });

  it('writes every kind of attribute', () => {
    const attributes = [
      { key: 'i', value: { intValue: '7' } },
      { key: 'b', value: { boolValue: false } },
      { key: 'l', value: { arrayValue: { values: [{ stringValue: 'a' }, { intValue: 1 }] } } },
      { key: 'm', value: { kvlistValue: { values: [{ key: 'k', value: { doubleValue: 0.5 } }] } } },
      { key: 'e', value: {} },
    ];
    const parsed = parseTrace({ resourceSpans: [{ scopeSpans: [{ spans: [{ ...base, spanId: '1', attributes }] }] }] }, 'x');
    expect(parsed.spans[0]?.attributes).toEqual({ i: '7', b: 'false', l: '["a","1"]', m: '{"k":"0.5"}', e: '' });
  });

  it.each([[null], [{}], [{ batches: [null, { scopeSpans: [{ spans: [null] }] }] }]])('survives %j', (document) => {
    expect(() => parseTrace(document, 'x')).not.toThrow();
  });
});

it('leaves an id alone that is neither hex nor base64', () => {
  expect(id('not an id!')).toBe('not an id!');
});

it('counts spans by service', () => {
  expect(servicesOf(trace(span('a', '', 0, 1), { ...span('b', 'a', 0, 1, 'db'), error: true }, span('c', 'a', 0, 1)))).toEqual([
    { service: 'api', spans: 2, errors: 0 },
    { service: 'db', spans: 1, errors: 1 },
  ]);
});
