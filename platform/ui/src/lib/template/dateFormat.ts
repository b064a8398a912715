/** Date formats as Moment.js writes them: `YYYY-MM-DD HH:mm:ss`, literal text in square brackets. */
const TOKEN = /\[([^\]]*)\]|YYYY|YY|Y|MMMM|MMM|MM|Mo|M|DDDD|DDD|DD|Do|D|dddd|ddd|dd|d|E|HH|H|hh|h|kk|k|mm|m|ss|s|S{1,9}|A|a|ZZ|Z|X|x|Q|WW|W|GGGG|LTS|LT|LLLL|LLL|LL|L|ll|l/g;

/** What the longer names of Moment.js stand for in its English locale. */
const NAMED: Readonly<Record<string, string>> = {
  LTS: 'h:mm:ss A',
  LT: 'h:mm A',
  L: 'MM/DD/YYYY',
  l: 'M/D/YYYY',
  LL: 'MMMM D, YYYY',
  ll: 'MMM D, YYYY',
  LLL: 'MMMM D, YYYY h:mm A',
  LLLL: 'dddd, MMMM D, YYYY h:mm A',
};

const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];
const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const DAY_MS = 86_400_000;

/** Writes a time in a zone: an IANA name, `utc`, or undefined for the browser's. An unknown zone counts as the browser's. */
export function formatDate(timeMs: number, format: string, timeZone?: string): string {
  const offsetMinutes = offsetOf(timeMs, timeZone);
  // A date whose UTC parts are the parts of the wall clock in the zone.
  const wall = new Date(timeMs + offsetMinutes * 60_000);
  return Number.isNaN(wall.getTime()) ? 'Invalid date' : write(format, wall, timeMs, offsetMinutes);
}

function write(format: string, wall: Date, timeMs: number, offsetMinutes: number): string {
  return format.replace(TOKEN, (token, literal: string | undefined) => {
    if (literal !== undefined) return literal;
    const named = NAMED[token];
    return named === undefined ? part(token, wall, timeMs, offsetMinutes) : write(named, wall, timeMs, offsetMinutes);
  });
}

function part(token: string, wall: Date, timeMs: number, offsetMinutes: number): string {
  const year = wall.getUTCFullYear();
  const month = wall.getUTCMonth();
  const day = wall.getUTCDate();
  const hours = wall.getUTCHours();
  switch (token) {
    case 'YYYY':
      return pad(year, 4);
    case 'Y':
      return String(year);
    case 'YY':
      return pad(year % 100, 2);
    case 'MMMM':
      return MONTHS[month] ?? '';
    case 'MMM':
      return (MONTHS[month] ?? '').slice(0, 3);
    case 'MM':
      return pad(month + 1, 2);
    case 'Mo':
      return ordinal(month + 1);
    case 'M':
      return String(month + 1);
    case 'Q':
      return String(Math.floor(month / 3) + 1);
    case 'DDDD':
      return pad(dayOfYear(wall), 3);
    case 'DDD':
      return String(dayOfYear(wall));
    case 'DD':
      return pad(day, 2);
    case 'Do':
      return ordinal(day);
    case 'D':
      return String(day);
    case 'dddd':
      return DAYS[wall.getUTCDay()] ?? '';
    case 'ddd':
      return (DAYS[wall.getUTCDay()] ?? '').slice(0, 3);
    case 'dd':
      return (DAYS[wall.getUTCDay()] ?? '').slice(0, 2);
    case 'd':
      return String(wall.getUTCDay());
    case 'E':
      return String(wall.getUTCDay() || 7);
    case 'WW':
      return pad(isoWeek(wall).week, 2);
    case 'W':
      return String(isoWeek(wall).week);
    case 'GGGG':
      return pad(isoWeek(wall).year, 4);
    case 'HH':
      return pad(hours, 2);
    case 'H':
      return String(hours);
    case 'hh':
      return pad(hours % 12 || 12, 2);
    case 'h':
      return String(hours % 12 || 12);
    case 'kk':
      return pad(hours || 24, 2);
    case 'k':
      return String(hours || 24);
    case 'mm':
      return pad(wall.getUTCMinutes(), 2);
    case 'm':
      return String(wall.getUTCMinutes());
    case 'ss':
      return pad(wall.getUTCSeconds(), 2);
    case 's':
      return String(wall.getUTCSeconds());
    case 'A':
      return hours < 12 ? 'AM' : 'PM';
    case 'a':
      return hours < 12 ? 'am' : 'pm';
    case 'Z':
      return offsetText(offsetMinutes, ':');
    case 'ZZ':
      return offsetText(offsetMinutes, '');
    case 'X':
      return String(Math.floor(timeMs / 1000));
    case 'x':
      return String(timeMs);
    default: // S to SSSSSSSSS: as many digits of the fraction
      return pad(wall.getUTCMilliseconds(), 3).padEnd(9, '0').slice(0, token.length);
  }
}

function offsetOf(timeMs: number, timeZone: string | undefined): number {
  if (timeZone === undefined || timeZone === '' || timeZone === 'browser') {
    return -new Date(timeMs).getTimezoneOffset();
  }
  if (timeZone.toLowerCase() === 'utc') {
    return 0;
  }
  try {
    const parts = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    }).formatToParts(timeMs);
    const of = (type: string) => Number(parts.find((item) => item.type === type)?.value ?? 0);
    const wallMs = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'));
    return Math.round((wallMs - Math.floor(timeMs / 1000) * 1000) / 60_000);
  } catch {
    return -new Date(timeMs).getTimezoneOffset(); // Not a zone of this browser, or not a time.
  }
}

function offsetText(minutes: number, between: string): string {
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${pad(Math.floor(size / 60), 2)}${between}${pad(size % 60, 2)}`;
}

function dayOfYear(wall: Date): number {
  return Math.floor((wall.getTime() - Date.UTC(wall.getUTCFullYear(), 0, 1)) / DAY_MS) + 1;
}

/** The week that holds the Thursday of the same Monday-to-Sunday week, by ISO 8601. */
function isoWeek(wall: Date): { year: number; week: number } {
  const thursday = new Date(wall.getTime() + (4 - (wall.getUTCDay() || 7)) * DAY_MS);
  return { year: thursday.getUTCFullYear(), week: Math.ceil(dayOfYear(thursday) / 7) };
}

function ordinal(n: number): string {
  const tens = n % 100;
  const suffix = tens >= 11 && tens <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th');
  return `${n}${suffix}`;
}

function pad(n: number, length: number): string {
  return String(n).padStart(length, '0');
}
