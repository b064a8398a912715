import { describe, expect, it } from 'vitest';
import { migrateDashboard } from './migrate';
import { panelsOf } from './migrate/mutable';

/** The one panel of a dashboard of the oldest schema, and the same after being migrated again. */
function migrated(panel: object, more: object = {}) {
  const once = migrateDashboard({ panels: [panel], ...more });
  expect(migrateDashboard(once)).toEqual(once);
  const [found] = panelsOf({ ...once });
  if (found === undefined) throw new Error('no panel');
  return found;
}

describe('statistics and gauges of older versions', () => {
  it('moves the options of 6.0 to the field configuration', () => {
    expect(
      migrated({
        type: 'gauge',
        options: { minValue: 0, maxValue: 50, valueOptions: { unit: 'ms', stat: 'avg', decimals: 2 }, valueMappings: [{ type: 1, value: '1', text: 'one' }], thresholds: [{ index: 1, value: 20, color: 'red' }, { index: 0, value: null, color: 'green' }] },
      }, { schemaVersion: 18 }),
    ).toMatchObject({
      type: 'gauge',
      options: { reduceOptions: { values: false, calcs: ['mean'] } },
      fieldConfig: {
        defaults: { unit: 'ms', decimals: 2, min: 0, max: 50, mappings: [{ type: 'value', options: { '1': { text: 'one' } } }], thresholds: { mode: 'absolute', steps: [{ color: 'green', value: null }, { color: 'red', value: 20 }] } },
      },
    });
  });

  it('moves the options of 6.6, with title and overrides', () => {
    const panel = migrated({
      type: 'stat',
      pluginVersion: '6.6.0',
      options: { fieldOptions: { calcs: ['max'], values: true, limit: 3, defaults: { title: 'Name', unit: 'percent', thresholds: { mode: 'percentage', steps: [{ color: 'red', value: null }] } }, overrides: [{ matcher: { id: 'byName', options: 'x' }, properties: [] }] } },
    }, { schemaVersion: 22 });
    expect(panel).toMatchObject({
      options: { reduceOptions: { calcs: ['max'], values: true, limit: 3 } },
      fieldConfig: { defaults: { displayName: 'Name', unit: 'percent', min: 0, max: 100, thresholds: { mode: 'percentage', steps: [{ color: 'red', value: null }] } }, overrides: [{ matcher: { id: 'byName', options: 'x' } }] },
    });
    expect(panel['options']).not.toHaveProperty('fieldOptions');
  });

  it('leaves those of newer versions', () => {
    const panel = { id: 1, type: 'gauge', pluginVersion: '9.1.0', options: {}, fieldConfig: { defaults: { unit: 'percent' }, overrides: [] }, gridPos: { x: 0, y: 0, w: 4, h: 4 } };
    expect(migrated(panel, { schemaVersion: 42 })).toEqual(panel);
  });
});

