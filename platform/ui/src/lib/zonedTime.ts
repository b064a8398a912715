const FORMATS = new Map<string, Intl.DateTimeFormat>();

function format(timeZone: string | undefined): Intl.DateTimeFormat {
  const key = timeZone ?? '';
  const known = FORMATS.get(key);
  if (known) {
    return known;
  }
  const made = new Intl.DateTimeFormat('en-CA', { ...(timeZone === undefined ? {} : { timeZone }), year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
  FORMATS.set(key, made);
  return made;
}

/** `2026-01-31 12:00:00.000` in a time zone; undefined for the browser's. */
export function zonedDateTime(ms: number, timeZone: string | undefined): string {
  if (!Number.isFinite(ms) || Math.abs(ms) > 8.64e15) {
    return 'no time';
  }
  const parts = Object.fromEntries(format(timeZone).formatToParts(ms).map((part) => [part.type, part.value]));
  const millis = String(((Math.floor(ms) % 1000) + 1000) % 1000).padStart(3, '0');
  return `${parts['year']}-${parts['month']}-${parts['day']} ${parts['hour']}:${parts['minute']}:${parts['second']}.${millis}`;
}
