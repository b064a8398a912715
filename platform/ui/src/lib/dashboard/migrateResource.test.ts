import { describe, expect, it } from 'vitest';
import { migrateDashboard } from './migrate';
import { readDashboard } from './read';

const reference = (name: string) => ({ kind: 'ElementReference', name });
const panel = (id: number, title: string, more: object = {}) => ({
  kind: 'Panel',
  spec: {
    id,
    title,
    description: '',
    links: [],
    data: {
      kind: 'QueryGroup',
      spec: {
        queries: [{ kind: 'PanelQuery', spec: { refId: 'A', hidden: false, query: { kind: 'DataQuery', group: 'prometheus', version: 'v0', datasource: { name: 'prom' }, spec: { expr: `metric_${id}` } } } }],
        transformations: [{ kind: 'organize', spec: { id: 'organize', options: { indexByName: {} }, disabled: true } }],
        queryOptions: { interval: '30s', timeFrom: '2h' },
      },
    },
    vizConfig: { kind: 'VizConfig', group: 'timeseries', version: '12.0.0', spec: { options: { legend: { showLegend: true } }, fieldConfig: { defaults: { unit: 's' }, overrides: [] } } },
    ...more,
  },
});

const resource = {
  apiVersion: 'dashboard.grafana.app/v2beta1',
  kind: 'Dashboard',
  metadata: { name: 'my-uid' },
  spec: {
    title: 'Second form',
    tags: ['a'],
    cursorSync: 'Crosshair',
    editable: true,
    links: [],
    timeSettings: { from: 'now-2h', to: 'now', timezone: 'utc', autoRefresh: '30s', autoRefreshIntervals: ['5s', '30s'], hideTimepicker: true, fiscalYearStartMonth: 3, weekStart: 'monday' },
    annotations: [{ kind: 'AnnotationQuery', spec: { name: 'Deploys', enable: true, hide: false, iconColor: 'red', query: { kind: 'DataQuery', group: 'prometheus', version: 'v0', datasource: { name: 'prom' }, spec: { expr: 'deploys' } } } }],
    variables: [
      { kind: 'QueryVariable', spec: { name: 'job', label: 'Job', hide: 'hideLabel', refresh: 'onTimeRangeChanged', sort: 'numericalDesc', multi: true, includeAll: true, regex: '/x/', current: { text: ['a'], value: ['a'] }, query: { kind: 'DataQuery', group: 'prometheus', version: 'v0', datasource: { name: 'prom' }, spec: { __legacyStringValue: 'label_values(job)' } } } },
      { kind: 'DatasourceVariable', spec: { name: 'ds', pluginId: 'prometheus', hide: 'dontHide', refresh: 'onDashboardLoad', current: {} } },
      { kind: 'AdhocVariable', group: 'loki', datasource: { name: 'logs' }, spec: { name: 'filters', hide: 'dontHide', filters: [{ key: 'a', operator: '=', value: 'b' }], baseFilters: [] } },
      { kind: 'SwitchVariable', spec: { name: 'sw', current: 'on', enabledValue: 'on', disabledValue: 'off' } },
    ],
    elements: {
      'panel-1': panel(1, 'One'),
      'panel-2': panel(2, 'Two', { transparent: true }),
      'panel-3': { kind: 'LibraryPanel', spec: { id: 3, title: 'Lib', libraryPanel: { uid: 'lib', name: 'Lib' } } },
    },
    layout: {
      kind: 'GridLayout',
      spec: {
        items: [
          { kind: 'GridLayoutItem', spec: { x: 0, y: 0, width: 6, height: 4, element: reference('panel-1'), repeat: { mode: 'variable', value: 'job', direction: 'h', maxPerRow: 3 } } },
          { kind: 'GridLayoutItem', spec: { x: 6, y: 0, width: 6, height: 4, element: reference('panel-2') } },
          { kind: 'GridLayoutItem', spec: { x: 12, y: 0, width: 6, height: 4, element: reference('gone') } },
        ],
      },
    },
  },
};