describe('the old table', () => {
  const style = (more: object) => ({ unit: 'short', type: 'number', alias: '', decimals: 2, colors: ['red', 'orange', 'green'], colorMode: null, pattern: 'x', thresholds: [], ...more });

  it('gets overrides and defaults from styles and a transformation from its way of making columns', () => {
    const panel = migrated(
      {
        type: 'table',
        transform: 'timeseries_aggregations',
        columns: [{ text: 'Avg', value: 'avg' }, { text: 'Current', value: 'current' }],
        showHeader: true,
        styles: [
          style({ pattern: '/.*/', unit: 'bytes', colorMode: 'value', thresholds: ['10', '20'] }),
          style({ pattern: 'Time', type: 'date', dateFormat: 'YYYY', alias: 'When' }),
          style({ pattern: '/^host/', link: true, linkUrl: '/d/x?var-host=$__cell&var-job=${__cell_2}', linkTooltip: 'Open', linkTargetBlank: true, colorMode: 'row', decimals: 0, thresholds: ['1'] }),
          style({ pattern: 'Value #A', type: 'hidden' }),
        ],
      },
      { schemaVersion: 18 },
    );
    expect(panel['type']).toBe('table');
    expect(panel['transformations']).toEqual([{ id: 'reduce', options: { includeTimeField: false, reducers: ['mean', 'lastNotNull'] } }]);
    expect(panel['fieldConfig']).toEqual({
      defaults: {
        unit: 'bytes',
        decimals: 2,
        thresholds: { mode: 'absolute', steps: [{ color: 'red', value: null }, { color: 'orange', value: 10 }, { color: 'green', value: 20 }] },
        custom: { cellOptions: { type: 'color-text' } },
      },
      overrides: [
        { matcher: { id: 'byName', options: 'Time' }, properties: [{ id: 'displayName', value: 'When' }, { id: 'unit', value: 'time:YYYY' }, { id: 'decimals', value: 2 }] },
        {
          matcher: { id: 'byRegexp', options: '/^host/' },
          properties: [
            { id: 'unit', value: 'short' },
            { id: 'decimals', value: 0 },
            { id: 'links', value: [{ title: 'Open', url: '/d/x?var-host=${__value.text}&var-job=${__data.fields[2]}', targetBlank: true }] },
            { id: 'custom.cellOptions', value: { type: 'color-background', mode: 'basic', applyToRow: true } },
            { id: 'thresholds', value: { mode: 'absolute', steps: [{ color: 'red', value: null }, { color: 'orange', value: 1 }] } },
          ],
        },
        { matcher: { id: 'byName', options: 'Value #A' }, properties: [{ id: 'custom.hidden', value: true }] },
      ],
    });
  });

  it.each([
    ['timeseries_to_rows', 'seriesToRows'],
    ['timeseries_to_columns', 'joinByField'],
    ['table', 'merge'],
  ])('%s becomes %s', (transform, id) => {
    expect(migrated({ type: 'table-old', transform, styles: [] }, { schemaVersion: 36 })['transformations']).toMatchObject([{ id }]);
  });

  it('of Grafana 7 stays, with its cells described anew', () => {
    expect(migrated({ type: 'table', fieldConfig: { defaults: { custom: { displayMode: 'lcd-gauge' } }, overrides: [{ matcher: { id: 'byName', options: 'x' }, properties: [{ id: 'custom.displayMode', value: 'color-background' }] }] } }, { schemaVersion: 27 })).toMatchObject({
      type: 'table',
      fieldConfig: { defaults: { custom: { cellOptions: { type: 'gauge', mode: 'lcd' } } }, overrides: [{ properties: [{ id: 'custom.cellOptions', value: { type: 'color-background', mode: 'gradient' } }] }] },
    });
  });
});

describe('other panels that changed', () => {
  it.each<[object, object]>([
    [{ type: 'graph', xaxis: { mode: 'series', values: ['total'] }, yaxes: [{ format: 'bytes' }] }, { type: 'barchart', transformations: [{ id: 'reduce', options: { reducers: ['sum'] } }, { id: 'transpose' }], fieldConfig: { defaults: { unit: 'bytes' } } }],
    [{ type: 'graph', xaxis: { mode: 'series', values: ['current'] }, legend: { values: true } }, { type: 'bargauge', options: { reduceOptions: { calcs: ['lastNotNull'] } } }],
    [{ type: 'graph', xaxis: { mode: 'histogram', buckets: 20 }, stack: true }, { type: 'histogram', options: { bucketCount: 20, combine: false }, fieldConfig: { defaults: { custom: { stacking: { mode: 'normal' } } } } }],
    [{ type: 'graph', legend: { show: true, hideZero: true, hideEmpty: true } }, { fieldConfig: { overrides: [{ matcher: { id: 'byValue', options: { reducer: 'allIsZero' } } }, { matcher: { options: { reducer: 'allIsNull' } } }] } }],
    [{ type: 'graph', xaxis: { mode: 'time', show: false } }, { type: 'timeseries', fieldConfig: { overrides: [{ matcher: { id: 'byType', options: 'time' } }] } }],
    [
      { type: 'grafana-piechart-panel', pieType: 'donut', legendType: 'Right side', legend: { show: true, values: true, percentage: true }, valueName: 'total', format: 'bytes', aliasColors: { a: 'red' } },
      { type: 'piechart', options: { pieType: 'donut', reduceOptions: { calcs: ['sum'] }, legend: { showLegend: true, placement: 'right', values: ['value', 'percent'] } }, fieldConfig: { defaults: { unit: 'bytes', decimals: 0 }, overrides: [{ matcher: { options: 'a' } }] } },
    ],
    [{ type: 'grafana-piechart-panel', legendType: 'On graph', legend: { percentage: true } }, { options: { legend: { showLegend: false }, displayLabels: ['name', 'percent'] } }],
    [
      { type: 'heatmap', dataFormat: 'tsbuckets', yAxis: { format: 's', show: true }, yBucketBound: 'upper', color: { mode: 'spectrum', colorScheme: 'interpolateGreens', min: 9, max: 1 }, hideZeroBuckets: true, tooltip: { show: true, showHistogram: true } },
      { type: 'heatmap', options: { calculate: false, rowsFrame: { layout: 'ge' }, yAxis: { unit: 's' }, color: { mode: 'scheme', scheme: 'Greens', min: 1, max: 9, reverse: true }, filterValues: { le: 1e-9 }, tooltip: { yHistogram: true } } },
    ],
    [{ type: 'heatmap', dataFormat: 'timeseries', yAxis: { logBase: 2, splitFactor: 4 }, xBucketNumber: 20 }, { options: { calculate: true, calculation: { xBuckets: { mode: 'count', value: '20' }, yBuckets: { scale: { type: 'log', log: 2 }, value: '4' } } } }],
    [{ type: 'text', content: '# Hi', mode: 'markdown' }, { type: 'text', options: { content: '# Hi', mode: 'markdown' } }],
    [{ type: 'text2', options: { content: '<b>x</b>', mode: 'html', angular: {} } }, { type: 'text', options: { content: '<b>x</b>', mode: 'html' } }],
    [{ type: 'text', content: 'plain', mode: 'text' }, { options: { content: 'plain', mode: 'markdown' } }],
    [{ type: 'natel-plotly-panel', strange: { a: 1 } }, { type: 'natel-plotly-panel', strange: { a: 1 } }],
    [{ type: 'timeseries', fieldConfig: { defaults: { custom: { hideFrom: { graph: true, legend: false } } }, overrides: [] } }, { fieldConfig: { defaults: { custom: { hideFrom: { viz: true, legend: false } } } } }],
  ])('%j', (panel, expected) => {
    expect(migrated(panel)).toMatchObject(expected);
  });
});

