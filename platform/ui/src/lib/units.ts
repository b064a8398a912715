/** Numbers as people read them, under the unit ids of Grafana's dashboards. */
export interface FormatOptions {
  /** Digits after the point; chosen from the size of the number where absent. */
  readonly decimals?: number | undefined;
}

const SI = ['', 'K', 'M', 'G', 'T', 'P', 'E'];
const SMALL = ['', 'm', 'µ', 'n', 'p'];
const IEC = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];

type Formatter = (value: number, decimals: number | undefined) => string;

const scaled =
  (base: number, prefixes: readonly string[], unit: string, gap = ' '): Formatter =>
  (value, decimals) => {
    let index = 0;
    let scaledValue = value;
    while (Math.abs(scaledValue) >= base && index < prefixes.length - 1) {
      scaledValue /= base;
      index++;
    }
    const suffix = `${prefixes[index] ?? ''}${unit}`;
    return suffix === '' ? fixed(scaledValue, decimals) : `${fixed(scaledValue, decimals)}${gap}${suffix}`;
  };

/** SI prefixes both above and below one, for physical units. */
const physical =
  (unit: string): Formatter =>
  (value, decimals) => {
    let index = 0;
    let scaledValue = value;
    while (scaledValue !== 0 && Math.abs(scaledValue) < 1 && index < SMALL.length - 1) {
      scaledValue *= 1000;
      index++;
    }
    return index === 0 ? scaled(1000, SI, unit)(value, decimals) : `${fixed(scaledValue, decimals)} ${SMALL[index] ?? ''}${unit}`;
  };

const suffixed =
  (suffix: string, gap = ' '): Formatter =>
  (value, decimals) =>
    `${fixed(value, decimals)}${gap}${suffix}`;

const currency =
  (symbol: string): Formatter =>
  (value, decimals) =>
    `${value < 0 ? '-' : ''}${symbol}${scaled(1000, ['', 'K', 'M', 'B', 'T'], '', '')(Math.abs(value), decimals)}`;

const either =
  (whenTrue: string, whenFalse: string): Formatter =>
  (value) =>
    value === 0 ? whenFalse : whenTrue;

/** Seconds in the unit that keeps the number between 1 and 1000. */
const duration: Formatter = (value, decimals) => {
  const size = Math.abs(value);
  if (size === 0) return `${fixed(0, decimals)} s`;
  if (size < 1e-6) return `${fixed(value * 1e9, decimals)} ns`;
  if (size < 1e-3) return `${fixed(value * 1e6, decimals)} µs`;
  if (size < 1) return `${fixed(value * 1e3, decimals)} ms`;
  if (size < 60) return `${fixed(value, decimals)} s`;
  if (size < 3600) return `${fixed(value / 60, decimals)} min`;
  if (size < 86_400) return `${fixed(value / 3600, decimals)} h`;
  if (size < 604_800) return `${fixed(value / 86_400, decimals)} d`;
  if (size < 31_536_000) return `${fixed(value / 604_800, decimals)} w`;
  return `${fixed(value / 31_536_000, decimals)} y`;
};

const seconds =
  (factor: number): Formatter =>
  (value, decimals) =>
    duration(value * factor, decimals);

