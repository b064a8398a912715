import { describe, expect, it } from 'vitest';
import { describeRange, formatAge, formatDuration, parseDuration, parseTime, resolveRange } from './time';

const NOW = new Date(2026, 2, 18, 14, 25, 36, 789).getTime(); // A Wednesday, in local time.
const local = (...parts: [number, number, number, number?, number?, number?, number?]) => new Date(...parts).getTime();

describe('parseTime', () => {
  it.each([
    ['now', NOW],
    ['now-1h', NOW - 3_600_000],
    ['now-90s', NOW - 90_000],
    ['now+5m', NOW + 300_000],
    ['now-1d-1h', local(2026, 2, 17, 13, 25, 36, 789)],
    ['now-1M', local(2026, 1, 18, 14, 25, 36, 789)],
    ['now/m', local(2026, 2, 18, 14, 25)],
    ['now/h', local(2026, 2, 18, 14)],
    ['now/d', local(2026, 2, 18)],
    ['now-1d/d', local(2026, 2, 17)],
    ['now/w', local(2026, 2, 16)],
    ['now/M', local(2026, 2, 1)],
    ['now/y', local(2026, 0, 1)],
    ['1767225600000', 1_767_225_600_000],
    ['2026-01-01T00:00:00Z', 1_767_225_600_000],
    ['2026-01-31 12:00', local(2026, 0, 31, 12)],
  ])('reads %s as the start of a range', (text, expected) => {
    expect(parseTime(text, NOW, 'from')).toBe(expected);
  });

  it.each([
    ['now/d', local(2026, 2, 19) - 1],
    ['now/w', local(2026, 2, 23) - 1],
    ['now-1M/M', local(2026, 2, 1) - 1],
  ])('rounds %s up as the end of a range', (text, expected) => {
    expect(parseTime(text, NOW, 'to')).toBe(expected);
  });

  it.each(['', 'yesterday', 'now-', 'now-1x', 'now/q', 'now/ff', 'now-1h-', '12', '2026-13-45'])('refuses %j', (text) => {
    expect(parseTime(text, NOW, 'from')).toBeUndefined();
  });
});

describe('calendars', () => {
  const at = Date.UTC(2026, 2, 31, 23, 30);
  it.each([
    ['now/d', { timeZone: 'utc' }, Date.UTC(2026, 2, 31)],
    ['now/d', { timeZone: 'Europe/Berlin' }, Date.UTC(2026, 2, 31, 22)],
    ['now-1M', { timeZone: 'utc' }, Date.UTC(2026, 1, 28, 23, 30)],
    ['now/Q', { timeZone: 'utc' }, Date.UTC(2026, 0, 1)],
    ['now/w', { timeZone: 'utc', weekStart: 0 }, Date.UTC(2026, 2, 29)],
    ['now/w', { timeZone: 'utc', weekStart: 6 }, Date.UTC(2026, 2, 28)],
    ['now/fy', { timeZone: 'utc', fiscalYearStartMonth: 3 }, Date.UTC(2025, 3, 1)],
    ['now/fQ', { timeZone: 'utc', fiscalYearStartMonth: 1 }, Date.UTC(2026, 1, 1)],
    ['now-1d', { timeZone: 'America/New_York' }, Date.UTC(2026, 2, 30, 23, 30)],
    ['2026-03-31 12:00', { timeZone: 'Asia/Tokyo' }, Date.UTC(2026, 2, 31, 3)],
    ['now/d', { timeZone: 'No/Where' }, new Date(2026, 2, new Date(at).getDate()).getTime()],
  ])('%s with %j', (text, calendar, expected) => {
    expect(new Date(parseTime(text, at, 'from', calendar) ?? 0).toISOString()).toBe(new Date(expected).toISOString());
  });
});

describe('resolveRange', () => {
  it('refuses a range that is empty or runs backwards', () => {
    expect(resolveRange({ from: 'now', to: 'now' }, NOW)).toBeUndefined();
    expect(resolveRange({ from: 'now', to: 'now-1h' }, NOW)).toBeUndefined();
    expect(resolveRange({ from: 'now-1h', to: 'now' }, NOW)).toEqual({ fromMs: NOW - 3_600_000, toMs: NOW });
  });
});

describe('durations', () => {
  it.each([
    ['15s', 15_000],
    ['1h30m', 5_400_000],
    ['1d', 86_400_000],
    ['250ms', 250],
    ['1w', 604_800_000],
  ])('reads %s', (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });

  it.each(['', '5', 's', '1m1h', '-5m', '0s', '1.5h'])('refuses %j', (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });

  it.each([
    [15_000, '15s'],
    [90_000, '90s'],
    [120_000, '2m'],
    [3_600_000, '1h'],
    [172_800_000, '2d'],
    [250, '250ms'],
  ])('writes %d ms', (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });
});

describe('words', () => {
  it.each([
    [{ from: 'now-15m', to: 'now' }, 'Last 15 minutes'],
    [{ from: 'now-1h', to: 'now' }, 'Last hour'],
    [{ from: 'now/d', to: 'now' }, 'now/d to now'],
  ])('describes %j', (range, text) => {
    expect(describeRange(range)).toBe(text);
  });

  it.each([
    [900, '1 s'],
    [59_400, '59 s'],
    [61_000, '1 min'],
    [3_600_000, '1 h'],
    [5_400_000, '1 h 30 min'],
    [90_000_000, '1 d 1 h'],
    [-5, '0 s'],
  ])('writes an age of %d ms', (ms, text) => {
    expect(formatAge(ms)).toBe(text);
  });
});
