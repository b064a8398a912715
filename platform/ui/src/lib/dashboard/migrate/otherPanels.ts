import { at, defined, isObject, objects, remove, type MutableJson } from './mutable';
import { reducerOf } from './reducers';

const PIE_KEYS = [
  'aliasColors', 'breakPoint', 'combine', 'cacheTimeout', 'decimals', 'fontSize', 'format', 'legend', 'legendType', 'nullPointMode', 'pieType', 'strokeWidth', 'valueName',
] as const;

/** The pie chart that was a plugin of its own. */
export function oldPieToPiechart(panel: MutableJson): void {
  const legend = at(panel, 'legend');
  const values = [...(legend['values'] ? ['value'] : []), ...(legend['percentage'] ? ['percent'] : [])];
  const onGraph = panel['legendType'] === 'On graph';
  const overrides = Object.entries(at(panel, 'aliasColors'))
    .filter(([, color]) => Boolean(color))
    .map(([alias, color]) => ({ matcher: { id: 'byName', options: alias }, properties: [{ id: 'color', value: { mode: 'fixed', fixedColor: color } }] }));
  panel['options'] = {
    pieType: panel['pieType'] === 'donut' ? 'donut' : 'pie',
    reduceOptions: { values: false, calcs: [reducerOf(panel['valueName'] ?? 'current')], fields: '' },
    legend: { showLegend: !onGraph && legend['show'] !== false, displayMode: 'table', placement: panel['legendType'] === 'Under graph' ? 'bottom' : 'right', values, calcs: [] },
    ...(onGraph ? { displayLabels: ['name', ...values] } : {}),
  };
  panel['fieldConfig'] = { defaults: defined({ unit: panel['format'], decimals: panel['decimals'] || 0 }), overrides };
  panel['type'] = 'piechart';
  remove(panel, ...PIE_KEYS);
}

const HEATMAP_KEYS = [
  'cards', 'color', 'dataFormat', 'heatmap', 'hideZeroBuckets', 'highlightCards', 'legend', 'reverseYBuckets', 'tooltip', 'tooltipDecimals', 'xAxis', 'xBucketNumber', 'xBucketSize', 'yAxis',
  'yBucketBound', 'yBucketNumber', 'yBucketSize',
] as const;

const LAYOUTS: Readonly<Record<string, string>> = { upper: 'ge', lower: 'le', middle: 'unknown' };
const SCHEMES = [
  'BrBG', 'PiYG', 'PRGn', 'PuOr', 'RdBu', 'RdGy', 'RdYlBu', 'RdYlGn', 'Spectral', 'BuGn', 'BuPu', 'GnBu', 'OrRd', 'PuBuGn', 'PuBu', 'PuRd', 'RdPu', 'YlGnBu', 'YlGn', 'YlOrBr', 'YlOrRd',
  'Blues', 'Greens', 'Greys', 'Oranges', 'Purples', 'Reds', 'Turbo', 'Viridis', 'Inferno', 'Magma', 'Plasma', 'Warm', 'Cool', 'Cubehelix', 'Rainbow', 'Sinebow',
];

