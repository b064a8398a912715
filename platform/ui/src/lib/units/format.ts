import { CATEGORIES } from './categories';
import { dateFormatter } from './dateUnits';
import { count, currency, either, plain, si, siOffset, type FormattedValue, type UnitContext, type UnitFormatter } from './numbers';

/** What a picker of units shows. */
export const UNITS: readonly { readonly name: string; readonly units: readonly { readonly id: string; readonly name: string }[] }[] = CATEGORIES.map(
  ({ name, units }) => ({ name, units: units.map(([id, unitName]) => ({ id, name: unitName })) }),
);

const BY_ID: ReadonlyMap<string, UnitFormatter> = new Map([
  ...CATEGORIES.flatMap(({ units }) => units.map(([id, , formatter]) => [id, formatter] as const)),
  // Older dashboards spell it so.
  ['farenheit', plain('°F')] as const,
]);

/** Formatters of custom units, which dashboards make up; bounded because their number is not. */
const custom = new Map<string, UnitFormatter>();
const CUSTOM_MAX = 500;

/** How a unit writes numbers. An id that is not known is itself written behind the number, as Grafana does. */
export function unitFormatter(id: string | undefined): UnitFormatter {
  const known = BY_ID.get(id === undefined || id === '' ? 'none' : id) ?? custom.get(id ?? '');
  if (known !== undefined) {
    return known;
  }
  const made = customFormatter(id ?? '');
  if (custom.size >= CUSTOM_MAX) {
    custom.clear();
  }
  custom.set(id ?? '', made);
  return made;
}

/** A number in a unit: the same text, prefix and suffix as in Grafana. */
export function formatUnit(value: number | null | undefined, unit: string | undefined, decimals?: number, context?: UnitContext): FormattedValue {
  return value === null || value === undefined ? { text: '' } : unitFormatter(unit)(value, decimals, context);
}

/** The whole of a formatted or displayed value as one text. */
export function formatDisplay(value: FormattedValue): string {
  return `${value.prefix ?? ''}${value.text}${value.suffix ?? ''}`;
}

/** `formatUnit` as one text. */
export function formatUnitText(value: number | null | undefined, unit: string | undefined, decimals?: number, context?: UnitContext): string {
  return formatDisplay(formatUnit(value, unit, decimals, context));
}

/**
 * A value as pages other than dashboards show it: a dash for what is missing, no trailing zeros unless decimals are asked for,
 * large numbers shortened where there is no unit.
 */
export function formatValue(value: number | null | undefined, unit = 'short', { decimals }: { readonly decimals?: number | undefined } = {}): string {
  if (value === null || value === undefined) {
    return '–';
  }
  const formatted = unitFormatter(unit)(value, decimals);
  return formatDisplay(decimals === undefined ? { ...formatted, text: withoutZeros(formatted.text) } : formatted);
}

/** `60.00` is written `60`; texts that are no plain number, such as `1,000`, `∞` or a date, stay. */
export function withoutZeros(text: string): string {
  return /^-?\d+\.\d+$/.test(text) ? String(Number(text)) : text;
}

function customFormatter(id: string): UnitFormatter {
  const colon = id.indexOf(':');
  const kind = colon > 0 ? id.slice(0, colon) : '';
  const rest = id.slice(colon + 1);
  switch (kind) {
    case 'prefix':
      return plain(rest, true);
    case 'suffix':
      return plain(rest);
    case 'time':
      return dateFormatter(rest);
    case 'si': {
      const offset = siOffset(rest.charAt(0));
      return si(offset === 0 ? rest : rest.slice(1), offset);
    }
    case 'count':
      return count(rest);
    case 'currency':
      return currency(rest);
    case 'bool': {
      const slash = rest.indexOf('/');
      return slash >= 0 ? either(rest.slice(0, slash), rest.slice(slash + 1)) : either(rest, '-');
    }
    default:
      return plain(id);
  }
}
