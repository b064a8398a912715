import { newMappings } from './mappings';
import { at, defined, objects, remove, type MutableJson } from './mutable';
import { reducerOf } from './reducers';

const KEYS = [
  'cacheTimeout', 'colorBackground', 'colorPostfix', 'colorPrefix', 'colorValue', 'colors', 'decimals', 'format', 'gauge', 'mappingType', 'mappingTypes', 'nullPointMode', 'nullText',
  'postfix', 'postfixFontSize', 'prefix', 'prefixFontSize', 'rangeMaps', 'sparkline', 'tableColumn', 'thresholds', 'valueFontSize', 'valueMaps', 'valueName',
] as const;

/** The old single statistic: a gauge where it showed one, else a statistic with the colours and sparkline that it had. */
export function singlestatToStat(panel: MutableJson): void {
  const gauge = at(panel, 'gauge');
  const isGauge = gauge['show'] === true;
  const unit = panel['format'];
  const defaults: MutableJson = defined({
    ...at(at(panel, 'fieldConfig'), 'defaults'),
    unit,
    decimals: panel['decimals'],
    noValue: panel['nullText'] === '' ? undefined : panel['nullText'],
    mappings: mappingsOf(panel),
    thresholds: thresholdsOf(panel),
    min: isGauge ? (gauge['minValue'] ?? 0) : undefined,
    max: isGauge ? (gauge['maxValue'] ?? 100) : undefined,
    color: { mode: 'thresholds' },
  });
  const fields = typeof panel['tableColumn'] === 'string' && panel['tableColumn'] !== '' ? { fields: `/^${escaped(panel['tableColumn'])}$/` } : { fields: '' };
  const options: MutableJson = { reduceOptions: { values: false, calcs: [reducerOf(panel['valueName'])], ...fields }, orientation: 'horizontal' };
  panel['options'] = isGauge
    ? { ...options, orientation: 'auto', showThresholdLabels: gauge['thresholdLabels'] === true, showThresholdMarkers: gauge['thresholdMarkers'] !== false }
    : { ...options, ...statOptions(panel, defaults) };
  affixes(panel, defaults);
  panel['type'] = isGauge ? 'gauge' : 'stat';
  panel['fieldConfig'] = { defaults, overrides: objects(at(panel, 'fieldConfig')['overrides']) };
  remove(panel, ...KEYS);
}

function statOptions(panel: MutableJson, defaults: MutableJson): MutableJson {
  const sparkline = at(panel, 'sparkline');
  const colored = panel['colorBackground'] ? 'background' : panel['colorValue'] ? 'value' : 'none';
  if (sparkline['show'] === true && colored === 'none' && typeof sparkline['lineColor'] === 'string') {
    defaults['color'] = { mode: 'fixed', fixedColor: sparkline['lineColor'] };
  }
  return {
    graphMode: sparkline['show'] === true ? 'area' : 'none',
    colorMode: colored,
    justifyMode: 'auto',
    textMode: panel['valueName'] === 'name' ? 'name' : 'auto',
  };
}

/** A prefix or postfix becomes the unit where the value has none of its own. */
function affixes(panel: MutableJson, defaults: MutableJson): void {
  const { prefix, postfix } = panel;
  const bare = defaults['unit'] === undefined || defaults['unit'] === 'none' || defaults['unit'] === 'short';
  if (bare && typeof prefix === 'string' && prefix !== '') {
    defaults['unit'] = `prefix:${prefix}`;
  } else if (bare && typeof postfix === 'string' && postfix !== '') {
    defaults['unit'] = `suffix:${postfix}`;
  }
}

/** `"50,80"` with three colours: the first colour is that of everything below 50. */
function thresholdsOf(panel: MutableJson): MutableJson | undefined {
  const colors: readonly unknown[] = Array.isArray(panel['colors']) ? panel['colors'] : [];
  if (typeof panel['thresholds'] !== 'string' || colors.length === 0) {
    return undefined;
  }
  const values = panel['thresholds'].split(',').map((text) => Number(text.trim() === '' ? NaN : text));
  const steps = colors.flatMap((color, i) => {
    const value = i === 0 ? null : values[i - 1];
    return value === undefined || Number.isNaN(value) ? [] : [{ color, value }];
  });
  return { mode: 'absolute', steps };
}

function mappingsOf(panel: MutableJson): MutableJson[] | undefined {
  const ranges = panel['mappingType'] === 2;
  const old = ranges
    ? objects(panel['rangeMaps']).map(({ from, to, text }) => ({ type: 2, from, to, text }))
    : objects(panel['valueMaps'])
        .filter(({ value }) => value !== undefined)
        .map(({ value, text }) => ({ type: 1, value, text }));
  const found = newMappings(
    old.filter((mapping) => !('from' in mapping) || (mapping.from !== 'null' && mapping.to !== 'null')),
    undefined,
  );
  const nullRange = objects(ranges ? panel['rangeMaps'] : []).find(({ from, to }) => from === 'null' && to === 'null');
  if (nullRange !== undefined) {
    found.push({ type: 'special', options: { match: 'null', result: { text: nullRange['text'] } } });
  }
  return found.length === 0 ? undefined : found;
}

function escaped(text: string): string {
  return text.replace(/[\\^$*+?.()|[\]{}/]/g, '\\$&');
}
