import { toWall } from '../timeZone';

interface DateParts {
  readonly year: number;
  /** From 1. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly ms: number;
  /** Sunday is 0. */
  readonly weekday: number;
  readonly epochMs: number;
}

const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];
const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

const TOKEN = /\[([^\]]*)\]|\\(.)|YYYY|YY|Y|Qo|Q|MMMM|MMM|MM|Mo|M|DDDD|DDDo|DDD|DD|Do|D|dddd|ddd|dd|do|d|E|e|WW|Wo|W|ww|wo|w|GGGG|gggg|HH|H|hh|h|kk|k|mm|m|ss|s|S{1,9}|ZZ|Z|zz|z|X|x|A|a|LTS|LT|LLLL|LLL|LL|L|llll|lll|ll|l/g;

const LOCALISED: Readonly<Record<string, string>> = {
  LTS: 'h:mm:ss A',
  LT: 'h:mm A',
  L: 'MM/DD/YYYY',
  LL: 'MMMM D, YYYY',
  LLL: 'MMMM D, YYYY h:mm A',
  LLLL: 'dddd, MMMM D, YYYY h:mm A',
  l: 'M/D/YYYY',
  ll: 'MMM D, YYYY',
  lll: 'MMM D, YYYY h:mm A',
  llll: 'ddd, MMM D, YYYY h:mm A',
};

/** Patterns are short; what a dashboard makes longer is cut. */
const PATTERN_LENGTH_MAX = 200;

/** A date in a pattern of Moment.js (`YYYY-MM-DD HH:mm:ss`), in English. `Invalid date` for what is none. */
export function formatDate(epochMs: number, pattern: string, timeZone?: string): string {
  const parts = dateParts(epochMs, timeZone);
  return parts === undefined ? 'Invalid date' : write(parts, pattern.slice(0, PATTERN_LENGTH_MAX));
}

/** Whether both moments are on the same day of the time zone. */
export function isSameDay(aMs: number, bMs: number, timeZone?: string): boolean {
  const a = dateParts(aMs, timeZone);
  const b = dateParts(bMs, timeZone);
  return a !== undefined && b !== undefined && a.day === b.day && a.month === b.month && a.year === b.year;
}

/** `5 minutes ago`, `in a day`: the steps of Moment.js. */
export function formatTimeAgo(epochMs: number, nowMs: number): string {
  if (!Number.isFinite(epochMs)) {
    return 'Invalid date';
  }
  const words = humanise(Math.abs(epochMs - nowMs));
  return epochMs > nowMs ? `in ${words}` : `${words} ago`;
}

/** The pattern in which the browser's language writes date and time. */
export function localPattern(withDate: boolean, language?: string): string {
  const time = { hour: '2-digit', minute: '2-digit', second: '2-digit' } as const;
  const options = withDate ? ({ year: 'numeric', month: '2-digit', day: '2-digit', ...time } as const) : time;
  const format = new Intl.DateTimeFormat(language, options);
  const tokens: Readonly<Record<string, string>> = {
    year: 'YYYY',
    month: 'MM',
    day: 'DD',
    hour: format.resolvedOptions().hour12 ? 'hh' : 'HH',
    minute: 'mm',
    second: 'ss',
    dayPeriod: 'A',
  };
  return format
    .formatToParts(new Date(0))
    .map((part) => tokens[part.type] ?? part.value)
    .join('');
}

function humanise(ageMs: number): string {
  const s = Math.round(ageMs / 1000);
  const m = Math.round(ageMs / 60_000);
  const h = Math.round(ageMs / 3_600_000);
  const d = Math.round(ageMs / 86_400_000);
  const exactMonths = (ageMs / 86_400_000) * (4800 / 146_097);
  const months = Math.round(exactMonths);
  const years = Math.round(exactMonths / 12);
  if (s < 45) return 'a few seconds';
  if (m <= 1) return 'a minute';
  if (m < 45) return `${m} minutes`;
  if (h <= 1) return 'an hour';
  if (h < 22) return `${h} hours`;
  if (d <= 1) return 'a day';
  if (d < 26) return `${d} days`;
  if (months <= 1) return 'a month';
  if (months < 11) return `${months} months`;
  return years <= 1 ? 'a year' : `${years} years`;
}

function write(date: DateParts, pattern: string): string {
  return pattern.replace(TOKEN, (token: string, bracketed: string | undefined, escaped: string | undefined) => {
    if (bracketed !== undefined || escaped !== undefined) {
      return bracketed ?? escaped ?? '';
    }
    const localised = LOCALISED[token];
    return localised === undefined ? writeToken(date, token) : write(date, localised);
  });
}

