import { describe, expect, it } from 'vitest';
import { logFrame } from './logFrames';
import { exemplarFrame, seriesFrames } from './seriesFrames';
import { toHeatmapRows, toTables } from './tableFrames';
import { spanTable, traceMetricFrames, traceTable } from './traceFrames';

const query = { refId: 'A', expr: 'up', legendFormat: undefined, stepMs: 15_000 };

describe('seriesFrames', () => {
  const matrix = {
    resultType: 'matrix',
    result: [
      { metric: { __name__: 'up', job: 'a' }, values: [[1, '1'], [16, 'NaN']] },
      { metric: { __name__: 'up', job: 'b' }, values: [[1, '+Inf'], [16, '0']] },
    ],
  };
  it('makes one frame a series, with shared times', () => {
    const [first, second] = seriesFrames(query, matrix);
    expect(first?.fields[0]).toEqual({ name: 'Time', type: 'time', values: [1000, 16_000], config: { interval: 15_000 } });
    expect(first?.fields[1]).toEqual({ name: 'Value', type: 'number', labels: { __name__: 'up', job: 'a' }, values: [1, NaN], config: { displayNameFromDS: 'up{job="a"}' } });
    expect(second?.fields[1]?.values).toEqual([Infinity, 0]);
    expect(second?.fields[0]?.values).toBe(first?.fields[0]?.values);
  });
  it.each([
    ['{{job}} of {{missing}}', 'a of '],
    ['__auto', undefined],
    ['{{ job }}', 'a'],
    ['', 'up{job="a"}'],
  ])('names series by “%s”', (legendFormat, name) => {
    expect(seriesFrames({ ...query, legendFormat }, matrix)[0]?.fields[1]?.config.displayNameFromDS).toBe(name);
  });
  it('names a series without labels after its expression', () => {
    const frames = seriesFrames({ ...query, legendFormat: '__auto' }, { resultType: 'vector', result: [{ metric: {}, value: [5, '2'] }] });
    expect(frames[0]?.name).toBe('up');
    expect(frames[0]?.meta?.type).toBe('numeric-multi');
  });
  it('reads scalars and strings', () => {
    expect(seriesFrames(query, { resultType: 'scalar', result: [3, '7'] })[0]?.fields[1]?.values).toEqual([7]);
    expect(seriesFrames(query, { resultType: 'string', result: [3, 'x'] })[0]?.fields[1]?.values).toEqual(['x']);
  });
  it('makes cells of native histograms', () => {
    const histogram = { count: '3', sum: '4', buckets: [[0, '1', '2', '1'], [0, '2', '4', '2']] };
    const [frame] = seriesFrames(query, { resultType: 'matrix', result: [{ metric: { job: 'a' }, histograms: [[1, histogram], [16, histogram]] }] });
    expect(frame?.meta?.type).toBe('heatmap-cells');
    expect(frame?.fields.map((field) => [field.name, field.values])).toEqual([
      ['xMax', [1000, 1000, 16_000, 16_000]],
      ['yMin', [1, 2, 1, 2]],
      ['yMax', [2, 4, 2, 4]],
      ['count', [1, 2, 1, 2]],
      ['yLayout', [0, 0, 0, 0]],
    ]);
  });
});

describe('toTables', () => {
  const series = (refId: string, metric: Record<string, string>, value: string) => seriesFrames({ ...query, refId }, { resultType: 'vector', result: [{ metric, value: [1, value] }] });
  it('puts the series of a query into one table, and numbers the values of several', () => {
    const [one] = toTables([...series('A', { job: 'a' }, '1'), ...series('A', { job: 'b', zone: 'x' }, '2')]);
    expect(one?.fields.map((field) => [field.name, field.values])).toEqual([
      ['Time', [1000, 1000]],
      ['job', ['a', 'b']],
      ['zone', ['', 'x']],
      ['Value', [1, 2]],
    ]);
    const two = toTables([...series('A', {}, '1'), ...series('B', {}, '2')]);
    expect(two.map((frame) => frame.fields.at(-1)?.name)).toEqual(['Value #A', 'Value #B']);
  });
});

describe('toHeatmapRows', () => {
  it('takes cumulative buckets apart', () => {
    const bucket = (le: string, values: string[]) => ({ metric: { le }, values: values.map((value, i) => [i + 1, value]) });
    const frames = seriesFrames({ ...query, legendFormat: '{{le}}' }, { resultType: 'matrix', result: [bucket('+Inf', ['30', '35']), bucket('10', ['10', '0']), bucket('20', ['20', '30'])] });
    const [rows] = toHeatmapRows(frames);
    expect(rows?.meta?.type).toBe('heatmap-rows');
    expect(rows?.fields.map((field) => [field.name, field.values])).toEqual([
      ['Time', [1000, 2000]],
      ['10', [10, 0]],
      ['20', [10, 30]],
      ['+Inf', [10, 5]],
    ]);
  });
});

describe('exemplarFrame', () => {
  it('has a column for each label', () => {
    const frame = exemplarFrame('A', [{ seriesLabels: { job: 'a' }, exemplars: [{ labels: { trace_id: 'ff' }, value: '0.5', timestamp: 2 }] }]);
    expect(frame.fields.map((field) => [field.name, field.values])).toEqual([['Time', [2000]], ['Value', [0.5]], ['job', ['a']], ['trace_id', ['ff']]]);
  });
});

describe('logFrame', () => {
  it('sorts lines and keeps equal ones apart', () => {
    const data = { resultType: 'streams', result: [{ stream: { app: 'x' }, values: [['1700000000000000001', 'a', { structuredMetadata: { id: '7' } }], ['1700000000000000002', 'b'], ['1700000000000000001', 'a', { structuredMetadata: { id: '7' } }]] }] };
    const frame = logFrame('A', '{app="x"}', data, 'backward');
    expect(frame.fields[2]?.values).toEqual(['b', 'a', 'a']);
    expect(frame.fields[0]?.values[1]).toEqual({ app: 'x', id: '7' });
    expect(frame.fields[4]?.values[1]).toEqual({ app: 'I', id: 'S' });
    expect(new Set(frame.fields[5]?.values).size).toBe(3);
  });
});

describe('traces', () => {
  const answer = {
    traces: [{ traceID: 'ab', rootServiceName: 'web', rootTraceName: 'GET /', startTimeUnixNano: '1700000000000000000', durationMs: 12, spanSet: { spans: [{ spanID: 's', name: 'n', startTimeUnixNano: '1700000000000000000', durationNanos: '5000', attributes: [{ key: 'http.method', value: { stringValue: 'GET' } }] }] } }],
  };
  it('lists traces and spans', () => {
    expect(traceTable('A', '{}', answer).fields.map((field) => field.values[0])).toEqual(['ab', 1_700_000_000_000, 'web', 'GET /', 12]);
    expect(spanTable('A', '{}', answer).fields.map((field) => field.name)).toEqual(['traceIdHidden', 'traceService', 'traceName', 'spanID', 'time', 'name', 'http.method', 'duration']);
  });
  it('reads series of metrics', () => {
    const [frame] = traceMetricFrames({ ...query, legendFormat: undefined }, { series: [{ labels: [{ key: 'svc', value: { stringValue: 'a' } }], samples: [{ timestampMs: '1000', value: 2 }] }] }, undefined);
    expect(frame?.fields.map((field) => field.values)).toEqual([[1000], [2]]);
    expect(frame?.fields[1]?.labels).toEqual({ svc: 'a' });
  });
});
