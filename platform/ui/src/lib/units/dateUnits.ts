import { formatDate, formatTimeAgo, isSameDay, localPattern } from './dates';
import type { UnitFormatter } from './numbers';

const FULL = 'YYYY-MM-DD HH:mm:ss';
const FULL_MS = 'YYYY-MM-DD HH:mm:ss.SSS';

/** Writes milliseconds since the epoch; the second pattern is for moments of today. */
export function dateFormatter(pattern: string, todayPattern?: string): UnitFormatter {
  return (value, _decimals, context = {}) => {
    const today = todayPattern !== undefined && isSameDay(value, context.nowMs ?? Date.now(), context.timeZone);
    return { text: formatDate(value, today ? todayPattern : pattern, context.timeZone) };
  };
}

/** In the order and with the separators of the browser's language. */
export function localDateFormatter(shortToday: boolean): UnitFormatter {
  let format: UnitFormatter | undefined;
  return (value, decimals, context) => {
    format ??= dateFormatter(localPattern(true), shortToday ? localPattern(false) : undefined);
    return format(value, decimals, context);
  };
}

export const systemDateFormatter: UnitFormatter = (value, _decimals, context = {}) => ({
  text: formatDate(value, context.showMs === true ? FULL_MS : FULL, context.timeZone),
});

export const agoFormatter: UnitFormatter = (value, _decimals, context = {}) => ({
  text: formatTimeAgo(value, context.nowMs ?? Date.now()),
});
