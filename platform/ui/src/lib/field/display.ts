import type { Field } from '../frame/frame';
import { unitFormatter, withoutZeros } from '../units/format';
import { resolveColor } from './colors';
import type { ScaledColor } from './colorMode';
import type { DisplayValue, FieldConfig } from './fieldConfig';
import { valueMapper } from './mappings';

export type Display = (value: unknown, decimals?: number) => DisplayValue;

export interface DisplayOptions {
  readonly scale: (value: number) => ScaledColor;
  readonly dark: boolean;
  readonly timeZone: string | undefined;
}

const DATE_UNITS = new Set([
  'dateTimeAsIso',
  'dateTimeAsIsoNoDateIfToday',
  'dateTimeAsUS',
  'dateTimeAsUSNoDateIfToday',
  'dateTimeAsLocal',
  'dateTimeAsLocalNoDateIfToday',
  'dateTimeAsSystem',
  'dateTimeFromNow',
]);

/** A table of 100 columns still stays small, a screen of values is kept. */
const CACHE_MAX = 2500;

/** How the values of a field are written: mappings first, then the unit. */
export function displayOf(field: Field, config: FieldConfig, options: DisplayOptions): Display {
  const plain = uncached(field, config, options);
  if (config.unit === 'dateTimeFromNow') {
    return plain;
  }
  const caches = new Map<number, Map<unknown, DisplayValue>>();
  return (value, decimals) => {
    const key = decimals ?? -1;
    let cache = caches.get(key);
    if (cache === undefined) {
      cache = new Map();
      caches.set(key, cache);
    }
    let shown = cache.get(value);
    if (shown === undefined) {
      if (cache.size >= CACHE_MAX) {
        cache.clear();
      }
      shown = plain(value, decimals);
      cache.set(value, shown);
    }
    return shown;
  };
}

function uncached(field: Field, config: FieldConfig, { scale, dark, timeZone }: DisplayOptions): Display {
  const unit = unitOf(field, config.unit);
  const isDate = DATE_UNITS.has(unit) || unit.startsWith('time:');
  const format = unitFormatter(unit);
  const map = valueMapper(config.mappings);
  const context = { timeZone, showMs: field.type === 'time' && spansLessThanMinute(field) };
  const followsAxis = !isDate && !/^(currency|bool|locale$)/.test(unit) && field.type === 'number' && config.decimals === undefined;
  return (given, decimals) => {
    const value = isDate && typeof given === 'string' && given !== '' ? Date.parse(given) : given;
    const numeric = unit === 'string' ? NaN : toNumber(value);
    const mapped = map?.(value);
    let text = mapped?.text;
    let prefix: string | undefined;
    let suffix: string | undefined;
    let color = mapped?.color === undefined ? undefined : resolveColor(mapped.color, dark);
    let percent: number | undefined;
    if (!Number.isNaN(numeric)) {
      if (text === undefined && typeof value !== 'boolean') {
        const asked = followsAxis ? decimals : undefined;
        ({ text, prefix, suffix } = format(numeric, asked ?? config.decimals, context));
        // The decimals of an axis are those of its steps; in a larger or smaller unit there are too many.
        text = asked === undefined ? text : withoutZeros(text);
      } else if (text === undefined) {
        // As in Grafana, the unit that booleans get by themselves does not spell them.
        text = (config.unit ?? '').startsWith('bool') ? format(numeric).text : String(value);
      }
      const scaled = scale(numeric);
      color ??= scaled.color;
      percent = scaled.percent;
    }
    text ??= plainText(value);
    if (text === '') {
      text = config.noValue ?? '';
    }
    return { text, numeric, prefix, suffix, color: color ?? scale(-Infinity).color, percent, icon: mapped?.icon };
  };
}

function unitOf(field: Field, unit: string | undefined): string {
  const given = unit ?? '';
  switch (field.type) {
    case 'time':
      return DATE_UNITS.has(given) || given.startsWith('time:') ? given : 'dateTimeAsSystem';
    case 'boolean':
      return given.startsWith('bool') ? given : 'bool';
    case 'string':
      return given === '' ? 'string' : given;
    default:
      return given === '' ? 'none' : given;
  }
}

/** Texts of numbers are numbers; nothing, empty texts and lists are none. */
function toNumber(value: unknown): number {
  if (typeof value === 'number') {
    return value;
  }
  if (typeof value === 'boolean') {
    return Number(value);
  }
  return typeof value === 'string' && value.trim() !== '' ? Number(value) : NaN;
}

function plainText(value: unknown): string {
  if (value === null || value === undefined) {
    return '';
  }
  if (Array.isArray(value)) {
    return value.map(plainText).join(', ');
  }
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function spansLessThanMinute({ values }: Field): boolean {
  const [first, last] = [values[0], values[values.length - 1]];
  return values.length > 1 && typeof first === 'number' && typeof last === 'number' && Math.abs(last - first) < 60_000;
}
