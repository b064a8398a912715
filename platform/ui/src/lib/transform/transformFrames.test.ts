import { describe, expect, it } from 'vitest';
import { showFrames } from '../field/showFrames';
import type { DataFrame } from '../frame/frame';
import { createScope } from '../template/createScope';
import { keyValues } from './extractFields';
import { content, series, table } from './frames.fixture';
import { transformFrames, TRANSFORMERS } from './transformFrames';

function run(frames: readonly DataFrame[], id: string, options: Readonly<Record<string, unknown>> = {}): DataFrame[] {
  return transformFrames(frames, [{ id, options, disabled: false }], { timeZone: 'utc' });
}

const CPU = series('A', 'cpu', [1, 2, 3], [10, 20, 30], { host: 'a', job: 'x' });
const MEMORY = series('B', 'memory', [2, 3, 4], [200, 300, 400], { host: 'b', job: 'x' });
const HOSTS = table('A', { host: ['a', 'b', 'a', 'c'], region: ['eu', 'us', 'eu', 'eu'], cpu: [1, 2, 3, null] });

/** `[id, options, frames, what comes of the frames]`. */
const TABLE: readonly (readonly [string, Readonly<Record<string, unknown>>, readonly DataFrame[], readonly [string, unknown[]][][]])[] = [
  ['organize', { excludeByName: { region: true }, indexByName: { cpu: 0, host: 1 }, renameByName: { cpu: 'CPU', host: '' } }, [HOSTS], [[['CPU', [1, 2, 3, null]], ['host', ['a', 'b', 'a', 'c']]]]],
  ['organize', { includeByName: { host: true } }, [HOSTS], [[['host', ['a', 'b', 'a', 'c']]]]],
  ['renameByRegex', { regex: '/^(.)p(.)$/', renamePattern: '$2-$1' }, [CPU], [[['Time', [1, 2, 3]], ['u-c', [10, 20, 30]]]]],
  ['renameByRegex', { regex: '/e/g', renamePattern: '_' }, [table('A', { seven: [1] })], [[['s_v_n', [1]]]]],
  ['filterFieldsByName', { include: { names: ['cpu'] } }, [HOSTS, MEMORY], [[['cpu', [1, 2, 3, null]]]]],
  ['filterFieldsByName', { include: { pattern: '/^(host|reg)/' } }, [table('A', { host: ['a'], region: ['b'], x: [1] })], [[['host', ['a']], ['region', ['b']]]]],
  ['filterFieldsByName', { exclude: { names: ['cpu'], pattern: '/^h/' } }, [HOSTS], [[['region', ['eu', 'us', 'eu', 'eu']]]]],
  ['filterFields', { exclude: { id: 'byType', options: 'number' } }, [table('A', { host: ['a'], x: [1] })], [[['host', ['a']]]]],
  ['filterByRefId', { include: 'B' }, [CPU, MEMORY], [[['Time', [2, 3, 4]], ['memory', [200, 300, 400]]]]],
  ['filterByRefId', { exclude: 'B|C' }, [CPU, MEMORY], [[['Time', [1, 2, 3]], ['cpu', [10, 20, 30]]]]],
  ['limit', { limitField: 1 }, [CPU], [[['Time', [1]], ['cpu', [10]]]]],
  ['limit', { limitField: '-1' }, [CPU], [[['Time', [3]], ['cpu', [30]]]]],
  ['sortBy', { sort: [{ field: 'cpu', desc: true }] }, [CPU], [[['Time', [3, 2, 1]], ['cpu', [30, 20, 10]]]]],
  ['sortBy', { sort: [{ field: 'n' }] }, [table('A', { n: ['a10', 'a9', null, 'B1'] })], [[['n', [null, 'a9', 'a10', 'B1']]]]],
  ['merge', {}, [table('A', { host: ['a', 'b'], cpu: [1, 2] }), table('B', { host: ['a', 'c'], mem: [5, 6] })], [[['host', ['a', 'b', 'c']], ['cpu', [1, 2, null]], ['mem', [5, null, 6]]]]],
  ['merge', {}, [table('A', { host: ['a', 'a'], cpu: [1, 2] }), table('B', { host: ['a'], mem: [5] })], [[['host', ['a', 'a']], ['cpu', [1, 2]], ['mem', [5, 5]]]]],
  ['concatenate', { frameNameMode: 'field' }, [table('A', { v: [1, 2] }, 'first'), table('B', { w: [3] }, 'second')], [[['first · v', [1, 2]], ['second · w', [3, undefined]]]]],
  ['seriesToRows', {}, [CPU, MEMORY], [[['Time', [4, 2, 3, 1, 2, 3].sort((a, b) => b - a)], ['Metric', ['memory', 'cpu', 'memory', 'cpu', 'memory', 'cpu']], ['Value', [400, 30, 300, 20, 200, 10]]]]],
  ['joinByField', { byField: 'Time', mode: 'outer' }, [CPU, MEMORY], [[['Time', [1, 2, 3, 4]], ['cpu', [10, 20, 30, undefined]], ['memory', [undefined, 200, 300, 400]]]]],
  ['joinByField', { byField: 'Time', mode: 'inner' }, [CPU, MEMORY], [[['Time', [2, 3]], ['cpu', [20, 30]], ['memory', [200, 300]]]]],
  ['seriesToColumns', { byField: 'Time' }, [CPU, MEMORY], [[['Time', [1, 2, 3, 4]], ['cpu', [10, 20, 30, undefined]], ['memory', [undefined, 200, 300, 400]]]]],
  ['joinByField', { byField: 'k', mode: 'outerTabular' }, [table('A', { k: ['a', 'a', 'b'], x: [1, 2, 3] }), table('B', { k: ['a', 'c'], y: [4, 5] })], [[['k', ['a', 'a', 'b', 'c']], ['x', [1, 2, 3, undefined]], ['y', [4, 4, undefined, 5]]]]],
  ['joinByField', { byField: 'k', mode: 'inner' }, [table('A', { k: ['a', 'b'], x: [1, 2] }), table('B', { k: ['a', 'a'], y: [3, 4] })], [[['k', ['a', 'a']], ['x', [1, 1]], ['y', [3, 4]]]]],
  ['reduce', { reducers: ['max', 'mean'] }, [CPU, MEMORY], [[['Field', ['cpu', 'memory']], ['Max', [30, 400]], ['Mean', [20, 300]]]]],
  ['reduce', { reducers: ['last'], labelsToFields: true }, [CPU, MEMORY], [[['Field', ['Value', 'Value']], ['host', ['a', 'b']], ['job', ['x', 'x']], ['Last', [30, 400]]]]],
  ['reduce', { reducers: ['min'], mode: 'reduceFields' }, [CPU], [[['cpu', [10]]]]],
  ['reduce', { reducers: ['min'], mode: 'reduceFields', includeTimeField: true }, [CPU], [[['Time', [1]], ['cpu', [10]]]]],
  ['groupBy', { fields: { host: { operation: 'groupby' }, cpu: { operation: 'aggregate', aggregations: ['sum', 'count'] } } }, [HOSTS], [[['host', ['a', 'b', 'c']], ['cpu (sum)', [4, 2, 0]], ['cpu (count)', [2, 1, 0]]]]],
  ['groupingToMatrix', { columnField: 'region', rowField: 'host', valueField: 'cpu', emptyValue: 'null' }, [HOSTS], [[['host\\region', ['a', 'b', 'c']], ['eu', [3, null, null]], ['us', [null, 2, null]]]]],
  ['labelsToFields', {}, [CPU], [[['Time', [1, 2, 3]], ['Value', [10, 20, 30]], ['host', ['a', 'a', 'a']], ['job', ['x', 'x', 'x']]]]],
  ['labelsToFields', { valueLabel: 'host', keepLabels: ['host'] }, [CPU], [[['Time', [1, 2, 3]], ['a', [10, 20, 30]]]]],
  ['labelsToFields', { mode: 'rows' }, [CPU], [[['label', ['host', 'job']], ['value', ['a', 'x']]]]],
  ['joinByLabels', { value: 'host', join: ['job'] }, [series('A', '', [1], [5], { host: 'a', job: 'x' }), series('A', '', [1], [6], { host: 'b', job: 'x' })], [[['job', ['x']], ['a', [5]], ['b', [6]]]]],
  ['partitionByValues', { fields: ['region'] }, [table('A', { region: ['eu', 'us', 'eu'], v: [1, 2, 3] })], [[['v', [1, 3]]], [['v', [2]]]]],
  ['calculateField', { mode: 'reduceRow', reduce: { reducer: 'sum' } }, [table('A', { a: [1, 2], b: [10, null] })], [[['a', [1, 2]], ['b', [10, null]], ['Total', [11, 2]]]]],
  ['calculateField', { mode: 'reduceRow', reduce: { reducer: 'max', include: ['a'] }, alias: 'top', replaceFields: true }, [table('A', { a: [1, 2], b: [10, 20] })], [[['top', [1, 2]]]]],
  ['calculateField', { mode: 'binary', binary: { left: 'cpu', operator: '/', right: 'memory' }, replaceFields: true }, [CPU, MEMORY], [[['Time', [1, 2, 3, 4]], ['cpu / memory', [NaN, 0.1, 0.1, NaN]]]]],
  ['calculateField', { mode: 'binary', binary: { left: { matcher: { id: 'byName', options: 'cpu' } }, operator: '*', right: { fixed: '2' } }, alias: 'double' }, [CPU], [[['Time', [1, 2, 3]], ['cpu', [10, 20, 30]], ['double', [20, 40, 60]]]]],
  ['calculateField', { mode: 'binary', binary: { left: { matcher: { id: 'byType', options: 'number' } }, operator: '*', right: { fixed: '2' } }, replaceFields: true }, [CPU], [[['Time', [1, 2, 3]], ['Value * 2', [20, 40, 60]]]]],
  ['calculateField', { mode: 'unary', unary: { operator: 'abs', fieldName: 'a' }, replaceFields: true }, [table('A', { a: [-1, 2, null] })], [[['abs(a)', [1, 2, null]]]]],
  ['calculateField', { mode: 'cumulativeFunctions', cumulative: { field: 'cpu', reducer: 'mean' }, replaceFields: true }, [CPU], [[['Time', [1, 2, 3]], ['cumulative mean(cpu)', [10, 15, 20]]]]],
  ['calculateField', { mode: 'windowFunctions', window: { field: 'cpu', reducer: 'mean', windowSize: 2, windowSizeMode: 'fixed', windowAlignment: 'trailing' }, replaceFields: true }, [CPU], [[['Time', [1, 2, 3]], ['trailing moving mean(cpu)', [10, 15, 25]]]]],
  ['calculateField', { mode: 'windowFunctions', window: { field: 'cpu', reducer: 'variance', windowSize: 3, windowSizeMode: 'fixed', windowAlignment: 'centered' }, alias: 'v', replaceFields: true, timeSeries: false }, [series('A', 'cpu', [1, 2, 3], [1, 2, 3])], [[['v', [0.25, 2 / 3, 0.25]]]]],
  ['calculateField', { mode: 'index', index: { asPercentile: true }, replaceFields: true }, [table('A', { a: [5, 6] })], [[['Row', [0, 0.5]]]]],
  ['convertFieldType', { conversions: [{ targetField: 'n', destinationType: 'number' }] }, [table('A', { n: ['1,000', 'x', '2.5', null] })], [[['n', [1000, null, 2.5, null]]]]],
  ['convertFieldType', { conversions: [{ targetField: 't', destinationType: 'time', dateFormat: 'DD/MM/YYYY HH:mm' }] }, [table('A', { t: ['03/11/2026 13:04', 'never'] })], [[['t', [Date.UTC(2026, 10, 3, 13, 4), null]]]]],
  ['convertFieldType', { conversions: [{ targetField: 't', destinationType: 'time' }] }, [table('A', { t: ['2026-11-03T13:04:00Z'] })], [[['t', [Date.UTC(2026, 10, 3, 13, 4)]]]]],
  ['convertFieldType', { conversions: [{ targetField: 'n', destinationType: 'string' }] }, [table('A', { n: [1, null] })], [[['n', ['1', null]]]]],
  ['convertFieldType', { conversions: [{ targetField: 'n', destinationType: 'boolean' }] }, [table('A', { n: [1, 0] })], [[['n', [true, false]]]]],
  ['convertFieldType', { conversions: [{ targetField: 'n', destinationType: 'other' }] }, [table('A', { n: ['{"a":1}', 'x'] })], [[['n', [{ a: 1 }, null]]]]],
  ['formatTime', { timeField: 'Time', outputFormat: 'YYYY', timezone: 'utc' }, [table('A', { Time: [0] })], [[['Time', ['1970']]]]],
  ['formatString', { stringField: 's', outputFormat: 'Snake Case' }, [table('A', { s: ['helloBig World'] })], [[['s', ['hello_big_world']]]]],
  ['formatString', { stringField: 's', outputFormat: 'Substring', substringStart: 1, substringEnd: 3 }, [table('A', { s: ['hello'] })], [[['s', ['el']]]]],
  ['extractFields', { source: 's', format: 'json', replace: true }, [table('A', { s: ['{"a":1,"b":"x"}', 'broken', '{"a":2}'] })], [[['a', [1, undefined, 2]], ['b', ['x', undefined, undefined]]]]],
  ['extractFields', { source: 's', format: 'json', replace: true, jsonPaths: [{ path: 'a.b[1]', alias: 'x' }, { path: 'none' }] }, [table('A', { s: ['{"a":{"b":[1,2]}}'] })], [[['x', [2]], ['none', ['Not Found']]]]],
  ['extractFields', { source: 's', format: 'kvp', replace: true }, [table('A', { s: ['a=1, b: "two words"'] })], [[['a', ['1']], ['b', ['two words']]]]],
  ['extractFields', { source: 's', format: 'delimiter', delimiter: ';', replace: true }, [table('A', { s: ['x ; y'] })], [[['x', [1]], ['y', [1]]]]],
  ['extractFields', { source: 's', format: 'regexp', regExp: '/(?<code>\\d+)/', replace: true }, [table('A', { s: ['got 404', 'none'] })], [[['code', ['404', undefined]]]]],
  ['histogram', { bucketSize: 10 }, [table('A', { v: [1, 5, 12, 31, null] })], [[['xMin', [0, 10, 30]], ['xMax', [10, 20, 40]], ['v', [2, 1, 1]]]]],
  ['histogram', { bucketSize: 10, combine: true }, [table('A', { v: [1], w: [2] })], [[['xMin', [0]], ['xMax', [10]], ['count', [2]]]]],
  ['prepareTimeSeries', { format: 'multi' }, [table('A', { time: [1, 2, 1], host: ['a', 'a', 'b'], v: [1, 2, 3] })], [[['time', [1, 2]], ['v', [1, 2]]], [['time', [1]], ['v', [3]]]]],
  ['prepareTimeSeries', { format: 'long' }, [CPU], [[['Time', [1, 2, 3]], ['Value', [10, 20, 30]], ['host', ['a', 'a', 'a']], ['job', ['x', 'x', 'x']]]]],
  ['prepareTimeSeries', { format: 'wide' }, [CPU, MEMORY], [[['Time', [1, 2, 3, 4]], ['cpu', [10, 20, 30, undefined]], ['memory', [undefined, 200, 300, 400]]]]],
  ['rowsToFields', {}, [table('A', { host: ['a', 'b'], cpu: [1, 2] })], [[['a', [1]], ['b', [2]]]]],
  ['transpose', {}, [table('A', { host: ['a', 'b'], cpu: [1, 2], mem: [3, 4] })], [[['Field', ['cpu', 'mem']], ['Value', [1, 3]], ['Value', [2, 4]]]]],
];