function writeToken(date: DateParts, token: string): string {
  switch (token) {
    case 'YYYY':
    case 'Y':
      return pad(date.year, token === 'YYYY' ? 4 : 1);
    case 'YY':
      return pad(date.year % 100, 2);
    case 'Q':
      return String(Math.ceil(date.month / 3));
    case 'Qo':
      return ordinal(Math.ceil(date.month / 3));
    case 'MMMM':
      return MONTHS[date.month - 1] ?? '';
    case 'MMM':
      return (MONTHS[date.month - 1] ?? '').slice(0, 3);
    case 'MM':
    case 'M':
      return pad(date.month, token.length);
    case 'Mo':
      return ordinal(date.month);
    case 'DDDD':
    case 'DDD':
      return pad(dayOfYear(date), token === 'DDDD' ? 3 : 1);
    case 'DDDo':
      return ordinal(dayOfYear(date));
    case 'DD':
    case 'D':
      return pad(date.day, token.length);
    case 'Do':
      return ordinal(date.day);
    case 'dddd':
      return WEEKDAYS[date.weekday] ?? '';
    case 'ddd':
    case 'dd':
      return (WEEKDAYS[date.weekday] ?? '').slice(0, token.length);
    case 'do':
      return ordinal(date.weekday);
    case 'd':
    case 'e':
      return String(date.weekday);
    case 'E':
      return String(isoWeekday(date));
    case 'WW':
    case 'W':
      return pad(isoWeek(date).week, token.length);
    case 'Wo':
      return ordinal(isoWeek(date).week);
    case 'GGGG':
      return pad(isoWeek(date).year, 4);
    case 'ww':
    case 'w':
      return pad(week(date).week, token.length);
    case 'wo':
      return ordinal(week(date).week);
    case 'gggg':
      return pad(week(date).year, 4);
    default:
      return writeTimeToken(date, token);
  }
}

function writeTimeToken(date: DateParts, token: string): string {
  switch (token) {
    case 'HH':
    case 'H':
      return pad(date.hour, token.length);
    case 'hh':
    case 'h':
      return pad(date.hour % 12 || 12, token.length);
    case 'kk':
    case 'k':
      return pad(date.hour || 24, token.length);
    case 'mm':
    case 'm':
      return pad(date.minute, token.length);
    case 'ss':
    case 's':
      return pad(date.second, token.length);
    case 'A':
      return date.hour < 12 ? 'AM' : 'PM';
    case 'a':
      return date.hour < 12 ? 'am' : 'pm';
    case 'Z':
    case 'ZZ':
      return offset(date, token === 'Z' ? ':' : '');
    case 'X':
      return String(Math.floor(date.epochMs / 1000));
    case 'x':
      return String(date.epochMs);
    case 'z':
    case 'zz':
      return offset(date, '') === '+0000' ? 'UTC' : '';
    default:
      // Fractions of a second, of any length.
      return token.startsWith('S') ? pad(date.ms, 3).padEnd(9, '0').slice(0, token.length) : token;
  }
}

function dateParts(epochMs: number, timeZone: string | undefined): DateParts | undefined {
  const wall = toWall(epochMs, timeZone === '' || timeZone === 'browser' ? undefined : timeZone);
  return Number.isNaN(wall.getTime()) ? undefined : utcParts(wall, epochMs);
}

/** The parts of a date whose UTC fields are what the clock on the wall shows. */
function utcParts(wall: Date, epochMs: number): DateParts {
  return {
    year: wall.getUTCFullYear(),
    month: wall.getUTCMonth() + 1,
    day: wall.getUTCDate(),
    hour: wall.getUTCHours(),
    minute: wall.getUTCMinutes(),
    second: wall.getUTCSeconds(),
    ms: wall.getUTCMilliseconds(),
    weekday: wall.getUTCDay(),
    epochMs,
  };
}

function wallMs(date: DateParts): number {
  return Date.UTC(date.year, date.month - 1, date.day, date.hour, date.minute, date.second, date.ms);
}

function offset(date: DateParts, separator: string): string {
  const minutesAhead = Math.round((wallMs(date) - date.epochMs) / 60_000);
  const size = Math.abs(minutesAhead);
  return `${minutesAhead < 0 ? '-' : '+'}${pad(Math.floor(size / 60), 2)}${separator}${pad(size % 60, 2)}`;
}

function dayOfYear(date: DateParts): number {
  return Math.round((Date.UTC(date.year, date.month - 1, date.day) - Date.UTC(date.year, 0, 1)) / 86_400_000) + 1;
}

function isoWeekday(date: DateParts): number {
  return date.weekday === 0 ? 7 : date.weekday;
}

/** The week of the year to which the Thursday of the same week belongs. */
function isoWeek(date: DateParts): { year: number; week: number } {
  const thursday = new Date(Date.UTC(date.year, date.month - 1, date.day + 4 - isoWeekday(date)));
  return weekOf(thursday);
}

/** Weeks as they are counted in the United States: from Sunday, the first holds 1 January. */
function week(date: DateParts): { year: number; week: number } {
  const saturday = new Date(Date.UTC(date.year, date.month - 1, date.day + 6 - date.weekday));
  return weekOf(saturday);
}

function weekOf(representative: Date): { year: number; week: number } {
  const year = representative.getUTCFullYear();
  const days = Math.round((representative.getTime() - Date.UTC(year, 0, 1)) / 86_400_000);
  return { year, week: Math.floor(days / 7) + 1 };
}

function ordinal(value: number): string {
  const tens = value % 100;
  const suffix = tens >= 11 && tens <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][value % 10] ?? 'th');
  return `${value}${suffix}`;
}

function pad(value: number, length: number): string {
  return value < 0 ? `-${String(-value).padStart(length, '0')}` : String(value).padStart(length, '0');
}
