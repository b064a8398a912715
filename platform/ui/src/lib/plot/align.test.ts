import { describe, expect, it } from 'vitest';
import { alignPoints, bridgeGaps, insertGaps } from './align';

describe('alignPoints', () => {
  it('keeps rows of equal times as they are', () => {
    const values = [1, null, 3];
    const aligned = alignPoints([
      { times: [0, 10, 20], values },
      { times: [0, 10, 20], values: [4, 5, 6] },
    ]);
    expect(aligned.times).toEqual([0, 10, 20]);
    expect(aligned.rows[0]).toBe(values);
  });

  it('joins other times, a missing one being no gap', () => {
    const aligned = alignPoints([
      { times: [0, 20], values: [1, null] },
      { times: [10, 20], values: [2, 3] },
    ]);
    expect(aligned).toEqual({ times: [0, 10, 20], rows: [[1, undefined, null], [undefined, 2, 3]] });
  });

  it('puts times in order', () => {
    expect(alignPoints([{ times: [20, 10], values: [2, 1] }])).toEqual({ times: [10, 20], rows: [[1, 2]] });
  });

  it('keeps two values at one time', () => {
    expect(alignPoints([{ times: [10, 10], values: [1, 2] }, { times: [10], values: [3] }])).toEqual({ times: [10, 10], rows: [[1, 2], [3, undefined]] });
  });

  it('has nothing for no series', () => {
    expect(alignPoints([])).toEqual({ times: [], rows: [] });
  });
});

describe('gaps', () => {
  it('are inserted where points are too far apart', () => {
    expect(insertGaps({ times: [0, 10, 40], values: [1, 2, 3] }, 10)).toEqual({ times: [0, 10, 20, 40], values: [1, 2, null, 3] });
  });

  it('are not inserted at the threshold itself', () => {
    const points = { times: [0, 10], values: [1, 2] };
    expect(insertGaps(points, 10)).toBe(points);
  });

  it.each([
    [25, [1, undefined, 3, null, null, 6]],
    [20, [1, null, 3, null, null, 6]],
    [100, [1, undefined, 3, undefined, undefined, 6]],
  ])('shorter than %i ms are bridged', (threshold, expected) => {
    expect(bridgeGaps([0, 10, 20, 30, 40, 50], [1, null, 3, null, null, 6], threshold)).toEqual(expected);
  });

  it('at the start stay', () => {
    expect(bridgeGaps([0, 10], [null, 1], 100)).toEqual([null, 1]);
  });
});
