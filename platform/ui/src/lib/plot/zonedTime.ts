/** The parts of a moment as a clock of a time zone shows them. */
interface ZonedParts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly ms: number;
}

const formatters = new Map<string, Intl.DateTimeFormat | undefined>();

function formatterOf(zone: string): Intl.DateTimeFormat | undefined {
  if (!formatters.has(zone)) {
    formatters.set(zone, makeFormatter(zone));
  }
  return formatters.get(zone);
}

/** Undefined for a zone that this browser does not know; its own is used then. */
function makeFormatter(zone: string): Intl.DateTimeFormat | undefined {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: zone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' });
  } catch {
    return undefined;
  }
}

/** A zone is an IANA name; undefined is the browser's own. */
export function zonedParts(ms: number, zone: string | undefined): ZonedParts {
  const date = new Date(ms);
  const formatter = zone === undefined || zone === '' || zone === 'browser' || Number.isNaN(ms) ? undefined : formatterOf(zone);
  const fraction = ((Math.floor(ms) % 1000) + 1000) % 1000;
  if (!formatter) {
    return { year: date.getFullYear(), month: date.getMonth() + 1, day: date.getDate(), hour: date.getHours(), minute: date.getMinutes(), second: date.getSeconds(), ms: fraction };
  }
  const parts = new Map(formatter.formatToParts(date).map((part) => [part.type, Number(part.value)]));
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
  return { year: part('year'), month: part('month'), day: part('day'), hour: part('hour'), minute: part('minute'), second: part('second'), ms: fraction };
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;
const YEAR = 365 * DAY;

/** The text of a tick: as much of the time as the ticks' distance and the range on show need. */
export function formatTick(ms: number, tickMs: number, rangeMs: number, zone: string | undefined): string {
  const at = zonedParts(ms, zone);
  const clock = `${two(at.hour)}:${two(at.minute)}`;
  if (tickMs < SECOND) {
    return `${clock}:${two(at.second)}.${String(at.ms).padStart(3, '0')}`;
  }
  if (tickMs < MINUTE) {
    return `${clock}:${two(at.second)}`;
  }
  if (rangeMs <= DAY) {
    return clock;
  }
  if (tickMs < DAY) {
    return `${two(at.month)}/${two(at.day)} ${clock}`;
  }
  if (rangeMs < YEAR) {
    return `${two(at.month)}/${two(at.day)}`;
  }
  return tickMs >= YEAR - DAY ? String(at.year) : `${at.year}-${two(at.month)}`;
}

/** Date and time to the second: `2026-11-22 19:44:00`; with milliseconds where there are some and they are asked for. */
export function formatMoment(ms: number, zone: string | undefined, withMs = false): string {
  const at = zonedParts(ms, zone);
  const text = `${at.year}-${two(at.month)}-${two(at.day)} ${two(at.hour)}:${two(at.minute)}:${two(at.second)}`;
  return withMs && at.ms !== 0 ? `${text}.${String(at.ms).padStart(3, '0')}` : text;
}

function two(n: number): string {
  return String(n).padStart(2, '0');
}
