import { array, object, optionalNumber, optionalString, string, type Json } from './json';
import { NO_THRESHOLDS, type Thresholds } from './thresholds';

/** How values of a panel are written and coloured: Grafana's field configuration as far as it is drawn here. */
export interface FieldSettings {
  readonly unit: string;
  readonly decimals: number | undefined;
  readonly min: number | undefined;
  readonly max: number | undefined;
  readonly thresholds: Thresholds;
  readonly color: { readonly kind: 'palette' } | { readonly kind: 'thresholds' } | { readonly kind: 'fixed'; readonly color: string };
  readonly mappings: readonly ValueMapping[];
  readonly overrides: readonly FieldOverride[];
  readonly noValue: string | undefined;
}

export type ValueMapping =
  | { readonly kind: 'value'; readonly value: string; readonly text: string; readonly color: string | undefined }
  | { readonly kind: 'range'; readonly from: number; readonly to: number; readonly text: string; readonly color: string | undefined }
  | { readonly kind: 'null'; readonly text: string; readonly color: string | undefined };

/** Settings for the series that a matcher finds by its name. */
export interface FieldOverride {
  readonly matches: (seriesName: string, refId: string) => boolean;
  readonly unit: string | undefined;
  readonly decimals: number | undefined;
  readonly color: string | undefined;
  readonly negative: boolean;
  readonly displayName: string | undefined;
}

export function fieldSettings(panel: Json): FieldSettings {
  const config = object(panel['fieldConfig']);
  const defaults = object(config['defaults']);
  const oldAxis = object(array(panel['yaxes'])[0]);
  return {
    unit: string(defaults['unit'], string(oldAxis['format'], string(panel['format']))),
    decimals: optionalNumber(defaults['decimals'] ?? panel['decimals']),
    min: optionalNumber(defaults['min'] ?? oldAxis['min'] ?? object(panel['gauge'])['minValue']),
    max: optionalNumber(defaults['max'] ?? oldAxis['max'] ?? object(panel['gauge'])['maxValue']),
    thresholds: thresholdsOf(panel, object(defaults['thresholds'])),
    color: colorOf(object(defaults['color'])),
    mappings: array(defaults['mappings'] ?? panel['valueMaps']).flatMap((mapping) => mappingsOf(object(mapping))),
    overrides: [...array(config['overrides']).flatMap((override) => overrideOf(object(override))), ...oldOverrides(panel)],
    noValue: optionalString(defaults['noValue']),
  };
}

/** The text and colour that a mapping gives to a value, if one applies. */
export function mapValue(settings: FieldSettings, value: number | null): { text: string; color: string | undefined } | undefined {
  return settings.mappings.find((mapping) => {
    switch (mapping.kind) {
      case 'null':
        return value === null || Number.isNaN(value);
      case 'value':
        return value !== null && String(value) === mapping.value;
      case 'range':
        return value !== null && value >= mapping.from && value <= mapping.to;
    }
  });
}

/** The settings with what overrides say about one series. */
export function overrideFor(settings: FieldSettings, seriesName: string, refId: string): Omit<FieldOverride, 'matches'> {
  const none = { unit: undefined, decimals: undefined, color: undefined, negative: false, displayName: undefined };
  return settings.overrides
    .filter((override) => override.matches(seriesName, refId))
    .reduce<Omit<FieldOverride, 'matches'>>(
      (merged, override) => ({
        unit: override.unit ?? merged.unit,
        decimals: override.decimals ?? merged.decimals,
        color: override.color ?? merged.color,
        negative: override.negative || merged.negative,
        displayName: override.displayName ?? merged.displayName,
      }),
      none,
    );
}

