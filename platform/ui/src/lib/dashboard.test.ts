import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { normaliseDashboard } from './dashboard';
import { ALL, interpolatedValue, selectValues, variableOf } from './dashboardVariable';
import { mapValue } from './panelField';

const onlyPanel = (panel: unknown) => {
  const [row] = normaliseDashboard({ title: 'x', panels: [panel] }).rows;
  const [found] = row?.panels ?? [];
  if (!found) throw new Error('the dashboard has no panel');
  return found;
};

describe('normaliseDashboard', () => {
  it('reads the wrapper of the API and gives places to panels without one', () => {
    const dashboard = normaliseDashboard({
      dashboard: { title: 'API Golden Signals', panels: [{ title: 'Request Rate', type: 'graph', targets: [{ expr: 'up', legendFormat: '{{job}}' }] }, { title: 'Error Rate', type: 'stat' }, { type: 'table' }] },
    });
    expect(dashboard.title).toBe('API Golden Signals');
    const panels = dashboard.rows[0]?.panels ?? [];
    expect(panels.map((panel) => panel.kind)).toEqual(['timeseries', 'stat', 'table']);
    expect(panels.map((panel) => panel.position)).toEqual([
      { x: 0, y: 0, w: 12, h: 8 },
      { x: 12, y: 0, w: 12, h: 8 },
      { x: 0, y: 8, w: 12, h: 8 },
    ]);
    expect(panels[0]?.targets).toMatchObject([{ refId: 'A', expr: 'up', legendFormat: '{{job}}', dataSource: 'prometheus', instant: false }]);
  });

  it('puts panels under the rows before them, and those of a collapsed row inside it', () => {
    const { rows } = normaliseDashboard({
      panels: [
        { type: 'stat', title: 'first' },
        { type: 'row', title: 'Open', gridPos: { x: 0, y: 8, w: 24, h: 1 } },
        { type: 'stat', title: 'second', gridPos: { x: 0, y: 9, w: 6, h: 4 } },
        { type: 'row', title: 'Closed', collapsed: true, panels: [{ type: 'stat', title: 'third', gridPos: { x: 3, y: 30, w: 6, h: 4 } }] },
      ],
    });
    expect(rows.map((row) => [row.title, row.collapsed, row.panels.map((panel) => panel.title)])).toEqual([
      [undefined, false, ['first']],
      ['Open', false, ['second']],
      ['Closed', true, ['third']],
    ]);
    expect(rows[2]?.panels[0]?.position).toEqual({ x: 3, y: 0, w: 6, h: 4 });
  });

  it('reads the rows of schema 14', () => {
    const { rows } = normaliseDashboard({
      rows: [{ title: 'Row', height: '250px', collapse: true, panels: [{ type: 'graph', span: 6 }, { type: 'singlestat', span: 6, valueName: 'current', format: 'percent', thresholds: '50,80', colors: ['green', 'orange', 'red'] }] }],
    });
    expect(rows[0]?.collapsed).toBe(true);
    expect(rows[0]?.panels.map((panel) => panel.position)).toEqual([
      { x: 0, y: 0, w: 12, h: 7 },
      { x: 12, y: 0, w: 12, h: 7 },
    ]);
    const stat = rows[0]?.panels[1];
    expect(stat?.field.unit).toBe('percent');
    expect(stat?.field.thresholds.steps).toEqual([
      { from: -Infinity, color: 'green' },
      { from: 50, color: 'orange' },
      { from: 80, color: 'red' },
    ]);
  });

  it('keeps a type that is not known, to be drawn as a table', () => {
    expect(onlyPanel({ type: 'state-timeline' })).toMatchObject({ kind: 'table', type: 'state-timeline', known: false });
    expect(onlyPanel({ type: 'toString' })).toMatchObject({ kind: 'table', known: false });
  });

  it.each([
    [{ type: 'prometheus', uid: 'x' }, 'prometheus'],
    [{ type: 'loki' }, 'loki'],
    ['Loki', 'loki'],
    ['${DS_PROM}', 'prometheus'],
    [{ uid: '${ds}' }, 'prometheus'],
    [null, 'prometheus'],
    [{ type: 'influxdb' }, 'other'],
  ])('takes the data source %j for %s', (datasource, expected) => {
    expect(onlyPanel({ type: 'timeseries', datasource, targets: [{ expr: 'up' }] }).targets[0]?.dataSource).toBe(expected);
  });

  it('leaves out hidden targets, and asks at once only where the file says so', () => {
    const panel = onlyPanel({ type: 'stat', targets: [{ expr: 'a', hide: true }, { expr: 'b', instant: true }, { expr: 'c', instant: true, range: true }] });
    expect(panel.targets.map((target) => [target.refId, target.expr, target.instant])).toEqual([
      ['B', 'b', true],
      ['C', 'c', false],
    ]);
  });

  it('reads stacking of the old graph and of the new one', () => {
    expect(onlyPanel({ type: 'graph', stack: true }).options.stacking).toBe('normal');
    expect(onlyPanel({ type: 'graph', stack: true, percentage: true }).options.stacking).toBe('percent');
    expect(onlyPanel({ type: 'timeseries', fieldConfig: { defaults: { custom: { stacking: { mode: 'percent' } } } } }).options.stacking).toBe('percent');
  });

  it.each([[null], [[]], ['text'], [{ panels: 'none' }], [{ panels: [null, 3, { type: 7, targets: {} }] }]])('survives %j', (document) => {
    expect(normaliseDashboard(document).title).toBe('Untitled dashboard');
  });
});

