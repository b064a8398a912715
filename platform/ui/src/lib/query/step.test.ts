import { describe, expect, it } from 'vitest';
import { alignToStep, formatExact, formatInterval, lokiStepMs, prometheusStep } from './step';

const HOUR = 3_600_000;

describe('prometheusStep', () => {
  const plain = { panelInterval: undefined, queryInterval: undefined, intervalFactor: undefined };
  it.each([
    // range, points, panel, query, factor → step, rate interval
    [HOUR, 1000, undefined, undefined, undefined, 15_000, 60_000],
    [24 * HOUR, 800, undefined, undefined, undefined, 120_000, 135_000],
    [24 * HOUR, 800, undefined, undefined, 2, 240_000, 135_000],
    [HOUR, 1000, '1m', undefined, undefined, 60_000, 75_000],
    [HOUR, 1000, undefined, '30s', undefined, 30_000, 120_000],
    [HOUR, 1000, undefined, '>30s', undefined, 30_000, 120_000],
    [HOUR, 1000, undefined, '5', undefined, 5000, 20_000],
    [24 * HOUR, 800, undefined, '$__rate_interval', undefined, 135_000, 135_000],
    [24 * HOUR, 800, undefined, '$__interval', undefined, 120_000, 480_000],
    [7 * 24 * HOUR, 1_000_000, undefined, '1s', undefined, 60_000, 16_000],
  ])('range %d ms, %d points, panel %s, query %s, factor %s', (lengthMs, maxDataPoints, panelInterval, queryInterval, intervalFactor, stepMs, rateIntervalMs) => {
    const step = prometheusStep({ ...plain, range: { fromMs: 0, toMs: lengthMs }, maxDataPoints, panelInterval, queryInterval, intervalFactor });
    expect([step.stepMs, step.rateIntervalMs]).toEqual([stepMs, rateIntervalMs]);
  });
});

describe('lokiStepMs', () => {
  it.each([
    [2000, undefined, 1, 2000],
    [2000, undefined, 3, 6000],
    [2000, '1m', 1, 60_000],
    [2000, '1m', 2, 120_000],
  ])('panel %d ms, step %s, resolution %d', (panelMs, step, resolution, expected) => {
    expect(lokiStepMs({ fromMs: 0, toMs: HOUR }, panelMs, step, resolution)).toBe(expected);
  });
});

describe('alignToStep', () => {
  it('moves both ends down, in the zone', () => {
    expect(alignToStep({ fromMs: 61_000, toMs: 119_000 }, 60_000)).toEqual({ fromMs: 60_000, toMs: 60_000 });
    expect(alignToStep({ fromMs: 30 * HOUR, toMs: 50 * HOUR }, 24 * HOUR, HOUR)).toEqual({ fromMs: 23 * HOUR, toMs: 47 * HOUR });
  });
});

describe('formats', () => {
  it.each([
    [90_000, '1m', '1m30s'],
    [15_000, '15s', '15s'],
    [500, '500ms', '500ms'],
    [7_200_000, '2h', '2h'],
    [90_000_000, '1d', '25h'],
  ])('%d ms', (ms, cut, exact) => {
    expect([formatInterval(ms), formatExact(ms)]).toEqual([cut, exact]);
  });
});
