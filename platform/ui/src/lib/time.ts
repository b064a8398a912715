import { fromWall, toWall, type TimeZone } from './timeZone';

/**
 * Time ranges as Grafana writes them: `now`, `now-1h`, `now-1d/d`, milliseconds since the epoch, or ISO 8601. Rounding
 * (`/d`) goes to the start of the unit for the start of a range and to its end for the end, in the zone and calendar given.
 */
export interface TimeRange {
  readonly from: string;
  readonly to: string;
}

/** A range resolved against a clock, both ends in milliseconds since the epoch, `fromMs < toMs`. */
export interface AbsoluteRange {
  readonly fromMs: number;
  readonly toMs: number;
}

export const DEFAULT_RANGE: TimeRange = { from: 'now-15m', to: 'now' };

/** How days, weeks and fiscal years are counted. */
export interface Calendar {
  readonly timeZone?: TimeZone;
  /** 0 is Sunday; Monday without one. */
  readonly weekStart?: number | undefined;
  /** 0 is January. */
  readonly fiscalYearStartMonth?: number | undefined;
}

type Unit = 's' | 'm' | 'h' | 'd' | 'w' | 'M' | 'Q' | 'y' | 'fQ' | 'fy';

const MATH = /^now((?:[+-]\d{1,6}(?:f[Qy]|[smhdwMQy]))*)(?:\/(f[Qy]|[smhdwMQy]))?$/;
const MATH_STEP = /([+-])(\d{1,6})(f[Qy]|[smhdwMQy])/g;

/** Undefined for what is no time expression. */
export function parseTime(expression: string, nowMs: number, end: 'from' | 'to', calendar: Calendar = {}): number | undefined {
  const text = expression.trim();
  if (/^-?\d{10,16}$/.test(text)) {
    return Number(text);
  }
  const math = MATH.exec(text);
  if (math) {
    let timeMs = nowMs;
    for (const [, sign, amount, unit] of (math[1] ?? '').matchAll(MATH_STEP)) {
      timeMs = add(timeMs, (sign === '-' ? -1 : 1) * Number(amount), unit as Unit, calendar);
    }
    return math[2] === undefined ? timeMs : round(timeMs, math[2] as Unit, end, calendar);
  }
  if (/^\d{4}-\d{2}(-\d{2})?/.test(text)) {
    const iso = text.replace(' ', 'T');
    const zoned = /(Z|[+-]\d{2}:?\d{2})$/i.test(iso) && iso.includes('T');
    const parsed = Date.parse(zoned ? iso : iso.includes('T') ? `${iso}Z` : iso);
    return Number.isNaN(parsed) ? undefined : zoned ? parsed : fromWall(new Date(parsed), calendar.timeZone);
  }
  return undefined;
}

/** Undefined where either end does not parse or the range is empty. */
export function resolveRange(range: TimeRange, nowMs: number, calendar: Calendar = {}): AbsoluteRange | undefined {
  const fromMs = parseTime(range.from, nowMs, 'from', calendar);
  const toMs = parseTime(range.to, nowMs, 'to', calendar);
  return fromMs === undefined || toMs === undefined || fromMs >= toMs ? undefined : { fromMs, toMs };
}

/** Whether the range moves with the clock. */
export function isRelative(range: TimeRange): boolean {
  return range.to.startsWith('now');
}

const NAMES: Record<string, string> = { s: 'second', m: 'minute', h: 'hour', d: 'day', w: 'week', M: 'month', y: 'year' };

/** What a person reads on the button of the picker. */
export function describeRange(range: TimeRange, zone?: TimeZone): string {
  const relative = /^now-(\d+)([smhdwMy])$/.exec(range.from);
  if (relative && range.to === 'now') {
    const amount = Number(relative[1]);
    const name = NAMES[relative[2] ?? ''] ?? '';
    return amount === 1 ? `Last ${name}` : `Last ${amount} ${name}s`;
  }
  return `${describeEnd(range.from, zone)} to ${describeEnd(range.to, zone)}`;
}

function describeEnd(expression: string, zone: TimeZone): string {
  return /^\d+$/.test(expression) ? formatDateTime(Number(expression), zone) : expression;
}

/** Date and time in the zone, without its name, to the second: `2026-11-22 19:44:00`. */
export function formatDateTime(ms: number, zone?: TimeZone): string {
  const wall = toWall(ms, zone);
  return `${wall.getUTCFullYear()}-${two(wall.getUTCMonth() + 1)}-${two(wall.getUTCDate())} ${formatClock(ms, zone)}`;
}

/** Time of day in the zone to the second. */
export function formatClock(ms: number, zone?: TimeZone): string {
  const wall = toWall(ms, zone);
  return `${two(wall.getUTCHours())}:${two(wall.getUTCMinutes())}:${two(wall.getUTCSeconds())}`;
}

