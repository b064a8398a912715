/**
 * Time ranges as Grafana writes them: `now`, `now-1h`, `now-1d/d`, milliseconds since the epoch, or ISO 8601. Rounding
 * (`/d`) goes to the start of the unit for the start of a range and to its end for the end, in the browser's time zone.
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

type Unit = 's' | 'm' | 'h' | 'd' | 'w' | 'M' | 'y';

const MATH = /^now((?:[+-]\d{1,6}[smhdwMy])*)(?:\/([smhdwMy]))?$/;
const MATH_STEP = /([+-])(\d{1,6})([smhdwMy])/g;

/** Undefined for what is no time expression. */
export function parseTime(expression: string, nowMs: number, end: 'from' | 'to'): number | undefined {
  const text = expression.trim();
  if (/^\d{10,16}$/.test(text)) {
    return Number(text);
  }
  const math = MATH.exec(text);
  if (math) {
    const date = new Date(nowMs);
    for (const [, sign, amount, unit] of (math[1] ?? '').matchAll(MATH_STEP)) {
      add(date, (sign === '-' ? -1 : 1) * Number(amount), unit as Unit);
    }
    if (math[2]) {
      round(date, math[2] as Unit, end);
    }
    return date.getTime();
  }
  if (/^\d{4}-\d{2}(-\d{2})?/.test(text)) {
    const parsed = Date.parse(text.replace(' ', 'T'));
    return Number.isNaN(parsed) ? undefined : parsed;
  }
  return undefined;
}

/** Undefined where either end does not parse or the range is empty. */
export function resolveRange(range: TimeRange, nowMs: number): AbsoluteRange | undefined {
  const fromMs = parseTime(range.from, nowMs, 'from');
  const toMs = parseTime(range.to, nowMs, 'to');
  return fromMs === undefined || toMs === undefined || fromMs >= toMs ? undefined : { fromMs, toMs };
}

/** Whether the range moves with the clock. */
export function isRelative(range: TimeRange): boolean {
  return range.to.startsWith('now');
}

const NAMES: Record<string, string> = { s: 'second', m: 'minute', h: 'hour', d: 'day', w: 'week', M: 'month', y: 'year' };

/** What a person reads on the button of the picker. */
export function describeRange(range: TimeRange): string {
  const relative = /^now-(\d+)([smhdwMy])$/.exec(range.from);
  if (relative && range.to === 'now') {
    const amount = Number(relative[1]);
    const name = NAMES[relative[2] ?? ''] ?? '';
    return amount === 1 ? `Last ${name}` : `Last ${amount} ${name}s`;
  }
  return `${describeEnd(range.from)} to ${describeEnd(range.to)}`;
}

function describeEnd(expression: string): string {
  return /^\d+$/.test(expression) ? formatDateTime(Number(expression)) : expression;
}

/** Local date and time without zone, to the second: `2026-11-22 19:44:00`. */
export function formatDateTime(ms: number): string {
  const date = new Date(ms);
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${formatClock(ms)}`;
}

/** Local time of day to the second. */
export function formatClock(ms: number): string {
  const date = new Date(ms);
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
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

function add(date: Date, amount: number, unit: Unit): void {
  switch (unit) {
    case 's':
      date.setTime(date.getTime() + amount * 1000);
      return;
    case 'm':
      date.setTime(date.getTime() + amount * 60_000);
      return;
    case 'h':
      date.setTime(date.getTime() + amount * 3_600_000);
      return;
    case 'd':
      date.setDate(date.getDate() + amount);
      return;
    case 'w':
      date.setDate(date.getDate() + amount * 7);
      return;
    case 'M':
      date.setMonth(date.getMonth() + amount);
      return;
    case 'y':
      date.setFullYear(date.getFullYear() + amount);
  }
}

function round(date: Date, unit: Unit, end: 'from' | 'to'): void {
  date.setMilliseconds(0);
  if (unit === 'w') {
    date.setHours(0, 0, 0);
    date.setDate(date.getDate() - ((date.getDay() + 6) % 7));
  } else {
    const order: Unit[] = ['s', 'm', 'h', 'd', 'M', 'y'];
    const upTo = order.indexOf(unit);
    if (upTo >= 1) date.setSeconds(0);
    if (upTo >= 2) date.setMinutes(0);
    if (upTo >= 3) date.setHours(0);
    if (upTo >= 4) date.setDate(1);
    if (upTo >= 5) date.setMonth(0);
  }
  if (end === 'to') {
    add(date, 1, unit);
    date.setTime(date.getTime() - 1);
  }
}

function two(n: number): string {
  return String(n).padStart(2, '0');
}
