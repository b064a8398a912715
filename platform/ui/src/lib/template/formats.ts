import { formatDate } from '../units/dates';

/** One value, or those of a multi-value variable. */
export type FormatValue = string | number | boolean | object | readonly unknown[];

/** What a format may need to know beside the value. */
export interface FormatSubject {
  readonly name: string;
  /** What a person reads. */
  readonly text: string;
  /** What stands in addresses as `var-name=`; the value itself without. */
  readonly urlValues?: readonly string[] | undefined;
  readonly timeZone?: string | undefined;
}

type Format = (value: FormatValue, args: readonly string[], subject: FormatSubject) => string;

/** The formats of `${name:format}`, by Grafana's names and rules. */
const FORMATS: Readonly<Record<string, Format>> = {
  csv: (value) => joined(value, ','),
  customqueryparam: (value, args, subject) => {
    const name = encodeStrict(args[0] || subject.name);
    return list(value).map((item) => `${name}=${encodeStrict(args[1] ?? '')}${encodeStrict(String(item))}`).join('&');
  },
  date: (value, args, subject) => date(value, args, subject.timeZone),
  distributed: (value, _args, subject) => (Array.isArray(value) ? value.map((item, i) => (i === 0 ? String(item) : `${subject.name}=${String(item)}`)).join(',') : String(value)),
  doublequote: (value) => list(value).map((item) => `"${String(item).replaceAll('"', '\\"')}"`).join(','),
  glob,
  html: (value) => escapeHtml(joined(value, ', ')),
  join: (value, args) => joined(value, args[0] ?? ','),
  json: (value) => (typeof value === 'string' ? value : (JSON.stringify(value) ?? '')),
  lucene,
  percentencode: (value) => encodeStrict(Array.isArray(value) ? `{${joined(value, ',')}}` : String(value)),
  pipe: (value) => joined(value, '|'),
  queryparam: (value, _args, subject) => (subject.urlValues ?? list(value)).map((item) => `var-${subject.name}=${encodeStrict(String(item))}`).join('&'),
  raw: (value) => String(value),
  regex: (value) => {
    const escaped = list(value).map((item) => escapeRegex(String(item)));
    return Array.isArray(value) && escaped.length !== 1 ? `(${escaped.join('|')})` : (escaped[0] ?? '');
  },
  singlequote: (value) => list(value).map((item) => `'${String(item).replaceAll("'", "\\'")}'`).join(','),
  sqlstring: (value) => list(value).map((item) => `'${String(item).replaceAll("'", "''").replaceAll('"', '\\"')}'`).join(','),
  text: (_value, _args, subject) => subject.text,
  uriencode: (value) => encodeUriStrict(Array.isArray(value) ? `{${joined(value, ',')}}` : String(value)),
};

/** Writes a value as `name` or `name:argument…` says; a format that is not known counts as `glob`, as in Grafana. */
export function formatValue(value: FormatValue, format: string, subject: FormatSubject): string {
  const [name = '', ...args] = format.split(':');
  const write = Object.hasOwn(FORMATS, name) ? FORMATS[name] : undefined;
  return (write ?? glob)(value, args, subject);
}

/** The values of `${name:…}` that people can choose from. */
export const FORMAT_NAMES: readonly string[] = Object.keys(FORMATS);

export function escapeRegex(text: string): string {
  return text.replace(/[\\^$*+?.()|[\]{}/]/g, '\\$&');
}

export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;');
}

/** RFC 3986: also `!'()*` are encoded, which encodeURIComponent leaves. */
export function encodeStrict(text: string): string {
  return strict(encodeURIComponent(wellFormed(text)));
}

/** Leaves what divides an address into its parts. */
export function encodeUriStrict(text: string): string {
  return strict(encodeURI(wellFormed(text)));
}

function strict(encoded: string): string {
  return encoded.replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** Half a surrogate pair, as telemetry may hold, cannot be encoded. */
function wellFormed(text: string): string {
  return text.replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, '\uFFFD');
}

function glob(value: FormatValue): string {
  return Array.isArray(value) && value.length > 1 ? `{${joined(value, ',')}}` : String(value);
}

function lucene(value: FormatValue): string {
  if (!Array.isArray(value)) {
    return escapeLucene(String(value));
  }
  return value.length === 0 ? '__empty__' : `(${value.map((item) => `"${escapeLucene(String(item))}"`).join(' OR ')})`;
}

function escapeLucene(text: string): string {
  return Number.isNaN(Number(text)) ? text.replace(/[!*+\-=<>\s&|()[\]{}^~?:\\/"]/g, '\\$&') : text;
}

function date(value: FormatValue, args: readonly string[], timeZone: string | undefined): string {
  const timeMs = typeof value === 'number' ? value : parseInt(String(value), 10);
  if (Number.isNaN(timeMs)) {
    return 'NaN';
  }
  const form = args.length === 0 ? 'iso' : args.join(':');
  switch (form) {
    case 'ms':
      return String(value);
    case 'seconds':
      return String(Math.round(timeMs / 1000));
    case 'iso':
      return Math.abs(timeMs) <= 8.64e15 ? new Date(timeMs).toISOString() : 'Invalid date';
    default:
      return formatDate(timeMs, form, timeZone);
  }
}

function list(value: FormatValue): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

function joined(value: FormatValue, separator: string): string {
  return Array.isArray(value) ? value.join(separator) : String(value);
}