describe('transformFrames', () => {
  it.each(TABLE)('%s %j', (id, options, frames, expected) => {
    expect(run(frames, id, options).map(content)).toEqual(expected);
  });

  it('tests every transformation', () => {
    const tested = new Set([...TABLE.map(([id]) => id), 'filterByValue', 'filterFrames', 'heatmap', 'configFromData', 'timeSeriesTable', 'regression']);
    expect(Object.keys(TRANSFORMERS).filter((id) => !tested.has(id))).toEqual([]);
  });

  it.each<[{ id: string; options: unknown }, (number | null)[]]>([
    [{ id: 'greater', options: { value: 15 } }, [20, 30]],
    [{ id: 'greaterOrEqual', options: { value: '20' } }, [20, 30]],
    [{ id: 'lower', options: { value: 20 } }, [10]],
    [{ id: 'lowerOrEqual', options: { value: 20 } }, [10, 20]],
    [{ id: 'between', options: { from: 10, to: 30 } }, [20]],
    [{ id: 'equal', options: { value: '20' } }, [20]],
    [{ id: 'notEqual', options: { value: 20 } }, [10, 30, null]],
    [{ id: 'isNull', options: {} }, [null]],
    [{ id: 'isNotNull', options: {} }, [10, 20, 30]],
    [{ id: 'regex', options: { value: '^[12]' } }, [10, 20]],
    [{ id: 'substring', options: { value: '3' } }, [30]],
    [{ id: 'notSubstring', options: { value: '3' } }, [10, 20, null]],
  ])('filterByValue %j', (config, values) => {
    const frame = table('A', { v: [10, 20, 30, null] });
    const filters = [{ fieldName: 'v', config }];
    expect(content(run([frame], 'filterByValue', { filters, type: 'include', match: 'any' })[0])).toEqual([['v', values]]);
    expect(content(run([frame], 'filterByValue', { filters, type: 'exclude', match: 'all' })[0])).toEqual([['v', [10, 20, 30, null].filter((value) => !values.includes(value))]]);
  });

  it('takes only the frames of its filter, and none of another topic', () => {
    const limited = transformFrames([CPU, MEMORY], [{ id: 'limit', options: { limitField: 1 }, disabled: false, filter: { id: 'byRefId', options: 'B' } }], {});
    expect(limited.map(content)).toEqual([[['Time', [2]], ['memory', [200]]], [['Time', [1, 2, 3]], ['cpu', [10, 20, 30]]]]);
    expect(transformFrames([CPU], [{ id: 'limit', options: { limitField: 1 }, disabled: false, topic: 'annotations' }], {})).toEqual([CPU]);
    expect(transformFrames([CPU], [{ id: 'limit', options: { limitField: 1 }, disabled: true }], {})).toEqual([CPU]);
  });

  it.each([
    ['warpDrive', {}, 'The transformation "warpDrive" is not supported.'],
    ['spatial', {}, 'no maps'],
    ['constructor', {}, '"constructor" is not supported'],
    ['reduce', { reducers: ['nope'] }, 'the calculation "nope" is not known'],
    ['calculateField', { mode: 'binary', binary: { left: 'cpu', operator: '<=>', right: '1' } }, 'the operator "<=>" is not known'],
    ['renameByRegex', { regex: '/(/' }, 'is not a regular expression'],
    ['joinByLabels', { value: 'nope' }, 'no series has the label "nope"'],
    ['filterFrames', { include: { id: 'byMoon' } }, 'the matcher "byMoon" is not known'],
  ])('%s %j leaves the data and says why', (id, options, text) => {
    const [frame] = run([CPU], id, options);
    expect(content(frame)).toEqual(content(CPU));
    expect(frame?.meta?.notices?.[0]?.text).toContain(text);
  });

  it('uses names that earlier transformations gave', () => {
    const configs = [
      { id: 'renameByRegex', options: { regex: 'cpu', renamePattern: 'load' }, disabled: false },
      { id: 'filterFieldsByName', options: { include: { names: ['load'] } }, disabled: false },
      { id: 'organize', options: { renameByName: { load: 'Load' } }, disabled: false },
    ];
    expect(transformFrames([CPU], configs, {}).map(content)).toEqual([[['Load', [10, 20, 30]]]]);
  });

  it('replaces variables in names', () => {
    const scope = createScope([{ name: 'field', type: 'custom', many: false, value: 'host', text: 'host' }]);
    const configs = [{ id: 'filterFieldsByName', options: { byVariable: true, include: { variable: '$field' } }, disabled: false }];
    expect(transformFrames([HOSTS], configs, { scope }).map(content)).toEqual([[['host', ['a', 'b', 'a', 'c']]]]);
  });

  it('takes units, bounds, thresholds and mappings from another query', () => {
    const settings = table('config', { unit: ['bytes'], max: [50], Threshold: [20], text: ['low'], value: [10] });
    const mappings = [
      { fieldName: 'Threshold', handlerKey: 'threshold1', handlerArguments: { threshold: { color: 'orange' } } },
      { fieldName: 'text', handlerKey: 'mappings.text' },
      { fieldName: 'value', handlerKey: 'mappings.value' },
    ];
    const [frame, ...rest] = showFrames(run([CPU, settings], 'configFromData', { configRefId: 'config', mappings }), { defaults: {}, overrides: [] }, { dark: true });
    expect(rest).toEqual([]);
    expect(frame?.fields[1]?.config).toMatchObject({ unit: 'bytes', max: 50, thresholds: { steps: [{ value: -Infinity }, { value: 20, color: 'orange' }] } });
    expect(frame?.fields[1]?.display(10).text).toBe('low');
  });

  it('makes a row of each series, with the series in a cell', () => {
    const [result] = run([CPU, series('A', 'cpu', [1], [5], { host: 'z' })], 'timeSeriesTable', { A: { stat: 'max' } });
    expect(content(result).slice(0, 2)).toEqual([['host', ['a', 'z']], ['job', ['x', undefined]]]);
    expect(result?.fields[2]?.name).toBe('Trend #A');
    expect(result?.fields[2]?.values.map((value) => (value as { value: unknown }).value)).toEqual([30, 5]);
  });

  it('finds the line and the parabola of least squares', () => {
    const line = run([table('A', { time: [1e12, 1e12 + 1000, 1e12 + 2000], v: [1, 3, 5] })], 'regression', { xFieldName: 'time', yFieldName: 'v', predictionCount: 2 })[1];
    expect(line?.name).toBe('linear regression');
    expect((line?.fields[1]?.values as number[]).map((value) => Math.round(value * 1e6) / 1e6)).toEqual([1, 5]);
    const parabola = run([table('A', { x: [0, 1, 2, 3], y: [0, 1, 4, 9] })], 'regression', { xFieldName: 'x', yFieldName: 'y', modelType: 'polynomial', predictionCount: 3 })[1];
    expect((parabola?.fields[1]?.values as number[]).map((value) => value.toFixed(6).replace('-0.0', '0.0'))).toEqual(['0.000000', '1.000000', '9.000000']);
  });

  it('counts values in cells of time and value', () => {
    const [result] = run([table('A', { time: [0, 30_000, 60_000], v: [1, 12, 11] })], 'heatmap', { xBuckets: { mode: 'size', value: '1m' }, yBuckets: { mode: 'size', value: '10' } });
    expect(content(result)).toEqual([
      ['xMin', [0, 0, 60_000, 60_000]],
      ['xMax', [60_000, 60_000, 120_000, 120_000]],
      ['yMin', [0, 10, 0, 10]],
      ['yMax', [10, 20, 10, 20]],
      ['count', [1, 1, 0, 1]],
    ]);
  });

  it('chooses buckets that people like', () => {
    const values = Array.from({ length: 100 }, (_, i) => i / 10);
    const [result] = run([table('A', { v: values })], 'histogram', {});
    expect(content(result)[0]?.[1].slice(0, 3)).toEqual([0, 0.4, 0.8]);
    expect((content(result)[2]?.[1] as number[]).reduce((sum, count) => sum + count, 0)).toBe(100);
  });

  it('refuses a join that would make too many rows', () => {
    const many = Array.from({ length: 1000 }, () => 'same');
    const [frame] = run([table('A', { k: many, x: many }), table('B', { k: many, y: many })], 'joinByField', { byField: 'k', mode: 'inner' });
    expect(frame?.meta?.notices?.[0]?.text).toContain('more than 500,000 rows');
  });

  it('is fast enough for 100 series of 1,000 points', () => {
    const frames = Array.from({ length: 100 }, (_, s) => series('A', `s${s}`, Array.from({ length: 1000 }, (_, i) => i + (s % 7)), Array.from({ length: 1000 }, (_, i) => i * s)));
    const started = performance.now();
    run(frames, 'joinByField', { byField: 'Time' });
    expect(performance.now() - started).toBeLessThan(400);
  });
});

describe('keyValues', () => {
  it.each([
    ['level=info msg="it is: fine" code=200', { level: 'info', msg: 'it is: fine', code: '200' }],
    ['{a="b", c=\'d e\'}', { a: 'b', c: 'd e' }],
    ['alone', { alone: '' }],
    ['a= b', { a: 'b' }],
    ['', {}],
  ])('%s', (text, expected) => {
    expect(keyValues(text)).toEqual(expected);
  });
});
