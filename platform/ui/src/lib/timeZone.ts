/** A time zone: an IANA name or `utc`; undefined is the browser's. */
export type TimeZone = string | undefined;

/** How far the zone's clock is ahead of UTC at that moment. An unknown zone counts as the browser's. */
export function zoneOffsetMs(timeMs: number, zone: TimeZone): number {
  if (zone === undefined || !Number.isFinite(timeMs)) {
    return browserOffsetMs(timeMs);
  }
  if (/^(utc|etc\/utc|gmt)$/i.test(zone)) {
    return 0;
  }
  const format = formatterOf(zone);
  if (format === undefined) {
    return browserOffsetMs(timeMs);
  }
  const parts: Record<string, number> = {};
  for (const { type, value } of format.formatToParts(timeMs)) {
    parts[type] = Number(value);
  }
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour % 24, minute, second) - Math.floor(timeMs / 1000) * 1000;
}

/** Whether the browser knows the zone. */
export function isTimeZone(zone: string): boolean {
  return /^(utc|browser)$/i.test(zone) || formatterOf(zone) !== undefined;
}

function browserOffsetMs(timeMs: number): number {
  const date = new Date(timeMs);
  return Number.isNaN(date.getTime()) ? 0 : -date.getTimezoneOffset() * 60_000;
}

const FORMATTERS = new Map<string, Intl.DateTimeFormat | undefined>();

function formatterOf(zone: string): Intl.DateTimeFormat | undefined {
  if (!FORMATTERS.has(zone)) {
    FORMATTERS.set(zone, makeFormatter(zone));
  }
  return FORMATTERS.get(zone);
}

function makeFormatter(timeZone: string): Intl.DateTimeFormat | undefined {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' });
  } catch {
    return undefined; // No zone of that name.
  }
}

/** The zone's clock as a date whose UTC parts are what the clock shows. */
export function toWall(timeMs: number, zone: TimeZone): Date {
  return new Date(timeMs + zoneOffsetMs(timeMs, zone));
}

/** The moment at which the zone's clock shows this; where it shows it twice, one of them. */
export function fromWall(wall: Date, zone: TimeZone): number {
  const guess = wall.getTime() - zoneOffsetMs(wall.getTime(), zone);
  return wall.getTime() - zoneOffsetMs(guess, zone);
}
