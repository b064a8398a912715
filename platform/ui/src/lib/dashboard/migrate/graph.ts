import { isReducerName, reducerOf } from './reducers';
import { at, defined, isObject, objects, remove, type MutableJson } from './mutable';

/** What the old graph panel did where a file says nothing. */
const GRAPH_DEFAULTS: MutableJson = { lines: true, linewidth: 1, fill: 1, nullPointMode: 'null', pointradius: 2 };

/** The options of the old graph that have a place in its successor, and are not kept beside it. */
export const GRAPH_KEYS = [
  'aliasColors', 'bars', 'dashLength', 'dashes', 'decimals', 'fill', 'fillGradient', 'grid', 'hiddenSeries', 'legend', 'lines', 'linewidth', 'nullPointMode', 'percentage',
  'pointradius', 'points', 'renderer', 'seriesOverrides', 'spaceLength', 'stack', 'steppedLine', 'thresholds', 'tooltip', 'xaxis', 'yaxes', 'yaxis',
] as const;

/** The old graph over time as a time series panel, by the rules of Grafana's own migration. */
export function graphToTimeseries(panel: MutableJson): void {
  const graph: MutableJson = { ...GRAPH_DEFAULTS, ...defined(panel) };
  const yaxes = objects(graph['yaxes']);
  const left = axisConfig(yaxes[0]);
  const right = axisConfig(yaxes[1]);
  const oldDefaults = at(at(panel, 'fieldConfig'), 'defaults');
  const custom: MutableJson = { ...at(oldDefaults, 'custom'), ...at(left, 'custom'), ...drawing(graph) };
  const defaults: MutableJson = defined({ ...oldDefaults, ...left, custom: defined(custom), nullValueMode: graph['nullPointMode'] });
  stack(graph, defaults);
  thresholds(graph, defaults);
  links(panel, defaults);
  const overrides = [...objects(at(panel, 'fieldConfig')['overrides']), ...aliasColors(graph), ...seriesOverrides(graph, left, right)];
  const xaxis = at(graph, 'xaxis');
  if (xaxis['show'] === false && (xaxis['mode'] === undefined || xaxis['mode'] === 'time')) {
    overrides.push({ matcher: { id: 'byType', options: 'time' }, properties: [{ id: 'custom.axisPlacement', value: 'hidden' }] });
  }
  overrides.push(...hiddenInLegend(at(graph, 'legend')));
  panel['type'] = 'timeseries';
  panel['fieldConfig'] = { defaults, overrides };
  panel['options'] = { legend: legendOf(at(graph, 'legend'), graph['decimals']), tooltip: tooltipOf(graph['tooltip']) };
  remove(panel, ...GRAPH_KEYS);
}

function axisConfig(axis: MutableJson | undefined): MutableJson {
  if (axis === undefined) {
    return {};
  }
  const log = Number(axis['logBase']);
  const scale = log === 2 || log === 10 ? { scaleDistribution: { type: 'log', log } } : {};
  return defined({
    unit: axis['format'],
    decimals: numeric(axis['decimals']),
    min: numeric(axis['min']),
    max: numeric(axis['max']),
    // A file that leaves it out has the axis: that is what the old graph showed.
    custom: { axisPlacement: axis['show'] === false ? 'hidden' : 'auto', ...(axis['label'] ? { axisLabel: axis['label'] } : {}), ...scale },
  });
}

function drawing(graph: MutableJson): MutableJson {
  const style = graph['bars'] ? 'bars' : graph['lines'] ? 'line' : 'points';
  const gradient = typeof graph['fillGradient'] === 'number' && graph['fillGradient'] > 0;
  const band = objects(graph['seriesOverrides']).some((override) => override['alias'] && 'fillBelowTo' in override);
  const fill = style === 'bars' ? 100 : gradient ? Number(graph['fillGradient']) * 10 : band ? 35 : times10(graph['fill']);
  return {
    drawStyle: style,
    ...(graph['points']
      ? { showPoints: 'always', ...(typeof graph['pointradius'] === 'number' ? { pointSize: 2 + graph['pointradius'] * 2 } : {}) }
      : style === 'points'
        ? {}
        : { showPoints: 'never' }),
    lineWidth: graph['linewidth'],
    fillOpacity: fill,
    spanNulls: graph['nullPointMode'] === 'connected',
    ...(graph['dashes'] ? { lineStyle: { fill: 'dash', dash: [graph['dashLength'] ?? 10, graph['spaceLength'] ?? 10] } } : {}),
    ...(gradient ? { gradientMode: 'opacity' } : {}),
    ...(graph['steppedLine'] ? { lineInterpolation: 'stepAfter' } : {}),
  };
}