/** Local time of day to the millisecond. */
export function formatClockMs(ms: number): string {
  return `${formatClock(ms)}.${String(Math.floor(ms) % 1000).padStart(3, '0')}`;
}

/** Age in the largest unit: `12 s`, `5 min`, `3 h`, `2 d`. */
export function formatAge(ageMs: number): string {
  const seconds = Math.max(0, Math.round(ageMs / 1000));
  if (seconds < 60) {
    return `${seconds} s`;
  }
  if (seconds < 3600) {
    return `${Math.floor(seconds / 60)} min`;
  }
  if (seconds < 86_400) {
    const hours = Math.floor(seconds / 3600);
    const minutes = Math.floor((seconds % 3600) / 60);
    return minutes === 0 ? `${hours} h` : `${hours} h ${minutes} min`;
  }
  return `${Math.floor(seconds / 86_400)} d ${Math.floor((seconds % 86_400) / 3600)} h`;
}

const DURATION = /^(?:(\d+)y)?(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?(?:(\d+)ms)?$/;
const DURATION_MS = [31_536_000_000, 604_800_000, 86_400_000, 3_600_000, 60_000, 1000, 1];

/** A Prometheus duration such as `1h30m` in milliseconds. Undefined for anything else, zero length included. */
export function parseDuration(text: string): number | undefined {
  const match = DURATION.exec(text.trim());
  if (!match || match[0] === '') {
    return undefined;
  }
  const ms = DURATION_MS.reduce((sum, unitMs, i) => sum + Number(match[i + 1] ?? 0) * unitMs, 0);
  return ms > 0 ? ms : undefined;
}

/** The shortest Prometheus duration of one unit that is exact: 90000 is `90s`, 120000 is `2m`. */
export function formatDuration(ms: number): string {
  const units: [number, string][] = [
    [86_400_000, 'd'],
    [3_600_000, 'h'],
    [60_000, 'm'],
    [1000, 's'],
  ];
  for (const [unitMs, name] of units) {
    if (ms >= unitMs && ms % unitMs === 0) {
      return `${ms / unitMs}${name}`;
    }
  }
  return `${Math.round(ms)}ms`;
}

const UNIT_MS: Partial<Record<Unit, number>> = { s: 1000, m: 60_000, h: 3_600_000 };
const UNIT_MONTHS: Partial<Record<Unit, number>> = { M: 1, Q: 3, fQ: 3, y: 12, fy: 12 };

function add(timeMs: number, amount: number, unit: Unit, { timeZone }: Calendar): number {
  const ms = UNIT_MS[unit];
  if (ms !== undefined) {
    return timeMs + amount * ms;
  }
  const wall = toWall(timeMs, timeZone);
  const months = UNIT_MONTHS[unit];
  if (months === undefined) {
    wall.setUTCDate(wall.getUTCDate() + amount * (unit === 'w' ? 7 : 1));
  } else {
    // The last day of a shorter month stands for the days that it lacks.
    const day = wall.getUTCDate();
    wall.setUTCDate(1);
    wall.setUTCMonth(wall.getUTCMonth() + amount * months);
    wall.setUTCDate(Math.min(day, new Date(Date.UTC(wall.getUTCFullYear(), wall.getUTCMonth() + 1, 0)).getUTCDate()));
  }
  return fromWall(wall, timeZone);
}

function round(timeMs: number, unit: Unit, end: 'from' | 'to', calendar: Calendar): number {
  const startMs = fromWall(startOf(toWall(timeMs, calendar.timeZone), unit, calendar), calendar.timeZone);
  return end === 'from' ? startMs : add(startMs, 1, unit, calendar) - 1;
}

function startOf(wall: Date, unit: Unit, { weekStart = 1, fiscalYearStartMonth = 0 }: Calendar): Date {
  const ms = UNIT_MS[unit];
  if (ms !== undefined) {
    return new Date(Math.floor(wall.getTime() / ms) * ms);
  }
  const start = new Date(Date.UTC(wall.getUTCFullYear(), wall.getUTCMonth(), wall.getUTCDate()));
  const months = UNIT_MONTHS[unit];
  if (unit === 'w') {
    start.setUTCDate(start.getUTCDate() - ((start.getUTCDay() - weekStart + 7) % 7));
  } else if (months !== undefined) {
    const first = unit === 'fQ' || unit === 'fy' ? fiscalYearStartMonth : 0;
    start.setUTCDate(1);
    start.setUTCMonth(start.getUTCMonth() - ((start.getUTCMonth() - first + 12) % months));
  }
  return start;
}

function two(n: number): string {
  return String(n).padStart(2, '0');
}
