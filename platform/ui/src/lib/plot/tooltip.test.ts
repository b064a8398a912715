import { describe, expect, it } from 'vitest';
import { nearestValue, tooltipOptions, tooltipRows } from './tooltip';

const ROWS = [
  { series: 0, value: 2 },
  { series: 1, value: 0 },
  { series: 2, value: 5 },
];

describe('tooltipRows', () => {
  it.each([
    [{ mode: 'single' }, 2, [2]],
    [{ mode: 'single' }, undefined, []],
    [{ mode: 'multi' }, 2, [0, 1, 2]],
    [{ mode: 'multi', sort: 'desc' }, 2, [2, 0, 1]],
    [{ mode: 'multi', sort: 'asc', hideZeros: true }, 2, [0, 2]],
    [{ mode: 'none' }, 2, []],
  ])('%j with series %s nearest', (options, nearest, expected) => {
    expect(tooltipRows(ROWS, tooltipOptions(options), nearest).map((row) => row.series)).toEqual(expected);
  });
});

describe('nearestValue', () => {
  const row = [1, undefined, undefined, 4, null];
  it.each([
    [0, 5, 0],
    [1, 5, 0],
    [2, 5, 3],
    [4, 5, 3],
    [2, 0.5, undefined],
  ])('at %i within %d', (at, reach, expected) => {
    expect(nearestValue(row, at, (index) => Math.abs(index - at), reach)).toBe(expected);
  });
});
