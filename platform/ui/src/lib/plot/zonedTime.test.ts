import { describe, expect, it } from 'vitest';
import { formatMoment, formatTick } from './zonedTime';

const AT = Date.UTC(2026, 10, 22, 19, 44, 5, 250);
const DAY = 86_400_000;

describe('formatTick', () => {
  it.each([
    [100, 1000, '19:44:05.250'],
    [5000, 60_000, '19:44:05'],
    [60_000, 3_600_000, '19:44'],
    [3_600_000, DAY, '19:44'],
    [3_600_000, 2 * DAY, '11/22 19:44'],
    [DAY, 30 * DAY, '11/22'],
    [31 * DAY, 400 * DAY, '2026-11'],
    [365 * DAY, 3000 * DAY, '2026'],
  ])('ticks %i ms apart in a range of %i ms', (tick, range, text) => {
    expect(formatTick(AT, tick, range, 'UTC')).toBe(text);
  });

  it('uses the zone', () => {
    expect(formatTick(AT, 60_000, 3_600_000, 'Asia/Kolkata')).toBe('01:14');
  });
});

describe('formatMoment', () => {
  it('is date and time of the zone', () => {
    expect(formatMoment(AT, 'Asia/Kolkata')).toBe('2026-11-23 01:14:05');
    expect(formatMoment(AT, 'UTC', true)).toBe('2026-11-22 19:44:05.250');
  });

  it('falls back to the own zone where a name is not known', () => {
    expect(formatMoment(AT, 'Nowhere/Else')).toBe(formatMoment(AT, undefined));
  });
});