const FORMATTERS: Readonly<Record<string, Formatter>> = {
  none: fixed,
  string: (value) => String(value),
  short: scaled(1000, ['', ' K', ' Mil', ' Bil', ' Tri'], '', ''),
  sishort: physical(''),
  locale: (value, decimals) => value.toLocaleString('en-US', { maximumFractionDigits: decimals ?? 3 }),
  sci: (value, decimals) => value.toExponential(decimals ?? 2),
  percent: suffixed('%', ''),
  percentunit: (value, decimals) => `${fixed(value * 100, decimals)}%`,
  bytes: scaled(1024, IEC, 'B'),
  decbytes: scaled(1000, ['', 'k', 'M', 'G', 'T', 'P'], 'B'),
  kbytes: (value, decimals) => scaled(1024, IEC, 'B')(value * 1024, decimals),
  mbytes: (value, decimals) => scaled(1024, IEC, 'B')(value * 1024 ** 2, decimals),
  gbytes: (value, decimals) => scaled(1024, IEC, 'B')(value * 1024 ** 3, decimals),
  bits: scaled(1024, IEC, 'b'),
  decbits: scaled(1000, ['', 'k', 'M', 'G', 'T', 'P'], 'b'),
  Bps: scaled(1000, ['', 'k', 'M', 'G', 'T', 'P'], 'B/s'),
  binBps: scaled(1024, IEC, 'B/s'),
  bps: scaled(1000, ['', 'k', 'M', 'G', 'T', 'P'], 'b/s'),
  binbps: scaled(1024, IEC, 'b/s'),
  KiBs: (value, decimals) => scaled(1024, IEC, 'B/s')(value * 1024, decimals),
  MiBs: (value, decimals) => scaled(1024, IEC, 'B/s')(value * 1024 ** 2, decimals),
  ns: seconds(1e-9),
  µs: seconds(1e-6),
  ms: seconds(1e-3),
  s: seconds(1),
  m: seconds(60),
  h: seconds(3600),
  d: seconds(86_400),
  dtdurations: seconds(1),
  dtdurationms: seconds(1e-3),
  clocks: seconds(1),
  hertz: scaled(1000, ['', 'k', 'M', 'G', 'T'], 'Hz'),
  rothz: suffixed('Hz'),
  rotrpm: suffixed('rpm'),
  celsius: suffixed('°C', ' '),
  fahrenheit: suffixed('°F', ' '),
  watt: physical('W'),
  volt: physical('V'),
  amp: physical('A'),
  joule: physical('J'),
  humidity: suffixed('%H', ''),
  ops: scaled(1000, SI, 'ops/s'),
  reqps: scaled(1000, SI, 'req/s'),
  rps: scaled(1000, SI, 'rd/s'),
  wps: scaled(1000, SI, 'wr/s'),
  iops: scaled(1000, SI, 'io/s'),
  cps: scaled(1000, SI, 'c/s'),
  eps: scaled(1000, SI, 'evt/s'),
  pps: scaled(1000, SI, 'p/s'),
  mps: scaled(1000, SI, 'msg/s'),
  recps: scaled(1000, SI, 'rec/s'),
  opm: scaled(1000, SI, 'ops/min'),
  reqpm: scaled(1000, SI, 'req/min'),
  cpm: scaled(1000, SI, 'c/min'),
  bool: either('True', 'False'),
  bool_yes_no: either('Yes', 'No'),
  bool_on_off: either('On', 'Off'),
  currencyUSD: currency('$'),
  currencyEUR: currency('€'),
  currencyGBP: currency('£'),
  dateTimeAsIso: (value) => isoTime(value),
  dateTimeAsUS: (value) => isoTime(value),
  dateTimeAsLocal: (value) => isoTime(value),
  dateTimeFromNow: (value) => isoTime(value),
};

/** A unit that is not known is written behind the number, as Grafana does with custom units. */
export function formatValue(value: number | null | undefined, unit?: string, options: FormatOptions = {}): string {
  if (value === null || value === undefined) {
    return '–';
  }
  if (Number.isNaN(value)) {
    return 'NaN';
  }
  if (!Number.isFinite(value)) {
    return value > 0 ? '+Inf' : '-Inf';
  }
  return formatterOf(unit ?? '')(value, options.decimals);
}

function formatterOf(unit: string): Formatter {
  const known = Object.hasOwn(FORMATTERS, unit === '' ? 'short' : unit) ? FORMATTERS[unit === '' ? 'short' : unit] : undefined;
  if (known) {
    return known;
  }
  const custom = /^(suffix|prefix|currency|si|count|bool):(.*)$/.exec(unit);
  switch (custom?.[1]) {
    case 'prefix':
      return (value, decimals) => `${custom[2] ?? ''}${fixed(value, decimals)}`;
    case 'currency':
      return currency(custom[2] ?? '');
    case 'si':
      return physical(custom[2] ?? '');
    case 'count':
      return scaled(1000, SI, custom[2] ?? '');
    case 'bool':
      return either(...boolNames(custom[2] ?? ''));
    case 'suffix':
      return suffixed(custom[2] ?? '');
    default:
      return suffixed(unit);
  }
}

function boolNames(names: string): [string, string] {
  const [whenTrue = 'True', whenFalse = 'False'] = names.split('/');
  return [whenTrue, whenFalse];
}

/** Three significant digits without trailing zeros unless the dashboard says how many decimals. */
function fixed(value: number, decimals: number | undefined): string {
  if (decimals !== undefined) {
    return value.toFixed(Math.min(20, Math.max(0, decimals)));
  }
  if (Number.isInteger(value)) {
    return String(value);
  }
  const size = Math.abs(value);
  if (size >= 100) {
    return String(Math.round(value));
  }
  if (size < 1e-4) {
    return value.toExponential(1);
  }
  return String(Number(value.toPrecision(3)));
}

function isoTime(ms: number): string {
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? String(ms) : date.toISOString().replace('T', ' ').slice(0, 19);
}