function thresholdsOf(panel: Json, json: Json): Thresholds {
  const steps = array(json['steps']).map((step) => object(step));
  if (steps.length > 0) {
    return {
      mode: json['mode'] === 'percentage' ? 'percentage' : 'absolute',
      steps: steps.map((step) => ({ from: optionalNumber(step['value']) ?? -Infinity, color: string(step['color'], 'green') })),
    };
  }
  const old = typeof panel['thresholds'] === 'string' && panel['thresholds'] !== '' ? panel['thresholds'].split(',') : [];
  const colors = array(panel['colors']).map((color) => string(color));
  if (old.length === 0 || colors.length === 0) {
    return NO_THRESHOLDS;
  }
  const bounds = [-Infinity, ...old.map(Number)];
  return { mode: 'absolute', steps: bounds.map((from, i) => ({ from, color: colors[Math.min(i, colors.length - 1)] ?? 'green' })) };
}

function colorOf(json: Json): FieldSettings['color'] {
  switch (json['mode']) {
    case 'thresholds':
      return { kind: 'thresholds' };
    case 'fixed':
    case 'shades':
      return { kind: 'fixed', color: string(json['fixedColor'], 'blue') };
    default:
      return { kind: 'palette' };
  }
}

function mappingsOf(json: Json): ValueMapping[] {
  const options = object(json['options']);
  const result = object(options['result'] ?? json);
  const text = string(result['text']);
  const color = optionalString(result['color']);
  switch (json['type']) {
    case 'value':
      return Object.entries(options).map(([value, entry]) => ({
        kind: 'value',
        value,
        text: string(object(entry)['text'], value),
        color: optionalString(object(entry)['color']),
      }));
    case 'range':
      return [{ kind: 'range', from: optionalNumber(options['from']) ?? -Infinity, to: optionalNumber(options['to']) ?? Infinity, text, color }];
    case 'special':
      return String(options['match']).includes('null') || String(options['match']).includes('nan') ? [{ kind: 'null', text, color }] : [];
    default:
      return 'op' in json ? [json['value'] === 'null' ? { kind: 'null', text, color } : { kind: 'value', value: String(json['value']), text, color }] : [];
  }
}

function overrideOf(json: Json): FieldOverride[] {
  const matches = matcherOf(object(json['matcher']));
  if (!matches) {
    return [];
  }
  const property = (id: string) => array(json['properties']).map(object).find((entry) => entry['id'] === id)?.['value'];
  return [
    {
      matches,
      unit: optionalString(property('unit')),
      decimals: optionalNumber(property('decimals')),
      color: optionalString(object(property('color'))['fixedColor']),
      negative: property('custom.transform') === 'negative-Y',
      displayName: optionalString(property('displayName')),
    },
  ];
}

function matcherOf(json: Json): FieldOverride['matches'] | undefined {
  const options = string(json['options']);
  switch (json['id']) {
    case 'byName':
      return (name) => name === options;
    case 'byRegexp':
      return regexMatcher(options);
    case 'byFrameRefID':
      return (_, refId) => refId === options;
    default:
      return undefined;
  }
}

function regexMatcher(text: string): FieldOverride['matches'] | undefined {
  const slashed = /^\/([\s\S]*)\/([imsu]*)$/.exec(text);
  try {
    const pattern = slashed ? new RegExp(slashed[1] ?? '', slashed[2]) : new RegExp(`^${text}$`);
    return (name) => pattern.test(name);
  } catch {
    return undefined; // A pattern that this browser does not know matches nothing.
  }
}

/** `seriesOverrides` and `aliasColors` of the old graph panel. */
function oldOverrides(panel: Json): FieldOverride[] {
  const plain = { unit: undefined, decimals: undefined, displayName: undefined };
  const colors = Object.entries(object(panel['aliasColors'])).map(
    ([name, color]): FieldOverride => ({ ...plain, matches: (series) => series === name, color: optionalString(color), negative: false }),
  );
  const series = array(panel['seriesOverrides'])
    .map(object)
    .flatMap((json): FieldOverride[] => {
      const alias = string(json['alias']);
      const matches = alias.startsWith('/') ? regexMatcher(alias) : (name: string) => name === alias;
      return matches ? [{ ...plain, matches, color: optionalString(json['color']), negative: json['transform'] === 'negative-Y' }] : [];
    });
  return [...colors, ...series];
}
