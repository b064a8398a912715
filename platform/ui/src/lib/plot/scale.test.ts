import { describe, expect, it } from 'vitest';
import { scaleKey, valueRange, type RangeRules } from './scale';
import { seriesStyle } from './style';

const LINEAR: RangeRules = {
  min: undefined,
  max: undefined,
  softMin: undefined,
  softMax: undefined,
  centeredZero: false,
  decimals: undefined,
  scale: { type: 'linear', log: 10, linearThreshold: 1 },
  percent: false,
};

describe('valueRange', () => {
  it.each<[string, Partial<RangeRules>, number | null, number | null, number | null, number | null]>([
    ['takes zero in where data come near it', {}, 0.5, 10, 0, 11],
    ['leaves zero out where data are far from it', {}, 100, 110, 99, 111],
    ['keeps a hard minimum', { min: 0 }, 100, 110, 0, 130],
    ['keeps both hard ends', { min: 0, max: 1 }, 0.2, 5, 0, 1],
    ['reaches to soft ends', { softMin: 0, softMax: 100 }, 20, 40, 0, 100],
    ['passes soft ends with data', { softMin: 0, softMax: 10 }, 5, 40, 0, 44],
    ['centres zero', { centeredZero: true }, -2, 10, -12, 12],
    ['is whole for whole numbers', { decimals: 0 }, 1, 3, 0, 4],
    ['gives shares their whole range', { percent: true }, 0.2, 0.4, 0, 1],
    ['gives negative shares the range below zero', { percent: true }, -0.5, -0.1, -1, 0],
    ['goes to whole powers on a logarithmic scale', { scale: { type: 'log', log: 10, linearThreshold: 1 } }, 3, 4000, 1, 10_000],
    ['has no range without data', {}, null, null, null, null],
    ['shows fixed ends without data', { min: 0, max: 5 }, null, null, 0, 5],
    ['mends ends in the wrong order', { min: 10, max: 5 }, 1, 2, 0, 100],
  ])('%s', (_, rules, low, high, from, to) => {
    const [start, end] = valueRange({ ...LINEAR, ...rules }, low, high);
    if (from === null || to === null) {
      expect([start, end]).toEqual([from, to]);
    } else {
      expect(start).toBeCloseTo(from, 6);
      expect(end).toBeCloseTo(to, 6);
    }
  });
});

describe('scaleKey', () => {
  it('is one for fields of one unit and range', () => {
    const style = seriesStyle(undefined);
    expect(scaleKey({ unit: 's' }, style)).toBe(scaleKey({ unit: 's' }, style));
    expect(scaleKey({ unit: 's' }, style)).not.toBe(scaleKey({ unit: 'ms' }, style));
    expect(scaleKey({ unit: 's' }, style)).not.toBe(scaleKey({ unit: 's', min: 0 }, style));
    expect(scaleKey({ unit: 's' }, style)).not.toBe(scaleKey({ unit: 's' }, seriesStyle({ axisPlacement: 'right' })));
  });
});
