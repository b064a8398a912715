import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiError, getJson, type Access } from './http';
import { logLabelValues, queryLogs } from './loki';
import { labelValues, queryExemplars, queryInstant, queryRange, ruleGroups } from './prometheus';
import { searchTraces } from './tempo';

const NOBODY: Access = { tenant: undefined, token: undefined };

let sent: { url: URL; init: RequestInit }[] = [];

/** The next answers, in order. */
function answer(...answers: { status?: number; body: unknown }[]) {
  sent = [];
  vi.stubGlobal('fetch', (url: URL, init: RequestInit) => {
    sent.push({ url, init });
    const { status = 200, body } = answers[sent.length - 1] ?? { body: {} };
    return Promise.resolve(new Response(typeof body === 'string' ? body : JSON.stringify(body), { status }));
  });
}

const header = (name: string) => new Headers(sent[0]?.init.headers).get(name);

beforeEach(() => vi.stubGlobal('document', { baseURI: 'https://ops.example/tools/ghost/' }));
afterEach(() => vi.unstubAllGlobals());

describe('requests', () => {
  it('stay under the path prefix of the document', async () => {
    answer({ body: {} });
    await getJson(NOBODY, 'api/search', { parameters: { type: 'dash-db', none: undefined, many: ['a', 'b'] } });
    expect(sent[0]?.url.href).toBe('https://ops.example/tools/ghost/api/search?type=dash-db&many=a&many=b');
  });

  it('name tenant and token only where the user has set them', async () => {
    answer({ body: {} });
    await getJson(NOBODY, 'x');
    expect([header('x-scope-orgid'), header('authorization')]).toEqual([null, null]);
    answer({ body: {} });
    await getJson({ tenant: 'acme', token: 'secret' }, 'x');
    expect([header('x-scope-orgid'), header('authorization')]).toEqual(['acme', 'Bearer secret']);
  });

  it('put long queries into the body', async () => {
    answer({ body: {} });
    await getJson(NOBODY, 'x', { parameters: { query: 'a'.repeat(10_000) } });
    expect(sent[0]?.init.method).toBe('POST');
    expect(sent[0]?.url.search).toBe('');
    expect(String(sent[0]?.init.body)).toHaveLength(10_006);
  });

  it.each([
    [400, { status: 'error', errorType: 'bad_data', error: 'parse error at 3' }, 'parse error at 3'],
    [404, { message: 'Dashboard not found' }, 'Dashboard not found'],
    [400, 'parse error: unexpected }', 'parse error: unexpected }'],
    [502, '<html>bad gateway</html>', /^The server answered 502/],
    [503, '', /^The server answered 503/],
    [200, 'not json', 'The answer is not JSON.'],
  ])('that are answered with %d say why', async (status, body, message) => {
    answer({ status, body });
    const failure = await getJson(NOBODY, 'x').catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ApiError);
    expect((failure as ApiError).status).toBe(status);
    expect((failure as ApiError).message).toMatch(message);
  });

  it('that reach nobody say so', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
    await expect(getJson(NOBODY, 'x')).rejects.toMatchObject({ status: 0, message: /cannot be reached/ });
  });
});