describe('value mappings', () => {
  const settings = onlyPanel({
    type: 'stat',
    fieldConfig: {
      defaults: {
        mappings: [
          { type: 'value', options: { '1': { text: 'Up', color: 'green' } } },
          { type: 'range', options: { from: 2, to: 5, result: { text: 'Some' } } },
          { type: 'special', options: { match: 'null', result: { text: 'N/A' } } },
        ],
      },
    },
  }).field;

  it.each([
    [1, 'Up'],
    [3, 'Some'],
    [null, 'N/A'],
    [9, undefined],
  ])('shows %s as %s', (value, text) => {
    expect(mapValue(settings, value)?.text).toBe(text);
  });
});

describe('variables', () => {
  const variable = variableOf({ type: 'custom', name: 'q', query: 'P95 : 0.95, 0.5,a\\,b', includeAll: true, multi: true, current: { value: ['0.5'] } });

  it('reads names, values and escaped commas of a custom variable', () => {
    expect(variable.source).toEqual({ kind: 'options', options: ['0.95', '0.5', 'a,b'] });
  });

  it.each([
    [undefined, ['0.5']],
    [['0.95'], ['0.95']],
    [['gone'], ['0.5']],
    [[ALL], [ALL]],
  ])('selects for %j', (wanted, expected) => {
    expect(selectValues(variable, ['0.95', '0.5'], wanted)).toEqual(expected);
  });

  it('gives all options for All, or what the file says for it', () => {
    expect(interpolatedValue(variable, [ALL], ['a', 'b'])).toEqual(['a', 'b']);
    expect(interpolatedValue({ ...variable, allValue: '.*' }, [ALL], ['a', 'b'])).toBe('.*');
  });
});

const shared = join(process.env['GHOSTWORKS_SHARED'] ?? '../../../shared', 'conformance/dashboards');
if (!existsSync(shared) && process.env['CI'] === 'true') {
  throw new Error(`published dashboards are missing: ${shared}`);
}
if (!existsSync(shared)) {
  it.skip(`published dashboards are read: there is no folder ${shared}`, () => undefined);
}
describe.runIf(existsSync(shared))('published dashboards', () => {
  it.each(existsSync(shared) ? readdirSync(shared).filter((name) => name.endsWith('.json')) : ['none'])('reads %s whole', (name) => {
    const dashboard = normaliseDashboard(JSON.parse(readFileSync(join(shared, name), 'utf8')));
    const panels = dashboard.rows.flatMap((row) => row.panels);
    expect(panels.length).toBeGreaterThan(10);
    expect(panels.filter((panel) => !panel.known).map((panel) => panel.type).filter((type) => type !== 'state-timeline')).toEqual([]);
    expect(panels.every((panel) => panel.targets.every((target) => target.expr !== ''))).toBe(true);
  });
});