/** The heatmap of before Grafana 9, which has its settings beside the options. One that has options is of the newer kind. */
export function oldHeatmapToHeatmap(panel: MutableJson): void {
  if (Object.keys(at(panel, 'options')).length > 0) {
    return;
  }
  const yAxis = at(panel, 'yAxis');
  const tooltip = at(panel, 'tooltip');
  const calculate = panel['dataFormat'] !== 'tsbuckets';
  panel['options'] = {
    calculate,
    calculation: calculate ? calculationOf(panel, Number(yAxis['logBase'] ?? 1)) : {},
    color: colorOf(at(panel, 'color')),
    cellGap: numeric(at(panel, 'cards')['cardPadding']) || 1,
    ...defined({ cellRadius: numeric(at(panel, 'cards')['cardRound']) }),
    yAxis: defined({
      axisPlacement: yAxis['show'] === false ? 'hidden' : 'left',
      reverse: panel['reverseYBuckets'] === true,
      axisWidth: numeric(yAxis['width']),
      min: numeric(yAxis['min']),
      max: numeric(yAxis['max']),
      unit: yAxis['format'],
      decimals: yAxis['decimals'],
    }),
    cellValues: defined({ decimals: numeric(panel['tooltipDecimals']) }),
    rowsFrame: { layout: LAYOUTS[String(panel['yBucketBound'])] ?? 'auto' },
    legend: { show: at(panel, 'legend')['show'] === true },
    showValue: 'never',
    tooltip: { mode: tooltip['show'] === false ? 'none' : 'single', yHistogram: tooltip['showHistogram'] === true },
    exemplars: { color: 'rgba(255,0,255,0.7)' },
    ...(panel['hideZeroBuckets'] ? { filterValues: { le: 1e-9 } } : {}),
  };
  panel['fieldConfig'] = isObject(panel['fieldConfig']) ? panel['fieldConfig'] : { defaults: {}, overrides: [] };
  panel['type'] = 'heatmap';
  remove(panel, ...HEATMAP_KEYS);
}

function calculationOf(panel: MutableJson, logBase: number): MutableJson {
  const buckets = (size: unknown, count: unknown) => (size ? { mode: 'size', value: String(size) } : count ? { mode: 'count', value: String(count) } : undefined);
  const split = Number(at(panel, 'yAxis')['splitFactor']);
  const log = logBase > 1 ? { mode: 'count', ...(split > 0 ? { value: String(split) } : {}), scale: { type: 'log', log: logBase } } : undefined;
  return defined({ xBuckets: buckets(panel['xBucketSize'], panel['xBucketNumber']), yBuckets: log ?? buckets(panel['yBucketSize'], panel['yBucketNumber']) });
}

function colorOf(color: MutableJson): MutableJson {
  const { min, max } = color;
  const swapped = typeof min === 'number' && typeof max === 'number' && min > max;
  const named = String(color['colorScheme'] ?? '');
  return defined({
    mode: color['mode'] === 'opacity' ? 'opacity' : 'scheme',
    scheme: SCHEMES.find((scheme) => scheme === named) ?? SCHEMES.find((scheme) => named.includes(scheme)) ?? 'Oranges',
    fill: color['cardColor'] ?? 'dark-orange',
    scale: color['colorScale'] === 'linear' || color['scale'] === 'linear' ? 'linear' : 'exponential',
    exponent: numeric(color['exponent']) ?? 0.5,
    steps: 128,
    reverse: swapped,
    min: swapped ? max : numeric(min),
    max: swapped ? min : numeric(max),
  });
}

/** Text had content and mode beside the options; the mode `text` is gone. */
export function upgradeText(panel: MutableJson): void {
  const options: MutableJson = isObject(panel['options']) ? panel['options'] : {};
  const content = options['content'] ?? panel['content'] ?? '';
  const mode = options['mode'] ?? panel['mode'];
  panel['options'] = { ...options, content, mode: mode === 'html' || mode === 'code' ? mode : 'markdown' };
  remove(panel, 'content', 'mode');
}

/** `hideFrom.graph` is called `viz` since Grafana 8. */
export function upgradeHideFrom(panel: MutableJson): void {
  const fieldConfig = at(panel, 'fieldConfig');
  const own = at(at(at(fieldConfig, 'defaults'), 'custom'), 'hideFrom');
  const properties = objects(fieldConfig['overrides']).flatMap((override) => objects(override['properties']));
  const others = properties.filter(({ id }) => id === 'custom.hideFrom').map(({ value }) => (isObject(value) ? value : {}));
  for (const hideFrom of [own, ...others]) {
    if (hideFrom['graph'] !== undefined) {
      hideFrom['viz'] = hideFrom['graph'];
      remove(hideFrom, 'graph');
    }
  }
}

function numeric(value: unknown): number | undefined {
  const n = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof n === 'number' && Number.isFinite(n) ? n : undefined;
}
