import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { array, object } from '../json';
import { migrateDashboard } from './migrate';
import { panelsOf } from './migrate/mutable';
import { readDashboard } from './read';

const panels = (document: unknown) => panelsOf({ ...migrateDashboard(document) });
const firstPanel = (panel: unknown, more: object = {}) => {
  const [found] = panels({ title: 'x', panels: [panel], ...more });
  if (found === undefined) throw new Error('the dashboard has no panel');
  return found;
};

describe('documents with most of it missing', () => {
  it('reads the wrapper of the API, gives places, ids and letters, and draws lines as the old graph did', () => {
    const found = panels({ dashboard: { title: 'API', panels: [{ title: 'Rate', type: 'graph', targets: [{ expr: 'up' }, { expr: 'down' }] }, { type: 'stat' }, { type: 'table' }] } });
    expect(found.map(({ id, type, gridPos }) => ({ id, type, gridPos }))).toEqual([
      { id: 1, type: 'timeseries', gridPos: { x: 0, y: 0, w: 12, h: 8 } },
      { id: 2, type: 'stat', gridPos: { x: 12, y: 0, w: 12, h: 8 } },
      { id: 3, type: 'table', gridPos: { x: 0, y: 8, w: 12, h: 8 } },
    ]);
    expect(found[0]).toMatchObject({ targets: [{ refId: 'A' }, { refId: 'B' }], fieldConfig: { defaults: { custom: { drawStyle: 'line', fillOpacity: 10 } } } });
  });

  it.each([[null], [[]], ['text'], [7], [{ panels: 'none' }], [{ panels: [null, 3, { type: 7, targets: {} }] }], [{ rows: [null, { panels: [{ type: 'graph', yaxes: 'x', seriesOverrides: [3] }] }] }]])('survives %j', (document) => {
    const dashboard = readDashboard(document);
    expect(dashboard.title).toBe('Untitled dashboard');
    expect(dashboard.json['schemaVersion']).toBe(42);
  });

  it('never changes the document', () => {
    const document = { panels: [{ type: 'graph', thresholds: [{ value: 2, op: 'gt' }, { value: 1, op: 'gt' }] }], templating: { list: [{ type: 'query', name: 'a' }] } };
    const before = JSON.stringify(document);
    migrateDashboard(document);
    expect(JSON.stringify(document)).toBe(before);
  });

  it('gives a new id to the second panel that has one', () => {
    expect(panels({ panels: [{ id: 3 }, { id: 3 }, {}] }).map(({ id }) => id)).toEqual([3, 4, 5]);
  });

  it('is settled after the first time', () => {
    const once = migrateDashboard({ rows: [{ title: 'a', showTitle: true, panels: [{ type: 'graph', span: 6, stack: true }, { type: 'singlestat', span: 6, gauge: { show: true } }] }], schemaVersion: 12 });
    expect(migrateDashboard(once)).toEqual(once);
  });
});

