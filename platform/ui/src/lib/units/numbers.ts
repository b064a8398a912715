/** A number as it is written: `prefix + text + suffix`. */
export interface FormattedValue {
  readonly text: string;
  readonly prefix?: string | undefined;
  readonly suffix?: string | undefined;
}

/** How a unit writes a number. Without decimals as many are written as the size of the number asks for. */
export type UnitFormatter = (value: number, decimals?: number, context?: UnitContext) => FormattedValue;

/** What units of dates need to know beside the number. */
export interface UnitContext {
  /** An IANA name or `utc`; undefined for the browser's. */
  readonly timeZone?: string | undefined;
  /** Whether the date of no particular form is written to the millisecond. */
  readonly showMs?: boolean | undefined;
  /** The clock, for ages. */
  readonly nowMs?: number | undefined;
}

/** Powers of ten are written without exponent up to here. */
const DECIMALS_MAX = 20;

const SI_PREFIXES = ['f', 'p', 'n', 'µ', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E', 'Z', 'Y'];
const SI_BASE = SI_PREFIXES.indexOf('');
const BINARY_PREFIXES = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei', 'Zi', 'Yi'];
const COUNT_PREFIXES = ['', 'K', 'M', 'B', 'T'];

/** None for whole numbers, else three significant digits. */
export function decimalsFor(value: number): number {
  if (value % 1 === 0) {
    return 0;
  }
  const magnitude = Math.floor(Math.log(Math.abs(value)) / Math.LN10);
  return Math.max(0, 2 - magnitude);
}

/** The number with exactly so many decimals; never throws, whatever a dashboard asks for. */
export function fixed(value: number, decimals?: number): string {
  if (!Number.isFinite(value)) {
    return value.toLocaleString();
  }
  const digits = boundedDecimals(decimals) ?? decimalsFor(value);
  if (value === 0) {
    return value.toFixed(Math.min(digits, DECIMALS_MAX));
  }
  const factor = digits > 0 ? 10 ** digits : 1;
  const text = String(Math.round(value * factor) / factor);
  if (text.includes('e')) {
    return text;
  }
  const point = text.indexOf('.');
  const precision = point === -1 ? 0 : text.length - point - 1;
  return precision < digits ? (precision > 0 ? text : `${text}.`) + String(factor).slice(1, digits - precision + 1) : text;
}

/** The number followed by a space and the unit, or behind it. */
export function plain(unit: string, asPrefix = false): UnitFormatter {
  return (value, decimals) => {
    const text = fixed(value, decimals);
    if (unit === '') {
      return { text };
    }
    return asPrefix ? { text, prefix: unit } : { text, suffix: ` ${unit}` };
  };
}

/** The number divided by a power of the factor; `suffixes[offset]` is written behind numbers in [1, factor). */
export function scaled(factor: number, suffixes: readonly string[], offset = 0): UnitFormatter {
  return (value, decimals) => {
    if (!Number.isFinite(value)) {
      return { text: value.toLocaleString() };
    }
    const power = value === 0 ? 0 : Math.floor(Math.log10(Math.abs(value)) / Math.log10(factor));
    const last = suffixes.length - 1;
    return {
      text: fixed(value / factor ** clamp(power, -offset, last - offset), decimals),
      suffix: suffixes[clamp(offset + power, 0, last)],
    };
  };
}

/** With SI prefixes; the number is given in 1000^offset of the unit. */
export function si(unit: string, offset = 0): UnitFormatter {
  const suffixes = SI_PREFIXES.map((prefix) => ` ${prefix}${unit}`);
  return scaled(1000, suffixes, SI_BASE + offset);
}

/** With binary prefixes; the number is given in 1024^offset of the unit. */
export function binary(unit: string, offset = 0): UnitFormatter {
  const suffixes = BINARY_PREFIXES.map((prefix) => ` ${prefix}${unit}`);
  return scaled(1024, suffixes, offset);
}

/** The power of 1000 that an SI prefix stands for; 0 for what is none. */
export function siOffset(prefix: string): number {
  const index = SI_PREFIXES.findIndex((known) => known.normalize('NFKD') === prefix.normalize('NFKD'));
  return index < 0 ? 0 : index - SI_BASE;
}

export function count(unit: string): UnitFormatter {
  const scale = scaled(1000, COUNT_PREFIXES);
  return (value, decimals) => {
    const formatted = scale(value, decimals);
    return { ...formatted, suffix: `${formatted.suffix ?? ''} ${unit}` };
  };
}

export function currency(symbol: string, asSuffix = false): UnitFormatter {
  const scale = scaled(1000, COUNT_PREFIXES);
  return (value, decimals) => {
    const { text, suffix } = scale(Math.abs(value), decimals);
    const sign = value < 0 ? '-' : '';
    if (asSuffix) {
      return { text, prefix: sign === '' ? undefined : sign, suffix: suffix === undefined ? undefined : `${suffix}${symbol}` };
    }
    return { text, prefix: `${sign}${symbol}`, suffix };
  };
}

export const percent: UnitFormatter = (value, decimals) => ({ text: fixed(value, decimals), suffix: '%' });
export const percentOfOne: UnitFormatter = (value, decimals) => ({ text: fixed(100 * value, decimals), suffix: '%' });
export const asString: UnitFormatter = (value) => ({ text: String(value) });

export const hex: UnitFormatter = (value, decimals) => ({ text: Number.parseFloat(fixed(value, decimals)).toString(16).toUpperCase() });

export const hex0x: UnitFormatter = (value, decimals) => {
  const { text } = hex(value, decimals);
  return { text: text.startsWith('-') ? `-0x${text.slice(1)}` : `0x${text}` };
};

export const scientific: UnitFormatter = (value, decimals) => ({ text: value.toExponential(boundedDecimals(decimals)) });

export const locale: UnitFormatter = (value, decimals) => ({
  text: value.toLocaleString(undefined, { maximumFractionDigits: boundedDecimals(decimals) }),
});

export function either(whenTrue: string, whenFalse: string): UnitFormatter {
  return (value) => ({ text: value ? whenTrue : whenFalse });
}

function boundedDecimals(decimals: number | undefined): number | undefined {
  return decimals === undefined || Number.isNaN(decimals) ? undefined : clamp(Math.trunc(decimals), 0, DECIMALS_MAX);
}

function clamp(value: number, min: number, max: number): number {
  return Math.min(max, Math.max(min, value));
}
