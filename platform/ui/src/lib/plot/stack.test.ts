import { describe, expect, it } from 'vitest';
import { stackGroups, stackRows, type StackInput } from './stack';

function entry(row: (number | null | undefined)[], more: Partial<StackInput> = {}): StackInput {
  return { row, hidden: false, mode: 'normal', key: 'A', ...more };
}

describe('stackRows', () => {
  it('adds series of a group from the first up', () => {
    expect(stackRows([entry([1, 2]), entry([10, 20]), entry([100, 200])]).rows).toEqual([
      [1, 2],
      [11, 22],
      [111, 222],
    ]);
  });

  it('leaves series that are hidden or not stacked alone', () => {
    expect(stackRows([entry([1]), entry([10], { hidden: true }), entry([100], { mode: 'none' }), entry([1000])]).rows).toEqual([[1], [10], [100], [1001]]);
  });

  it('takes the top below where a value is missing, and keeps gaps that all have', () => {
    expect(stackRows([entry([1, null, null]), entry([null, 2, null]), entry([3, undefined, null])]).rows).toEqual([
      [1, 0, null],
      [1, 2, null],
      [4, 2, null],
    ]);
  });

  it('stacks negative series down on their own', () => {
    const stacked = stackRows([entry([1, 1]), entry([-2, -2]), entry([3, 3]), entry([-4, -4])]);
    expect(stacked.rows).toEqual([
      [1, 1],
      [-2, -2],
      [4, 4],
      [-6, -6],
    ]);
    expect(stacked.groups).toEqual([
      { mode: 'normal', direction: 1, members: [0, 2] },
      { mode: 'normal', direction: -1, members: [1, 3] },
    ]);
  });

  it('gives shares of percent stacks, negative ones below zero', () => {
    const percent = { mode: 'percent' as const };
    expect(stackRows([entry([1, 0], percent), entry([3, 0], percent)]).rows).toEqual([
      [0.25, 0],
      [1, 0],
    ]);
    expect(stackRows([entry([-1], percent), entry([-3], percent)]).rows).toEqual([[-0.25], [-1]]);
  });

  it('takes series of nothing but zeros as growing up', () => {
    expect(stackGroups([entry([0, 0])])[0]?.direction).toBe(1);
  });

  it('keeps groups of other keys apart', () => {
    expect(stackRows([entry([1]), entry([2], { key: 'B' })]).rows).toEqual([[1], [2]]);
  });
});