describe('rows of schema 15 and before', () => {
  it('places panels by span and height, under headings where one row has any', () => {
    const document = {
      schemaVersion: 14,
      rows: [
        { title: 'First', showTitle: true, height: '250px', panels: [{ id: 1, type: 'graph', span: 6 }, { id: 2, type: 'graph', span: 6 }, { id: 3, type: 'graph', span: 12, height: '100px' }] },
        { title: 'Second', collapse: true, height: 100, repeat: 'job', panels: [{ id: 4, type: 'text', span: 4 }] },
      ],
    };
    const migrated = migrateDashboard(document);
    expect(array(migrated['panels']).map(object).map(({ id, type, gridPos }) => ({ id, type, gridPos }))).toEqual([
      { id: 5, type: 'row', gridPos: { x: 0, y: 0, w: 24, h: 1 } },
      { id: 1, type: 'timeseries', gridPos: { x: 0, y: 1, w: 12, h: 7 } },
      { id: 2, type: 'timeseries', gridPos: { x: 12, y: 1, w: 12, h: 7 } },
      { id: 3, type: 'timeseries', gridPos: { x: 0, y: 8, w: 24, h: 3 } },
      { id: 6, type: 'row', gridPos: { x: 0, y: 15, w: 24, h: 1 } },
    ]);
    expect(readDashboard(document).rows.map((row) => [row.title, row.collapsed, row.repeat, row.panels.map((panel) => [panel.id, panel.gridPos.y])])).toEqual([
      ['First', false, undefined, [[1, 0], [2, 0], [3, 7]]],
      ['Second', true, 'job', [[4, 0]]],
    ]);
  });

  it('gives the places that Grafana gives, also below a collapsed row that takes two lines', () => {
    const rows = [
      { collapse: false, height: 250, panels: [{ id: 1, type: 'graph', span: 6 }, { id: 2, type: 'singlestat', span: 6 }] },
      { collapse: true, height: 300, title: 'Collapsed Row', panels: [{ id: 3, type: 'table', span: 12 }, { id: 4, type: 'graph', span: 6, height: 200 }, { id: 5, type: 'graph', span: 6, height: 200 }] },
      { showTitle: true, title: 'Visible Row Title', height: 200, panels: [{ id: 6, type: 'gauge', span: 4, minSpan: 2 }, { id: 7, type: 'stat', span: 4 }, { id: 8, type: 'bargauge', span: 4 }] },
      { height: 150, panels: [{ id: 9, type: 'text', span: 8 }, { id: 10, type: 'logs', span: 4, height: 100 }] },
      { repeat: 'server', height: 250, panels: [{ id: 11, type: 'graph', span: 12 }] },
      { repeatIteration: true, height: 250, panels: [{ id: 12, type: 'graph', span: 12 }] },
    ];
    const places = panels({ schemaVersion: 15, rows }).map(({ id, gridPos }) => [id, ...(['x', 'y', 'w', 'h'] as const).map((key) => object(gridPos)[key])].join(' '));
    expect(places).toEqual(
      ['13 0 0 24 1', '1 0 1 12 7', '2 12 1 12 7', '14 0 8 24 1', '3 0 9 24 8', '4 0 17 12 6', '5 12 17 12 6', '15 0 17 24 1', '6 0 18 8 6', '7 8 18 8 6', '8 16 18 8 6', '16 0 24 24 1', '9 0 25 16 4', '10 16 25 8 3', '17 0 29 24 1', '11 0 30 24 7'],
    );
  });

  it('stacks panels beside a taller one', () => {
    const rows = [{ height: 300, panels: [{ type: 'graph', span: 8, height: 300 }, { type: 'graph', span: 4, height: 150 }, { type: 'graph', span: 4, height: 150 }] }];
    expect(panels({ schemaVersion: 15, rows }).map(({ gridPos }) => gridPos)).toEqual([
      { x: 0, y: 0, w: 16, h: 8 },
      { x: 16, y: 0, w: 8, h: 4 },
      { x: 16, y: 4, w: 8, h: 4 },
    ]);
  });
});

describe('the old graph', () => {
  it('becomes a time series panel with its axes, overrides, stack and thresholds', () => {
    const panel = firstPanel({
      type: 'graph',
      lines: true,
      fill: 5,
      linewidth: 2,
      stack: true,
      percentage: false,
      nullPointMode: 'connected',
      steppedLine: true,
      aliasColors: { errors: '#E02F44' },
      seriesOverrides: [{ alias: '/in.*/', transform: 'negative-Y', stack: 'B' }, { alias: 'ratio', yaxis: 2, fill: 0, dashes: true }],
      yaxes: [{ format: 'bytes', label: 'sent', min: '0', max: null, show: true, logBase: 10 }, { format: 'percentunit', show: true, max: '1' }],
      xaxis: { show: true, mode: 'time' },
      legend: { show: true, values: true, current: true, avg: true, max: false, alignAsTable: true, rightSide: true },
      tooltip: { shared: true, sort: 2 },
      thresholds: [{ value: 80, op: 'gt', fill: true, line: true, colorMode: 'critical' }, { value: 50, op: 'gt', fill: true, colorMode: 'warning' }],
    });
    expect(panel['type']).toBe('timeseries');
    expect(panel['fieldConfig']).toEqual({
      defaults: {
        unit: 'bytes',
        min: 0,
        nullValueMode: 'connected',
        custom: {
          axisPlacement: 'auto',
          axisLabel: 'sent',
          scaleDistribution: { type: 'log', log: 10 },
          drawStyle: 'line',
          showPoints: 'never',
          lineWidth: 2,
          fillOpacity: 50,
          spanNulls: true,
          lineInterpolation: 'stepAfter',
          stacking: { mode: 'normal', group: 'A' },
          thresholdsStyle: { mode: 'line+area' },
        },
        thresholds: { mode: 'absolute', steps: [{ value: null, color: 'transparent' }, { value: 50, color: 'orange' }, { value: 80, color: 'red' }] },
      },
      overrides: [
        { matcher: { id: 'byName', options: 'errors' }, properties: [{ id: 'color', value: { mode: 'fixed', fixedColor: '#E02F44' } }] },
        {
          matcher: { id: 'byRegexp', options: '/in.*/' },
          properties: [{ id: 'custom.transform', value: 'negative-Y' }, { id: 'custom.stacking', value: { mode: 'normal', group: 'B' } }],
        },
        {
          matcher: { id: 'byName', options: 'ratio' },
          properties: [
            { id: 'unit', value: 'percentunit' },
            { id: 'max', value: 1 },
            { id: 'custom.axisPlacement', value: 'right' },
            { id: 'custom.fillOpacity', value: 0 },
            { id: 'custom.lineStyle', value: { fill: 'dash', dash: [10, 10] } },
          ],
        },
      ],
    });
    expect(panel['options']).toEqual({
      legend: { displayMode: 'table', showLegend: true, placement: 'right', calcs: ['lastNotNull', 'mean'] },
      tooltip: { mode: 'multi', sort: 'desc' },
    });
  });

  it.each([
    [{ bars: true, lines: false }, { drawStyle: 'bars', fillOpacity: 100 }],
    [{ lines: false, points: true, pointradius: 3 }, { drawStyle: 'points', showPoints: 'always', pointSize: 8 }],
    [{ fillGradient: 4 }, { gradientMode: 'opacity', fillOpacity: 40 }],
    [{ stack: true, percentage: true }, { stacking: { mode: 'percent', group: 'A' } }],
    [{ seriesOverrides: [{ alias: 'max', fillBelowTo: 'min' }] }, { fillOpacity: 35 }],
  ])('draws %j as %j', (options, custom) => {
    expect(firstPanel({ type: 'graph', ...options })).toMatchObject({ fieldConfig: { defaults: { custom } } });
  });
});