describe('the second form', () => {
  it('becomes a classic dashboard with all its settings', () => {
    expect(migrateDashboard(resource)).toMatchObject({
      uid: 'my-uid',
      title: 'Second form',
      schemaVersion: 42,
      graphTooltip: 1,
      time: { from: 'now-2h', to: 'now' },
      timezone: 'utc',
      refresh: '30s',
      weekStart: 'monday',
      fiscalYearStartMonth: 3,
      timepicker: { hidden: true, refresh_intervals: ['5s', '30s'] },
      annotations: { list: [{ builtIn: 1 }, { name: 'Deploys', iconColor: 'red', datasource: { type: 'prometheus', uid: 'prom' }, expr: 'deploys' }] },
      panels: [
        {
          id: 1,
          title: 'One',
          type: 'timeseries',
          gridPos: { x: 0, y: 0, w: 6, h: 4 },
          repeat: 'job',
          repeatDirection: 'h',
          maxPerRow: 3,
          interval: '30s',
          timeFrom: '2h',
          datasource: { type: 'prometheus', uid: 'prom' },
          targets: [{ refId: 'A', expr: 'metric_1', datasource: { type: 'prometheus', uid: 'prom' } }],
          transformations: [{ id: 'organize', disabled: true, options: { indexByName: {} } }],
          fieldConfig: { defaults: { unit: 's' }, overrides: [] },
        },
        { id: 2, transparent: true },
      ],
    });
  });

  it('has variables of every kind', () => {
    expect(readDashboard(resource).variables).toMatchObject([
      { name: 'job', type: 'query', hide: 'label', refresh: 'range', sort: 4, multi: true, includeAll: true, regex: '/x/', datasource: { type: 'prometheus', uid: 'prom' }, json: { query: 'label_values(job)' } },
      { name: 'ds', type: 'datasource', json: { query: 'prometheus' } },
      { name: 'filters', type: 'adhoc', datasource: { type: 'loki', uid: 'logs' } },
      { name: 'sw', type: 'switch', current: [{ value: 'on', text: 'on' }] },
    ]);
  });

  it('reads the first version of the form, whose kinds are the types', () => {
    const old = structuredClone(resource);
    const [element] = [old.spec.elements['panel-1'].spec as Record<string, unknown>];
    element['vizConfig'] = { kind: 'stat', spec: { pluginVersion: '11.0.0', options: {}, fieldConfig: { defaults: {}, overrides: [] } } };
    element['data'] = { kind: 'QueryGroup', spec: { queries: [{ kind: 'PanelQuery', spec: { refId: 'A', hidden: true, datasource: { type: 'loki', uid: 'l' }, query: { kind: 'loki', spec: { expr: '{a="b"}' } } } }], transformations: [], queryOptions: {} } };
    expect(readDashboard({ ...old, apiVersion: 'dashboard.grafana.app/v2alpha1' }).rows[0]?.panels[0]).toMatchObject({ type: 'stat', targets: [{ refId: 'A', hide: true, datasource: { type: 'loki', uid: 'l' } }] });
  });

  it.each<[string, object, [string | undefined, boolean, string][]]>([
    [
      'rows',
      {
        kind: 'RowsLayout',
        spec: {
          rows: [
            { kind: 'RowsLayoutRow', spec: { title: 'Open $job', collapse: false, repeat: { mode: 'variable', value: 'job' }, layout: resource.spec.layout } },
            { kind: 'RowsLayoutRow', spec: { title: 'Closed', collapse: true, layout: { kind: 'GridLayout', spec: { items: [{ kind: 'GridLayoutItem', spec: { x: 0, y: 0, width: 24, height: 3, element: reference('panel-3') } }] } } } },
          ],
        },
      },
      [['Open $job', false, '1@0,0 6×4 2@6,0 6×4'], ['Closed', true, '3@0,0 24×3']],
    ],
    [
      'an automatic grid',
      { kind: 'AutoGridLayout', spec: { maxColumnCount: 2, columnWidthMode: 'standard', rowHeightMode: 'standard', items: ['panel-1', 'panel-2', 'panel-3'].map((name) => ({ kind: 'AutoGridLayoutItem', spec: { element: reference(name) } })) } },
      [[undefined, false, '1@0,0 12×8 2@12,0 12×8 3@0,8 12×8']],
    ],
    [
      'tabs with rows',
      {
        kind: 'TabsLayout',
        spec: {
          tabs: [
            { kind: 'TabsLayoutTab', spec: { title: 'First', layout: { kind: 'RowsLayout', spec: { rows: [{ kind: 'RowsLayoutRow', spec: { title: 'Inner', layout: resource.spec.layout } }] } } } },
            { kind: 'TabsLayoutTab', spec: { title: 'Empty', layout: { kind: 'GridLayout', spec: { items: [] } } } },
          ],
        },
      },
      [['First / Inner', false, '1@0,0 6×4 2@6,0 6×4'], ['Empty', false, '']],
    ],
  ])('lays out %s', (_what, layout, expected) => {
    const dashboard = readDashboard({ ...resource, spec: { ...resource.spec, layout } });
    const shape = dashboard.rows.map((row) => [row.title, row.collapsed, row.panels.map(({ id, gridPos: { x, y, w, h } }) => `${id}@${x},${y} ${w}×${h}`).join(' ')]);
    expect(shape).toEqual(expected);
  });

  it('survives layouts without end', () => {
    let layout: object = { kind: 'GridLayout', spec: {} };
    for (let i = 0; i < 100; i++) layout = { kind: 'RowsLayout', spec: { rows: [{ kind: 'RowsLayoutRow', spec: { title: 'x', layout } }] } };
    expect(readDashboard({ ...resource, spec: { ...resource.spec, layout } }).title).toBe('Second form');
  });
});

