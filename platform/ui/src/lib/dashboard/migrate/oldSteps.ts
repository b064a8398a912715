import { at, isObject, objects, remove, variablesOf, without, type MutableJson } from './mutable';
import { rowsToGrid } from './rows';
import type { Step } from './steps';

type EachPanel = (change: (panel: MutableJson) => void) => (dashboard: MutableJson) => void;

/** Schema versions 2 to 16: documents of Grafana 1 to 4, whose panels stand in rows. */
export function oldSteps(eachPanel: EachPanel): readonly Step[] {
  const each = inRows(eachPanel);
  return [
    [2, oldServices],
    [2, each(graphite)],
    [4, each(aliasYAxis)],
    [6, pulldowns],
    [7, oldNavigation],
    [9, each(singlestatThresholds)],
    [10, each(tableThresholds)],
    [12, (dashboard) => variablesOf(dashboard).forEach(variableFlags)],
    [12, each(yAxes)],
    [13, each(gridThresholds)],
    [14, (dashboard) => (dashboard['graphTooltip'] = dashboard['sharedCrosshair'] ? 1 : (dashboard['graphTooltip'] ?? 0))],
    [16, rowsToGrid],
  ];
}

/** Before schema 16 panels stand in rows, though a file may have a list already. */
function inRows(eachPanel: EachPanel): EachPanel {
  return (change) => (dashboard) => {
    objects(dashboard['rows']).forEach((row) => objects(row['panels']).forEach(change));
    eachPanel(change)(dashboard);
  };
}

function oldServices(dashboard: MutableJson): void {
  const filter = at(at(dashboard, 'services'), 'filter');
  if (isObject(filter['time']) && dashboard['time'] === undefined) {
    dashboard['time'] = filter['time'];
  }
  if (Array.isArray(filter['list'])) {
    dashboard['templating'] = { list: filter['list'] };
  }
}

function graphite(panel: MutableJson): void {
  if (panel['type'] === 'graphite') {
    panel['type'] = 'graph';
  }
  if (panel['type'] !== 'graph') {
    return;
  }
  if (typeof panel['legend'] === 'boolean') {
    panel['legend'] = { show: panel['legend'] };
  }
  const grid = at(panel, 'grid');
  for (const [old, now] of [
    ['min', 'leftMin'],
    ['max', 'leftMax'],
  ] as const) {
    if (grid[old]) {
      grid[now] = grid[old];
      remove(grid, old);
    }
  }
  for (const [i, key] of ['y_format', 'y2_format'].entries()) {
    if (panel[key]) {
      const formats: unknown[] = Array.isArray(panel['y_formats']) ? [...(panel['y_formats'] as unknown[])] : [];
      formats[i] = panel[key];
      panel['y_formats'] = formats;
      remove(panel, key);
    }
  }
}

function aliasYAxis(panel: MutableJson): void {
  if (panel['type'] === 'graph' && isObject(panel['aliasYAxis'])) {
    panel['seriesOverrides'] = Object.entries(panel['aliasYAxis']).map(([alias, yaxis]) => ({ alias, yaxis }));
    remove(panel, 'aliasYAxis');
  }
}

function pulldowns(dashboard: MutableJson): void {
  const annotations = objects(dashboard['pulldowns']).find(({ type }) => type === 'annotations');
  if (annotations !== undefined) {
    dashboard['annotations'] = { list: objects(annotations['annotations']) };
  }
  for (const variable of variablesOf(dashboard)) {
    variable['datasource'] ??= null;
    if (variable['type'] === 'filter' || variable['type'] === undefined) {
      variable['type'] = 'query';
    }
  }
}

function oldNavigation(dashboard: MutableJson): void {
  const [first] = objects(dashboard['nav']);
  if (first !== undefined) {
    dashboard['timepicker'] = first;
  }
}

/** The first of three or more thresholds was the lower end of the scale. */
function singlestatThresholds(panel: MutableJson): void {
  if (panel['type'] === 'singlestat' && typeof panel['thresholds'] === 'string') {
    const parts = panel['thresholds'].split(',');
    panel['thresholds'] = (parts.length >= 3 ? parts.slice(1) : parts).join(',');
  }
}

function tableThresholds(panel: MutableJson): void {
  if (panel['type'] !== 'table') {
    return;
  }
  for (const style of objects(panel['styles'])) {
    if (Array.isArray(style['thresholds']) && style['thresholds'].length >= 3) {
      style['thresholds'] = (style['thresholds'] as unknown[]).slice(1);
    }
  }
}

function variableFlags(variable: MutableJson): void {
  variable['refresh'] = variable['refresh'] ? 1 : 0;
  if (variable['hideVariable']) {
    variable['hide'] = 2;
  } else if (variable['hideLabel']) {
    variable['hide'] = 1;
  }
}

function yAxes(panel: MutableJson): void {
  const grid = panel['grid'];
  if (panel['type'] !== 'graph' || !isObject(grid) || panel['yaxes'] !== undefined) {
    return;
  }
  const formats: readonly unknown[] = Array.isArray(panel['y_formats']) ? panel['y_formats'] : [];
  const axis = (side: 'left' | 'right', format: unknown) => ({
    show: panel['y-axis'],
    min: grid[`${side}Min`],
    max: grid[`${side}Max`],
    logBase: grid[`${side}LogBase`],
    format,
    label: panel[`${side}YAxisLabel`],
  });
  panel['yaxes'] = [axis('left', formats[0]), axis('right', formats[1])];
  panel['xaxis'] = { show: panel['x-axis'] };
  remove(grid, 'leftMin', 'leftMax', 'leftLogBase', 'rightMin', 'rightMax', 'rightLogBase');
  remove(panel, 'y_formats', 'leftYAxisLabel', 'rightYAxisLabel', 'y-axis', 'x-axis');
}

/** Two thresholds in the grid's options become a list: below them where the first is the greater one, above otherwise. */
function gridThresholds(panel: MutableJson): void {
  const grid = panel['grid'];
  if (panel['type'] !== 'graph' || !isObject(grid)) {
    return;
  }
  const thresholds = Array.isArray(panel['thresholds']) ? objects(panel['thresholds']) : [];
  const found = (['1', '2'] as const).flatMap((n) => {
    const value = grid[`threshold${n}`];
    const color = grid[`threshold${n}Color`];
    const shape = grid['thresholdLine'] ? { line: true, lineColor: color } : { fill: true, fillColor: color };
    return typeof value === 'number' ? [{ n, value, ...shape, colorMode: 'custom' }] : [];
  });
  const [first, second] = found;
  if (first?.n === '1') {
    const op = second !== undefined && first.value > second.value ? 'lt' : 'gt';
    thresholds.push(...found.map((threshold) => ({ ...without(threshold, 'n'), op })));
  }
  panel['thresholds'] = thresholds;
  remove(grid, 'threshold1', 'threshold1Color', 'threshold2', 'threshold2Color', 'thresholdLine');
}