describe('Prometheus', () => {
  const range = { fromMs: 60_000, toMs: 120_000 };

  it('answers a range query on the grid of its steps', async () => {
    answer({ body: { status: 'success', data: { resultType: 'matrix', result: [{ metric: { a: '1' }, values: [[60, '1'], [90, 'NaN'], [120, '+Inf']] }] } } });
    const frame = await queryRange(NOBODY, 'up', range, 15_000);
    expect(sent[0]?.url.search).toBe('?query=up&start=60&end=120&step=15');
    expect(frame.series).toEqual([{ labels: { a: '1' }, values: [1, null, NaN, null, Infinity] }]);
  });

  it.each([
    [{ resultType: 'vector', result: [{ metric: { a: '1' }, value: [5, '2.5'] }] }, { kind: 'vector', samples: [{ labels: { a: '1' }, timeMs: 5000, value: 2.5 }] }],
    [{ resultType: 'scalar', result: [5, '-Inf'] }, { kind: 'scalar', sample: { labels: {}, timeMs: 5000, value: -Infinity } }],
    [{ resultType: 'string', result: [5, 'text'] }, { kind: 'string', text: 'text' }],
    [{ resultType: 'matrix', result: [{ metric: {}, values: [[5, '1']] }] }, { kind: 'matrix', series: [{ labels: {}, points: [[5, '1']] }] }],
  ])('answers an instant query with %j', async (data, expected) => {
    answer({ body: { data } });
    await expect(queryInstant(NOBODY, 'x', 5000)).resolves.toEqual(expected);
  });

  it('is asked for label values of the time range only', async () => {
    answer({ body: { data: ['a', 'b'] } });
    await expect(labelValues(NOBODY, 'job', range, 'up{x="1"}')).resolves.toEqual(['a', 'b']);
    expect(sent[0]?.url.pathname).toBe('/tools/ghost/prometheus/api/v1/label/job/values');
    expect(sent[0]?.url.searchParams.get('start')).toBe('60');
    expect(sent[0]?.url.searchParams.get('match[]')).toBe('up{x="1"}');
  });

  it('gives exemplars with the labels of their series', async () => {
    answer({ body: { data: [{ seriesLabels: { le: '1' }, exemplars: [{ labels: { trace_id: 'ab' }, value: '0.5', timestamp: 61.5 }] }] } });
    await expect(queryExemplars(NOBODY, 'x', range)).resolves.toEqual([{ seriesLabels: { le: '1' }, labels: { trace_id: 'ab' }, timeMs: 61_500, value: 0.5 }]);
  });

  it('gives rules of both kinds', async () => {
    answer({ body: { data: { groups: [{ name: 'g', file: 'f', interval: 15, rules: [{ type: 'recording', name: 'r', query: 'q', health: 'ok' }, { type: 'alerting', name: 'a', state: 'firing', alerts: [{ state: 'firing', value: '1e+00' }] }] }] } } });
    const [group] = await ruleGroups(NOBODY);
    expect(group?.rules.map((rule) => [rule.kind, rule.name, rule.state, rule.alerts.length])).toEqual([
      ['recording', 'r', 'unknown', 0],
      ['alerting', 'a', 'firing', 1],
    ]);
  });
});

describe('Loki', () => {
  const range = { fromMs: 1_700_000_000_000, toMs: 1_700_000_060_000 };

  it('is asked for metadata apart from labels, newest first', async () => {
    answer({ body: { data: { resultType: 'streams', result: [{ stream: { a: '1' }, values: [['1700000000000000001', 'line', { structuredMetadata: { trace_id: 'x' } }], ['1', 'old']] }] } } });
    const result = await queryLogs(NOBODY, { query: '{a="1"}', range, limit: 10 });
    expect(header('x-loki-response-encoding-flags')).toBe('categorize-labels');
    expect(sent[0]?.url.searchParams.get('start')).toBe('1700000000000000000');
    expect(sent[0]?.url.searchParams.get('direction')).toBe('backward');
    expect(result).toEqual([{ stream: { a: '1' }, values: [['1700000000000000001', 'line', { structuredMetadata: { trace_id: 'x' }, parsed: {} }], ['1', 'old', { structuredMetadata: {} }]] }]);
  });

  it('gives the values of a label', async () => {
    answer({ body: { status: 'success', data: ['api'] } });
    await expect(logLabelValues(NOBODY, 'service_name', range)).resolves.toEqual(['api']);
  });
});

it('Tempo is searched by tags as logfmt, and its traces come newest first', async () => {
  answer({
    body: {
      traces: [
        { traceID: 'a', rootServiceName: 'api', rootTraceName: 'GET', startTimeUnixNano: '1700000000000000000', durationMs: 5, spanSet: { matched: 2 } },
        { traceID: 'b', startTimeUnixNano: '1700000001000000000', serviceStats: { api: { spanCount: 3, errorCount: 1 }, db: { spanCount: 2 } } },
      ],
    },
  });
  const found = await searchTraces(NOBODY, { query: '{ name = "GET /a b" }', range: { fromMs: 1500, toMs: 2500 }, limit: 20 });
  expect(sent[0]?.url.searchParams.get('q')).toBe('{ name = "GET /a b" }');
  expect(sent[0]?.url.search).toContain('start=1&end=3&limit=20');
  expect(found.map((trace) => [trace.traceId, trace.spanCount, trace.errorCount, trace.matchedSpans])).toEqual([
    ['b', 5, 1, undefined],
    ['a', undefined, undefined, 2],
  ]);
});
