import { describe, expect, it } from 'vitest';
import type { PanelModel } from '../dashboard/model';
import { readPanel } from '../dashboard/readPanel';
import { createScope } from '../template/createScope';
import { panelTime } from './panelTime';
import { prepareTargets, type PrepareContext } from './prepare';

const HOUR = 3_600_000;
const NOW = Date.UTC(2026, 0, 31, 12);
const scope = createScope([
  { name: 'job', type: 'query', many: true, value: ['a', 'b.c'], text: 'a + b.c' },
  { name: 'ds', type: 'datasource', many: false, value: 'loki', text: 'Loki' },
]);

function context(panels: readonly PanelModel[] = []): PrepareContext {
  return {
    scope,
    range: { from: 'now-1h', to: 'now' },
    absolute: { fromMs: NOW - HOUR, toMs: NOW },
    nowMs: NOW,
    widthPoints: 800,
    utcOffsetMs: 0,
    findPanel: (id) => panels.find((panel) => panel.id === id),
    withFilters: (expr) => expr,
  };
}

const panel = (json: object) => readPanel({ id: 1, type: 'timeseries', ...json });
const prepare = (json: object, panels: readonly PanelModel[] = []) => prepareTargets(panel(json), context(panels));

describe('prepareTargets', () => {
  it('fills in variables and chooses the step', () => {
    const [target] = prepare({ targets: [{ refId: 'A', expr: 'rate(x{job=~"$job"}[$__rate_interval]) * $__interval_ms', legendFormat: '$job {{a}}', exemplar: true }] });
    expect(target).toMatchObject({ kind: 'prometheus', expr: 'rate(x{job=~"(a|b\\\\.c)"}[1m]) * 15000', stepMs: 15_000, ask: { range: true, instant: false, exemplars: true }, format: 'time_series' });
  });
  it('knows instant queries and formats', () => {
    expect(prepare({ targets: [{ expr: 'up', instant: true, format: 'table' }] })[0]).toMatchObject({ ask: { range: false, instant: true, exemplars: false }, format: 'table' });
    expect(prepare({ targets: [{ expr: 'up', instant: true, range: true }] })[0]).toMatchObject({ ask: { range: true, instant: true } });
    expect(prepare({ targets: [{ expr: ' ' }] })).toEqual([]);
  });
  it('asks hidden queries only for expressions', () => {
    const targets = [
      { refId: 'A', hide: true, expr: 'up' },
      { refId: 'B', hide: true, expr: 'down' },
      { refId: 'C', datasource: { uid: '__expr__' }, type: 'math', expression: '$A * 2' },
    ];
    expect(prepare({ targets }).map((target) => [target.refId, target.kind, target.hidden])).toEqual([
      ['A', 'prometheus', true],
      ['C', 'expression', false],
    ]);
  });
  it('reads sources of targets, panels and variables', () => {
    const mixed = { datasource: { uid: '-- Mixed --' }, targets: [{ refId: 'A', datasource: { type: 'loki', uid: 'x' }, expr: '{a="b"}' }, { refId: 'B', datasource: { type: 'tempo', uid: 'y' }, query: '{}' }, { refId: 'C', datasource: { type: 'mysql' } }] };
    expect(prepare(mixed).map((target) => target.kind)).toEqual(['loki', 'tempo', 'refused']);
    expect(prepare({ datasource: '$ds', targets: [{ expr: '{a="b"} | json' }] })[0]).toMatchObject({ kind: 'loki', limit: 1000, direction: 'backward', instant: false });
  });
  it('reads log queries', () => {
    const loki = (json: object) => prepare({ datasource: { type: 'loki' }, targets: [json] })[0];
    expect(loki({ expr: 'sum(rate({a="b"}[$__auto]))', queryType: 'instant' })).toMatchObject({ instant: true, expr: 'sum(rate({a="b"}[3600s]))' });
    expect(loki({ expr: 'sum(rate({a="b"}[$__interval]))', step: '1m', resolution: 2 })).toMatchObject({ instant: false, stepMs: 120_000, expr: 'sum(rate({a="b"}[5s]))' });
    expect(loki({ expr: '{a="b"}', queryType: 'instant', maxLines: '50000', direction: 'forward' })).toMatchObject({ instant: false, limit: 5000, direction: 'forward' });
  });
  it('reads trace queries', () => {
    const tempo = (json: object) => prepare({ datasource: { type: 'tempo' }, targets: [json] })[0];
    expect(tempo({ query: 'abcdef0123456789' })).toMatchObject({ action: 'trace', query: 'abcdef0123456789' });
    expect(tempo({ query: '{} | rate()' })).toMatchObject({ action: 'metrics', stepMs: 5000 });
    expect(tempo({ query: '{} | rate()', metricsQueryType: 'instant' })).toMatchObject({ action: 'metrics', stepMs: undefined });
    expect(tempo({ queryType: 'serviceMap' })).toMatchObject({ action: 'serviceMap' });
    expect(tempo({ query: '{ .a = "b" }', tableType: 'spans', limit: 5000 })).toMatchObject({ action: 'spans', limit: 1000 });
    const filters = [
      { tag: 'service.name', scope: 'resource', operator: '=', value: ['web'], valueType: 'string' },
      { tag: 'duration', operator: '>', value: '10ms', valueType: 'duration' },
      { tag: 'name', operator: '=~', value: ['a', 'b'] },
      { tag: 'x', scope: 'span', value: [] },
    ];
    expect(tempo({ queryType: 'traceqlSearch', filters })).toMatchObject({ action: 'search', query: '{resource.service.name="web" && duration>10ms && name=~"a|b"}' });
    expect(tempo({ queryType: 'nativeSearch', serviceName: 'web', search: 'http.method=GET', minDuration: '1s' })).toMatchObject({ query: '{resource.service.name="web" && .http.method="GET" && traceDuration>=1s}' });
    expect(tempo({ queryType: 'upload' })).toMatchObject({ kind: 'refused' });
  });
  it('takes the data of another panel', () => {
    const source = readPanel({ id: 7, targets: [{ refId: 'A', expr: 'up' }], transformations: [{ id: 'merge', options: {} }] });
    const json = { datasource: { type: 'datasource', uid: '-- Dashboard --' }, targets: [{ refId: 'A', panelId: 7, withTransforms: true }] };
    expect(prepare(json, [source])[0]).toMatchObject({ kind: 'panel', targets: [{ kind: 'prometheus', expr: 'up' }], transformations: [{ id: 'merge' }] });
    expect(prepare(json)[0]).toMatchObject({ kind: 'refused' });
    const circle = readPanel({ ...json, id: 7 });
    expect(JSON.stringify(prepare(json, [circle]))).toContain('more than 3 deep');
  });
});

describe('panelTime', () => {
  const time = (json: object, from = 'now-6h') => panelTime(panel(json), { from, to: 'now' }, { fromMs: NOW - 6 * HOUR, toMs: NOW }, NOW, scope);
  it.each([
    [{}, 6, 0, undefined],
    [{ timeFrom: '1h' }, 1, 0, 'Last 1h'],
    [{ timeFrom: 'now-1h' }, 1, 0, 'Last 1h'],
    [{ timeShift: '2h' }, 8, 2, '2h earlier'],
    [{ timeFrom: '1h', timeShift: '1h' }, 2, 1, 'Last 1h, 1h earlier'],
    [{ timeFrom: '1h', hideTimeOverride: true }, 1, 0, undefined],
    [{ timeFrom: 'nonsense' }, 6, 0, undefined],
  ])('%j', (json, fromHours, toHours, note) => {
    expect(time(json)).toEqual({ range: { fromMs: NOW - fromHours * HOUR, toMs: NOW - toHours * HOUR }, note });
  });
  it('leaves fixed ranges alone', () => {
    expect(time({ timeFrom: '1h' }, '1700000000000').note).toBeUndefined();
  });
});
