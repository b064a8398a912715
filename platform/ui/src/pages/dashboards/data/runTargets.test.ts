import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readPanel } from '../../../lib/dashboard/readPanel';
import { prepareTargets } from '../../../lib/query/prepare';
import { EMPTY_SCOPE } from '../../../lib/template/createScope';
import { runTargets } from './runTargets';

const ANSWERS: Record<string, unknown> = {
  up: { resultType: 'matrix', result: [{ metric: { job: 'a' }, values: [[60, '1'], [120, '3']] }] },
  two: { resultType: 'vector', result: [{ metric: { job: 'a' }, value: [60, '2'] }] },
};

beforeEach(() => {
  vi.stubGlobal('document', { baseURI: 'http://here/' });
  vi.stubGlobal('fetch', (address: URL) => {
    const answer = ANSWERS[address.searchParams.get('query') ?? ''];
    const body = answer === undefined ? { status: 'error', error: 'no such thing' } : { status: 'success', data: answer, warnings: ['careful'] };
    return Promise.resolve(new Response(JSON.stringify(body), { status: answer === undefined ? 400 : 200 }));
  });
});
afterEach(() => vi.unstubAllGlobals());

function run(targets: object[]) {
  const panel = readPanel({ id: 1, type: 'timeseries', targets });
  const absolute = { fromMs: 0, toMs: 600_000 };
  const prepared = prepareTargets(panel, { scope: EMPTY_SCOPE, range: { from: '0', to: '600000' }, absolute, nowMs: 600_000, widthPoints: 100, utcOffsetMs: 0, findPanel: () => undefined, withFilters: (expr) => expr });
  return runTargets(prepared, { access: { tenant: undefined, token: undefined }, stats: false, dashboardUid: 'd', signal: new AbortController().signal, transform: (frames) => frames });
}

const expression = (refId: string, json: object) => ({ refId, datasource: { uid: '__expr__' }, ...json });

describe('runTargets', () => {
  it('calculates expressions in the order in which they read one another', async () => {
    const result = await run([
      expression('C', { type: 'threshold', expression: 'B', conditions: [{ evaluator: { type: 'gt', params: [3] } }] }),
      expression('B', { type: 'math', expression: '$A + 1', hide: true }),
      { refId: 'A', expr: 'up', hide: true },
    ]);
    expect(result.failures).toEqual([]);
    expect(result.frames.map((frame) => [frame.refId, frame.fields[1]?.values])).toEqual([['C', [0, 1]]]);
    expect(result.sent).toMatchObject([{ refId: 'A', source: 'Prometheus', expr: 'up' }]);
  });

  it('keeps what works beside what fails', async () => {
    const result = await run([{ refId: 'A', expr: 'up' }, { refId: 'B', expr: 'nonsense' }, expression('C', { type: 'math', expression: '$B * 2' }), expression('D', { type: 'math', expression: '$E' }), expression('E', { type: 'math', expression: '$D' })]);
    expect(result.frames.map((frame) => frame.refId)).toEqual(['A']);
    expect(result.frames[0]?.meta?.notices).toEqual([{ severity: 'warning', text: 'careful' }]);
    expect(Object.fromEntries(result.failures.map(({ refId, message }) => [refId, message]))).toMatchObject({ B: 'no such thing', C: expect.stringContaining('Query B'), D: expect.stringContaining('E') });
  });

  it('makes tables of the queries that ask for them', async () => {
    const result = await run([{ refId: 'A', expr: 'two', instant: true, format: 'table' }, { refId: 'B', expr: 'two', instant: true, format: 'table' }]);
    expect(result.frames.map((frame) => frame.fields.map((field) => field.name))).toEqual([['Time', 'job', 'Value #A'], ['Time', 'job', 'Value #B']]);
  });
});