/** A share of 0 to 100 becomes one of 0 to 1, the scale of stacked shares. */
function stack(graph: MutableJson, defaults: MutableJson): void {
  if (!graph['stack']) {
    return;
  }
  const custom = at(defaults, 'custom');
  custom['stacking'] = { mode: graph['percentage'] ? 'percent' : 'normal', group: 'A' };
  if (graph['percentage']) {
    for (const end of ['min', 'max']) {
      if (typeof defaults[end] === 'number') defaults[end] = defaults[end] / 100;
    }
  }
}

function aliasColors(graph: MutableJson): MutableJson[] {
  return Object.entries(at(graph, 'aliasColors'))
    .filter(([, color]) => Boolean(color))
    .map(([alias, color]) => ({ matcher: { id: 'byName', options: alias }, properties: [{ id: 'color', value: { mode: 'fixed', fixedColor: color } }] }));
}

const ALIAS_REGEX = /^([/~@;%#'])(.*?)\1([gimsuy]*)$/;

function seriesOverrides(graph: MutableJson, left: MutableJson, right: MutableJson): MutableJson[] {
  return objects(graph['seriesOverrides']).flatMap((override) => {
    const { alias } = override;
    if (typeof alias !== 'string' || alias === '') {
      return [];
    }
    const properties = Object.entries(override).flatMap(([key, value]) => overrideProperty(key, value, left, right));
    if ('dashes' in override || 'dashLength' in override || 'spaceLength' in override) {
      const dash = [override['dashLength'] ?? graph['dashLength'] ?? 10, override['spaceLength'] ?? graph['spaceLength'] ?? 10];
      properties.push({ id: 'custom.lineStyle', value: { fill: (override['dashes'] ?? graph['dashes']) ? 'dash' : 'solid', dash } });
    }
    return properties.length === 0 ? [] : [{ matcher: { id: ALIAS_REGEX.test(alias) ? 'byRegexp' : 'byName', options: alias }, properties }];
  });
}

function overrideProperty(key: string, value: unknown, left: MutableJson, right: MutableJson): MutableJson[] {
  switch (key) {
    case 'yaxis':
      return value === 2 ? rightAxis(left, right) : [];
    case 'fill':
      return [{ id: 'custom.fillOpacity', value: times10(value) }];
    case 'fillBelowTo':
      return [{ id: 'custom.fillBelowTo', value }];
    case 'fillGradient':
      return value ? [{ id: 'custom.gradientMode', value: 'opacity' }, { id: 'custom.fillOpacity', value: times10(value) }] : [];
    case 'points':
      return [{ id: 'custom.showPoints', value: value ? 'always' : 'never' }];
    case 'bars':
      return value ? [{ id: 'custom.drawStyle', value: 'bars' }, { id: 'custom.fillOpacity', value: 100 }] : [{ id: 'custom.drawStyle', value: 'line' }];
    case 'lines':
      // Where lines were switched on, the panel's own have none: they are drawn as bars or points.
      return value ? [{ id: 'custom.drawStyle', value: 'line' }] : [{ id: 'custom.lineWidth', value: 0 }];
    case 'linewidth':
      return [{ id: 'custom.lineWidth', value }];
    case 'pointradius':
      return typeof value === 'number' ? [{ id: 'custom.pointSize', value: 2 + value * 2 }] : [];
    case 'stack':
      return [{ id: 'custom.stacking', value: value === false ? { mode: 'none', group: 'A' } : { mode: 'normal', group: value === true ? 'A' : value } }];
    case 'color':
      return [{ id: 'color', value: { mode: 'fixed', fixedColor: value } }];
    case 'transform':
      return [{ id: 'custom.transform', value: value === 'negative-Y' ? 'negative-Y' : 'constant' }];
    case 'legend':
      return value === false ? [{ id: 'custom.hideFrom', value: { viz: false, legend: true, tooltip: false } }] : [];
    case 'hideTooltip':
      return value === true ? [{ id: 'custom.hideFrom', value: { viz: false, legend: false, tooltip: true } }] : [];
    case 'nullPointMode':
      return [{ id: 'custom.spanNulls', value: value === 'connected' }];
    case 'steppedLine':
      return [{ id: 'custom.lineInterpolation', value: value ? 'stepAfter' : 'linear' }];
    default:
      return [];
  }
}

/** What the right axis has otherwise than the left one. It stands right also where nothing else differs. */
function rightAxis(left: MutableJson, right: MutableJson): MutableJson[] {
  const leftCustom = at(left, 'custom');
  const properties: MutableJson[] = Object.entries(right)
    .filter(([key, value]) => key !== 'custom' && value !== left[key])
    .map(([id, value]) => ({ id, value }));
  for (const [key, value] of Object.entries(at(right, 'custom'))) {
    if (key !== 'axisPlacement' && JSON.stringify(value) !== JSON.stringify(leftCustom[key])) {
      properties.push({ id: `custom.${key}`, value });
    }
  }
  const hidden = at(right, 'custom')['axisPlacement'] === 'hidden';
  return [...properties, { id: 'custom.axisPlacement', value: hidden ? 'hidden' : 'right' }];
}

function legendOf(legend: MutableJson, decimals: unknown): MutableJson {
  const shown = legend['show'] !== false;
  const calcs = legend['values'] ? Object.keys(legend).filter((name) => legend[name] && isReducerName(name)).map(reducerOf) : [];
  return {
    displayMode: shown && legend['alignAsTable'] ? 'table' : 'list',
    showLegend: shown,
    placement: legend['rightSide'] ? 'right' : 'bottom',
    calcs,
    ...(legend['sideWidth'] ? { width: legend['sideWidth'] } : {}),
    ...(typeof legend['sort'] === 'string' && isReducerName(legend['sort']) ? { sortBy: LEGEND_TITLES[legend['sort']] ?? legend['sort'], sortDesc: legend['sortDesc'] === true } : {}),
    ...(typeof decimals === 'number' ? { decimals } : {}),
  };
}

/** The headings of a legend's columns, by which it is sorted. */
const LEGEND_TITLES: Readonly<Record<string, string>> = { min: 'Min', max: 'Max', avg: 'Mean', current: 'Last *', total: 'Total' };

/** Series that are nothing but zero, or nothing at all, may keep out of the legend. */
function hiddenInLegend(legend: MutableJson): MutableJson[] {
  const reducers = [...(legend['hideZero'] ? ['allIsZero'] : []), ...(legend['hideEmpty'] ? ['allIsNull'] : [])];
  return reducers.map((reducer) => ({
    matcher: { id: 'byValue', options: { reducer, op: 'gte', value: 0 } },
    properties: [{ id: 'custom.hideFrom', value: { tooltip: true, viz: false, legend: true } }],
  }));
}

function tooltipOf(tooltip: unknown): MutableJson {
  const old = isObject(tooltip) ? tooltip : {};
  const shared = old['shared'] !== false;
  const sort = shared ? ({ 1: 'asc', 2: 'desc' } as const)[Number(old['sort']) as 1 | 2] : undefined;
  return { mode: shared ? 'multi' : 'single', sort: sort ?? 'none' };
}

function thresholds(graph: MutableJson, defaults: MutableJson): void {
  const sorted = objects(graph['thresholds'])
    .filter(({ value }) => typeof value === 'number')
    .sort((a, b) => Number(a['value']) - Number(b['value']));
  if (sorted.length === 0) {
    return;
  }
  const steps: MutableJson[] = [];
  sorted.forEach((threshold, i) => {
    const next = sorted[i + 1];
    if (threshold['op'] === 'gt') {
      steps.push({ value: threshold['value'], color: thresholdColor(threshold) });
    } else if (threshold['op'] === 'lt') {
      if (steps.length === 0) steps.push({ value: null, color: thresholdColor(threshold) });
      steps.push({ value: threshold['value'], color: next?.['op'] === 'lt' ? thresholdColor(next) : 'transparent' });
    }
  });
  if (steps.length > 0 && steps[0]?.['value'] !== null) {
    steps.unshift({ value: null, color: 'transparent' });
  }
  const area = sorted.some(({ fill }) => fill);
  const line = sorted.some((threshold) => threshold['line']);
  at(defaults, 'custom')['thresholdsStyle'] = { mode: area ? (line ? 'line+area' : 'area') : 'line' };
  defaults['thresholds'] = { mode: 'absolute', steps };
}

function thresholdColor(threshold: MutableJson): unknown {
  switch (threshold['colorMode']) {
    case 'warning':
      return 'orange';
    case 'custom':
      return threshold['fillColor'] ?? threshold['lineColor'] ?? 'red';
    case 'ok':
      return 'green';
    default:
      return 'red';
  }
}

function links(panel: MutableJson, defaults: MutableJson): void {
  const old = objects(at(panel, 'options')['dataLinks']);
  if (old.length > 0 && defaults['links'] === undefined) {
    defaults['links'] = old;
  }
}

function times10(value: unknown): number {
  return Math.min(100, Math.max(0, (numeric(value) ?? 0) * 10));
}

function numeric(value: unknown): number | undefined {
  const n = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof n === 'number' && Number.isFinite(n) ? n : undefined;
}
