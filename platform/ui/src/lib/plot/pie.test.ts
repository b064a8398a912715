import { describe, expect, it } from 'vitest';
import { pieOrder, pieSlices } from './pie';

describe('pieOrder', () => {
  it.each([
    ['desc' as const, [1, 2, 0]],
    ['asc' as const, [0, 2, 1]],
    ['none' as const, [0, 1, 2]],
  ])('%s', (sort, order) => {
    expect(pieOrder([1, 5, 3], sort)).toEqual(order);
  });
});

describe('pieSlices', () => {
  it('share the circle', () => {
    expect(pieSlices([1, 3], [1, 0])).toEqual([
      { index: 1, share: 0.75, fromDegrees: 0, toDegrees: 270 },
      { index: 0, share: 0.25, fromDegrees: 270, toDegrees: 360 },
    ]);
  });

  it('leave out what has no size', () => {
    expect(pieSlices([0, NaN, -1, undefined, 2], [0, 1, 2, 3, 4]).map((slice) => slice.index)).toEqual([4]);
    expect(pieSlices([0], [0])).toEqual([]);
  });
});
