import { fromWall } from '../timeZone';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** What a token reads, as an expression, and where it goes. */
const TOKENS: Readonly<Record<string, string>> = {
  YYYY: '(?<year>\\d{4})',
  YY: '(?<shortYear>\\d{2})',
  MMMM: '(?<monthName>[A-Za-z]{3,9})',
  MMM: '(?<monthName>[A-Za-z]{3})',
  MM: '(?<month>\\d{1,2})',
  M: '(?<month>\\d{1,2})',
  DD: '(?<day>\\d{1,2})',
  D: '(?<day>\\d{1,2})',
  HH: '(?<hour>\\d{1,2})',
  H: '(?<hour>\\d{1,2})',
  hh: '(?<hour>\\d{1,2})',
  h: '(?<hour>\\d{1,2})',
  mm: '(?<minute>\\d{1,2})',
  m: '(?<minute>\\d{1,2})',
  ss: '(?<second>\\d{1,2})',
  s: '(?<second>\\d{1,2})',
  A: '(?<half>[AaPp][Mm])',
  a: '(?<half>[AaPp][Mm])',
  ZZ: '(?<offset>Z|[+-]\\d{2}:?\\d{2})',
  Z: '(?<offset>Z|[+-]\\d{2}:?\\d{2})',
  X: '(?<unix>\\d{1,13}(?:\\.\\d+)?)',
  x: '(?<unixMs>\\d{1,16})',
};
const TOKEN = /\[([^\]]*)\]|YYYY|YY|MMMM|MMM|MM|M|DD|D|HH|H|hh|h|mm|m|ss|s|S{1,9}|A|a|ZZ|Z|X|x|[^A-Za-z[]+|./g;

/** Milliseconds since the epoch of a text in a pattern of Moment.js, or in ISO 8601 without one; undefined for what is none. */
export function parseDate(text: string, pattern?: string, timeZone?: string): number | undefined {
  const trimmed = text.trim();
  if (pattern === undefined) {
    const time = /^\d{10,16}$/.test(trimmed) ? Number(trimmed) : Date.parse(trimmed);
    return Number.isNaN(time) ? undefined : time;
  }
  const found = patternRegex(pattern.slice(0, 100))?.exec(trimmed)?.groups;
  return found === undefined ? undefined : fromParts(found, timeZone);
}

function patternRegex(pattern: string): RegExp | undefined {
  const source = pattern.replace(TOKEN, (token: string, literal: string | undefined) => {
    if (literal !== undefined) {
      return escaped(literal);
    }
    return token.startsWith('S') ? '(?<fraction>\\d{1,9})' : (TOKENS[token] ?? escaped(token));
  });
  try {
    return new RegExp(`^${source}`);
  } catch {
    return undefined; // A part that stands twice.
  }
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}

function fromParts(parts: Readonly<Record<string, string | undefined>>, timeZone: string | undefined): number | undefined {
  if (parts['unix'] !== undefined || parts['unixMs'] !== undefined) {
    return parts['unix'] === undefined ? Number(parts['unixMs']) : Number(parts['unix']) * 1000;
  }
  const now = new Date();
  const month = parts['monthName'] === undefined ? Number(parts['month'] ?? 1) - 1 : MONTHS.indexOf(parts['monthName'].slice(0, 3).toLowerCase());
  const shortYear = parts['shortYear'] === undefined ? undefined : Number(parts['shortYear']) + (Number(parts['shortYear']) > 68 ? 1900 : 2000);
  const year = parts['year'] === undefined ? (shortYear ?? now.getFullYear()) : Number(parts['year']);
  const half = parts['half']?.toLowerCase();
  const hour = (Number(parts['hour'] ?? 0) % (half === undefined ? 24 : 12)) + (half === 'pm' ? 12 : 0);
  const ms = Math.floor(Number(`0.${parts['fraction'] ?? '0'}`) * 1000);
  const wall = Date.UTC(year, month, Number(parts['day'] ?? 1), hour, Number(parts['minute'] ?? 0), Number(parts['second'] ?? 0), ms);
  if (Number.isNaN(wall) || month < 0 || month > 11) {
    return undefined;
  }
  return parts['offset'] === undefined ? fromWall(new Date(wall), timeZone) : wall - offsetMs(parts['offset']);
}

function offsetMs(offset: string): number {
  const match = /^([+-])(\d{2}):?(\d{2})$/.exec(offset);
  return match ? (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3])) * 60_000 : 0;
}
