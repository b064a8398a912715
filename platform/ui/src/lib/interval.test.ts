import { describe, expect, it } from 'vitest';
import { alignRange, intervalVariables, queryInterval, roundInterval } from './interval';

const hours = (n: number) => ({ fromMs: 0, toMs: n * 3_600_000 });

describe('roundInterval', () => {
  it.each([
    [5, 1],
    [1_499, 1_000],
    [1_500, 2_000],
    [4_000, 5_000],
    [10_000, 10_000],
    [14_000, 15_000],
    [44_999, 30_000],
    [45_000, 60_000],
    [300_000, 300_000],
    [86_400_001, 86_400_000],
  ])('rounds %d ms to %d ms', (ms, rounded) => {
    expect(roundInterval(ms)).toBe(rounded);
  });
});

describe('queryInterval', () => {
  it.each([
    ['a wide panel and a short range keep to the scrape interval', { range: hours(1), maxDataPoints: 1000 }, 15_000, 60_000],
    ['a longer range has longer steps', { range: hours(24), maxDataPoints: 1000 }, 60_000, 75_000],
    ['a week', { range: hours(168), maxDataPoints: 700 }, 900_000, 915_000],
    ['a narrow panel has longer steps', { range: hours(6), maxDataPoints: 100 }, 300_000, 315_000],
    ['a minimal interval holds', { range: hours(1), maxDataPoints: 1000, minInterval: '1m' }, 60_000, 240_000],
    ['so it does with a comparison sign', { range: hours(1), maxDataPoints: 1000, minInterval: '>30s' }, 30_000, 120_000],
    ['a smaller one than the scrape interval too', { range: hours(0.25), maxDataPoints: 1000, minInterval: '1s' }, 1_000, 4_000],
    ['a factor divides the resolution', { range: hours(1), maxDataPoints: 1000, intervalFactor: 4 }, 60_000, 75_000],
  ])('%s', (_, input, stepMs, rateIntervalMs) => {
    expect(queryInterval(input)).toEqual({ stepMs, rateIntervalMs });
  });

  it('never asks for more steps than Prometheus answers', () => {
    const range = hours(24 * 30);
    const { stepMs } = queryInterval({ range, maxDataPoints: 1_000_000, minInterval: '1s' });
    expect((range.toMs - range.fromMs) / stepMs).toBeLessThanOrEqual(11_000);
  });
});

it('aligns both ends to the step', () => {
  expect(alignRange({ fromMs: 1_000_007, toMs: 1_029_999 }, 15_000)).toEqual({ fromMs: 990_000, toMs: 1_020_000 });
});

it('gives the variables of a query', () => {
  const range = { fromMs: 1000, toMs: 3_601_000 };
  expect(intervalVariables({ stepMs: 15_000, rateIntervalMs: 60_000 }, range)).toEqual({
    __interval: '15s',
    __interval_ms: '15000',
    __rate_interval: '60s',
    __range: '3600s',
    __range_s: '3600',
    __range_ms: '3600000',
    __from: '1000',
    __to: '3601000',
  });
});