describe('steps between schema versions', () => {
  it.each<[number, object, object]>([
    [16, { type: 'stat', minSpan: 8 }, { maxPerRow: 3 }],
    [17, { type: 'gauge', 'options-gauge': { unit: 'ms', thresholds: [{ value: 10, color: 'b' }, { value: null, color: 'a' }] } }, { fieldConfig: { defaults: { unit: 'ms', thresholds: { steps: [{ color: 'a', value: null }, { color: 'b', value: 10 }] } } } }],
    [18, { type: 'x', links: [{ title: 'a', dashboard: 'My Board', keepTime: true, includeVars: true, params: 'a=b' }] }, { links: [{ title: 'a', url: 'dashboard/db/my-board?$__url_time_range&$__all_variables&a=b' }] }],
    [19, { type: 'x', options: { dataLinks: [{ url: '/x?${__series_name}&$__series_name&time=${__value_time}' }] } }, { options: { dataLinks: [{ url: '/x?${__series.name}&${__series.name}&time=${__value.time}' }] } }],
    [20, { type: 'x', options: { dataLinks: [{ url: '${__series.labels.a}' }] } }, { options: { dataLinks: [{ url: '${__field.labels.a}' }] } }],
    [29, { type: 'x', fieldConfig: { defaults: { thresholds: { steps: [{ color: 'green', value: null }, { color: 'red', value: 5 }] }, mappings: [{ id: 0, type: 1, value: '1', text: '7' }, { type: 2, from: '2', to: '3', text: 'some' }, { type: 1, value: 'null', text: 'none' }] } } }, { fieldConfig: { defaults: { mappings: [{ type: 'value', options: { '1': { text: '7', color: 'red' } } }, { type: 'range', options: { from: 2, to: 3, result: { text: 'some' } } }, { type: 'special', options: { match: 'null', result: { text: 'none' } } }] } } }],
    [29, { type: 'timeseries', options: { tooltipOptions: { mode: 'multi' } } }, { options: { tooltip: { mode: 'multi' } } }],
    [30, { type: 'x', transformations: [{ id: 'labelsToFields', options: {} }, { id: 'sortBy', options: {} }] }, { transformations: [{ id: 'labelsToFields' }, { id: 'merge' }, { id: 'sortBy' }] }],
    [32, { type: 'x', datasource: 'prom', targets: [{ refId: 'A' }, { refId: 'B', datasource: 'loki' }] }, { datasource: { uid: 'prom' }, targets: [{ datasource: { uid: 'prom' } }, { datasource: { uid: 'loki' } }] }],
    [32, { type: 'x', datasource: '-- Mixed --', targets: [{ refId: 'A' }] }, { datasource: { type: 'datasource', uid: '-- Mixed --' }, targets: [{ refId: 'A' }] }],
    [34, { type: 'timeseries', fieldConfig: { defaults: { custom: { axisPlacement: 'hidden' } }, overrides: [] } }, { fieldConfig: { overrides: [{ matcher: { id: 'byType', options: 'time' } }] } }],
    [36, { type: 'x', options: { legend: { displayMode: 'hidden' } } }, { options: { legend: { displayMode: 'list', showLegend: false } } }],
    [36, { type: 'x', options: { legend: { displayMode: 'table' } } }, { options: { legend: { displayMode: 'table', showLegend: true } } }],
    [38, { type: 'x', transformations: [{ id: 'timeSeriesTable', options: { refIdToStat: { A: 'mean' } } }] }, { transformations: [{ id: 'timeSeriesTable', options: { A: { stat: 'mean' } } }] }],
    [41, { type: 'x', fieldConfig: { defaults: {}, overrides: [{ matcher: { id: 'byName', options: 'a' }, properties: [{ id: 'custom.hideFrom', value: { viz: true } }] }] } }, { fieldConfig: { overrides: [{ properties: [{ value: { viz: true, tooltip: true } }] }] } }],
  ])('from %i: %j', (schemaVersion, panel, expected) => {
    expect(migrated(panel, { schemaVersion })).toMatchObject(expected);
  });

  it.each<[number, object, object]>([
    [11, { type: 'query', name: 'a', refresh: true, hideVariable: true }, { refresh: 1, hide: 2 }],
    [22, { type: 'query', name: 'a', multi: true, refresh: 2, current: { text: 'x', value: 'x' } }, { refresh: 2, current: { text: ['x'], value: ['x'] } }],
    [26, { type: 'constant', name: 'a', query: 'x', hide: 0 }, { type: 'textbox', current: { value: 'x' } }],
    [26, { type: 'constant', name: 'a', query: 'x', hide: 2 }, { type: 'constant' }],
    [28, { type: 'query', name: 'a', refresh: 0, options: [{ value: 'x' }] }, { refresh: 1, options: [] }],
    [35, { type: 'query', name: 'a', datasource: 'prom' }, { datasource: { uid: 'prom' } }],
  ])('of variables from %i: %j', (schemaVersion, variable, expected) => {
    const json = migrateDashboard({ schemaVersion, panels: [], templating: { list: [variable] } });
    expect(json['templating']).toMatchObject({ list: [expected] });
  });

  it('makes annotations of the hours that an old graph marked', () => {
    const timeRegions = [{ op: 'time', from: '08:00', to: '17:00', fill: true, colorMode: 'gray' }, { fromDayOfWeek: 1, line: true, lineColor: 'red' }, { fromDayOfWeek: 2 }];
    const json = migrateDashboard({ schemaVersion: 27, panels: [{ id: 4, type: 'graph', timeRegions }] });
    expect(json['annotations']).toMatchObject({
      list: [
        { builtIn: 1 },
        { name: 'T1', iconColor: 'gray', filter: { ids: [4] }, target: { queryType: 'timeRegions', timeRegion: { from: '08:00', to: '17:00', timezone: 'utc' } } },
        { name: 'T2', iconColor: 'red', target: { timeRegion: { fromDayOfWeek: 1 } } },
      ],
    });
    expect(json['panels']).toMatchObject([{ type: 'timeseries' }]);
  });

  it.each<[object, object]>([
    [{ schemaVersion: 13, sharedCrosshair: true }, { graphTooltip: 1 }],
    [{ schemaVersion: 39, refresh: true }, { refresh: '' }],
    [{ schemaVersion: 40, timepicker: { time_options: [1], refresh_intervals: ['5s'] } }, { timepicker: { refresh_intervals: ['5s'] } }],
    [{ schemaVersion: 26, panels: [{ id: 1, type: 'x' }, { id: 2, type: 'x', repeatPanelId: 1 }] }, { panels: [{ id: 1 }] }],
    [{ schemaVersion: 36, unknown: { kept: [1] } }, { unknown: { kept: [1] } }],
  ])('of the dashboard: %j', (document, expected) => {
    expect(migrateDashboard(document)).toMatchObject({ schemaVersion: 42, ...expected });
  });
});