describe('the old single statistic', () => {
  it('becomes a statistic with its colours, thresholds, mapping and sparkline', () => {
    const panel = firstPanel({
      type: 'singlestat',
      valueName: 'current',
      format: 'percent',
      decimals: 1,
      thresholds: '50,80',
      colors: ['green', 'orange', 'red'],
      colorBackground: true,
      sparkline: { show: true },
      mappingType: 1,
      valueMaps: [{ value: 'null', op: '=', text: 'N/A' }, { value: '1', op: '=', text: 'Up' }],
      tableColumn: '',
    });
    expect(panel).toMatchObject({
      type: 'stat',
      options: { reduceOptions: { calcs: ['lastNotNull'], fields: '', values: false }, graphMode: 'area', colorMode: 'background', textMode: 'auto' },
      fieldConfig: {
        defaults: {
          unit: 'percent',
          decimals: 1,
          thresholds: { mode: 'absolute', steps: [{ color: 'green', value: null }, { color: 'orange', value: 50 }, { color: 'red', value: 80 }] },
          mappings: [{ type: 'value', options: { '1': { text: 'Up' } } }, { type: 'special', options: { match: 'null', result: { text: 'N/A' } } }],
        },
      },
    });
  });

  it('becomes a gauge where it showed one', () => {
    expect(firstPanel({ type: 'singlestat', gauge: { show: true, minValue: 0, maxValue: 10, thresholdMarkers: true }, valueName: 'avg' })).toMatchObject({
      type: 'gauge',
      options: { reduceOptions: { calcs: ['mean'] }, showThresholdMarkers: true },
      fieldConfig: { defaults: { min: 0, max: 10 } },
    });
  });
});

const shared = process.env['GHOSTWORKS_SHARED'] ?? '../../../shared';
for (const folder of ['conformance/dashboards', 'adr']) {
  const path = join(shared, folder);
  const there = existsSync(path);
  if (!there && process.env['CI'] === 'true') {
    throw new Error(`dashboards are missing: ${path}`);
  }
  const names = there ? readdirSync(path).filter((name) => name.endsWith('.json')) : [];
  if (!there) {
    it.skip(`dashboards are migrated: there is no folder ${path}`, () => undefined);
  }
  describe.runIf(there)(`dashboards of ${folder}`, () => {
    it.each(names)('migrates %s whole', (name) => {
      const document: unknown = JSON.parse(readFileSync(join(path, name), 'utf8'));
      const dashboard = readDashboard(document);
      const found = dashboard.rows.flatMap((row) => row.panels);
      expect(found.length).toBeGreaterThan(1);
      const known = ['timeseries', 'stat', 'gauge', 'bargauge', 'state-timeline', 'table', 'text'];
      expect(found.filter((panel) => !known.includes(panel.type)).map((panel) => panel.type)).toEqual([]);
      expect(new Set(found.map((panel) => panel.key)).size).toBe(found.length);
      expect(found.flatMap((panel) => panel.targets).filter((target) => typeof target.json['expr'] !== 'string')).toEqual([]);
      expect(migrateDashboard(dashboard.json)).toEqual(dashboard.json);
    });
  });
}