describe('what stands around a dashboard', () => {
  it('is taken away', () => {
    const dashboard = { title: 'x', uid: 'u', panels: [] };
    for (const document of [
      { dashboard, meta: {} },
      { apiVersion: 'dashboard.grafana.app/v1beta1', kind: 'Dashboard', metadata: { name: 'u' }, spec: { title: 'x', panels: [] } },
      JSON.stringify(dashboard),
      `\uFEFF${JSON.stringify({ dashboard })}`,
    ]) {
      expect(migrateDashboard(document)).toMatchObject({ title: 'x', uid: 'u' });
    }
  });

  it('fills in what an export for sharing asks for, and its library panels', () => {
    const json = migrateDashboard({
      schemaVersion: 41,
      __inputs: [{ name: 'DS_PROM', type: 'datasource', pluginId: 'prometheus' }, { name: 'VAR_PREFIX', type: 'constant', value: 'app_' }],
      __elements: { lib: { uid: 'lib', name: 'Lib', kind: 1, model: { type: 'gauge', title: 'From the library', targets: [{ expr: '${VAR_PREFIX}up', refId: 'A', datasource: { uid: '${DS_PROM}' } }] } } },
      templating: { list: [{ type: 'constant', name: 'prefix', query: '${VAR_PREFIX}' }] },
      panels: [{ id: 7, libraryPanel: { uid: 'lib', name: 'Lib' }, gridPos: { x: 0, y: 0, w: 4, h: 4 } }, { id: 8, type: 'stat', datasource: '${DS_PROM}' }],
    });
    expect(json).toMatchObject({
      templating: { list: [{ query: 'app_' }] },
      panels: [
        { id: 7, type: 'gauge', title: 'From the library', libraryPanel: { uid: 'lib' }, gridPos: { w: 4 }, targets: [{ expr: 'app_up', datasource: { type: 'prometheus', uid: '${DS_PROM}' } }] },
        { id: 8, datasource: { type: 'prometheus', uid: '${DS_PROM}' } },
      ],
      __inputs: [{ name: 'DS_PROM' }, {}],
    });
  });
});
