import { fixed, type FormattedValue, type UnitFormatter } from './numbers';

/** `[upper bound (exclusive), divisor, suffix]`: the first bound above the number decides. */
type Ladder = readonly (readonly [number, number, string])[];

/**
 * Durations in the largest unit that leaves at least one. The divisors are Grafana's, also where its years differ in
 * length from one unit to the next.
 */
function ladder(steps: Ladder): UnitFormatter {
  return (value, decimals) => {
    const size = Math.abs(value);
    const [, divisor, suffix] = steps.find(([below]) => size < below) ?? steps[steps.length - 1] ?? [0, 1, ''];
    return { text: fixed(value / divisor, decimals), suffix: ` ${suffix}` };
  };
}

export const nanoseconds = ladder([
  [1e3, 1, 'ns'],
  [1e6, 1e3, 'µs'],
  [1e9, 1e6, 'ms'],
  [6e10, 1e9, 's'],
  [3.6e12, 6e10, 'min'],
  [8.64e13, 3.6e12, 'hour'],
  [Infinity, 8.64e13, 'day'],
]);

export const microseconds = ladder([
  [1e3, 1, 'µs'],
  [1e6, 1e3, 'ms'],
  [Infinity, 1e6, 's'],
]);

export const milliseconds = ladder([
  [1e3, 1, 'ms'],
  [6e4, 1e3, 's'],
  [3.6e6, 6e4, 'min'],
  [8.64e7, 3.6e6, 'hour'],
  [31_536_000_000, 8.64e7, 'day'],
  [Infinity, 31_536_000_000, 'year'],
]);

const aboveSecond = ladder([
  [60, 1, 's'],
  [3600, 60, 'min'],
  [86_400, 3600, 'hour'],
  [604_800, 86_400, 'day'],
  [31_536_000, 604_800, 'week'],
  [Infinity, 3.15569e7, 'year'],
]);

export const seconds: UnitFormatter = (value, decimals) => {
  const size = Math.abs(value);
  if (size === 0) {
    return { text: '0', suffix: ' s' };
  }
  if (size < 1e-6) {
    return { text: fixed(value * 1e9, decimals), suffix: ' ns' };
  }
  if (size < 1e-3) {
    return { text: fixed(value * 1e6, decimals), suffix: ' µs' };
  }
  if (size < 1) {
    return { text: fixed(value * 1e3, decimals), suffix: ' ms' };
  }
  return aboveSecond(value, decimals);
};

export const minutes = ladder([
  [60, 1, 'min'],
  [1440, 60, 'hour'],
  [10_080, 1440, 'day'],
  [604_800, 10_080, 'week'],
  [Infinity, 5.25948e5, 'year'],
]);

export const hours = ladder([
  [24, 1, 'hour'],
  [168, 24, 'day'],
  [8760, 168, 'week'],
  [Infinity, 8760, 'year'],
]);

export const days = ladder([
  [7, 1, 'day'],
  [365, 7, 'week'],
  [Infinity, 365, 'year'],
]);

export const timeTicks: UnitFormatter = (value, decimals) => seconds(value / 100, decimals);

const WORDS: readonly (readonly [string, number])[] = [
  ['year', 31_536_000_000],
  ['month', 2_592_000_000],
  ['week', 604_800_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
  ['millisecond', 1],
];

/** `2 hours, 5 minutes`: the largest unit and as many smaller ones as there are decimals. */
function inWords(unit: string, unitMs: number): UnitFormatter {
  const positive = (value: number, decimals: number): string => {
    const parts: string[] = [];
    let restMs = value * unitMs;
    for (const [name, nameMs] of WORDS) {
      if (parts.length > decimals) {
        break;
      }
      if (parts.length > 0 || restMs / nameMs >= 1) {
        const whole = Math.floor(restMs / nameMs);
        parts.push(`${whole} ${name}${whole === 1 ? '' : 's'}`);
        restMs %= nameMs;
      }
    }
    return parts.join(', ');
  };
  return (value, decimals) => {
    if (value === 0) {
      return { text: '0', suffix: ` ${unit}s` };
    }
    const text = positive(Math.abs(value), decimals ?? 0);
    return value < 0 ? { text, suffix: ' ago' } : { text };
  };
}

export const wordsOfMilliseconds = inWords('millisecond', 1);
export const wordsOfSeconds = inWords('second', 1000);

/** `02:05:09`. */
export const hoursMinutesSeconds: UnitFormatter = (value) => ago(value, hms);

/** `3 d 02:05:09`. */
export const daysHoursMinutesSeconds: UnitFormatter = (value) =>
  ago(value, (size) => {
    const wholeDays = Math.floor(size / 86_400);
    return (wholeDays > 0 ? `${wholeDays} d ` : '') + hms(size - wholeDays * 86_400);
  });

function ago(value: number, text: (size: number) => string): FormattedValue {
  return value < 0 ? { text: text(-value), suffix: ' ago' } : { text: text(value) };
}

function hms(size: number): string {
  return [Math.floor(size / 3600), Math.floor((size % 3600) / 60), Math.floor((size % 3600) % 60)].map(two).join(':');
}

/** `02h:05m:09s:120ms`, with fewer parts the fewer decimals there are. Hours beyond 99 lose digits, as in Grafana. */
export const clockMilliseconds: UnitFormatter = (value, decimals) => {
  if (!Number.isFinite(value)) {
    return { text: value.toLocaleString() };
  }
  const date = new Date(value);
  const ms = `${String(date.getUTCMilliseconds()).padStart(3, '0')}ms`;
  const s = `${two(date.getUTCSeconds())}s`;
  const m = `${two(date.getUTCMinutes())}m`;
  if (value < 1000) {
    return { text: ms };
  }
  if (value < 60_000) {
    return { text: decimals === 0 ? s : `${s}:${ms}` };
  }
  if (value < 3_600_000) {
    return { text: parts([m, s, ms], decimals) };
  }
  const h = `${`0${Math.floor(value / 3_600_000)}`.slice(-2)}h`;
  return { text: parts([h, m, s, ms], decimals) };
};

export const clockSeconds: UnitFormatter = (value, decimals) => clockMilliseconds(value * 1000, decimals);

/** One part more than there are decimals; all of them where that leaves only the milliseconds to be added. */
function parts(all: readonly string[], decimals: number | undefined): string {
  return (decimals !== undefined && decimals >= 0 && decimals < all.length - 1 ? all.slice(0, decimals + 1) : all).join(':');
}

function two(value: number): string {
  return value > 9 ? String(value) : `0${value}`;
}
