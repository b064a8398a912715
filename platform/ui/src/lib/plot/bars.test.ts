import { describe, expect, it } from 'vitest';
import { cutLabel, niceTicks, placeBars } from './bars';

describe('niceTicks', () => {
  it.each([
    [0, 10, 5, [0, 2, 4, 6, 8, 10]],
    [0, 1, 4, [0, 0.25, 0.5, 0.75, 1]],
    [-5, 5, 2, [-5, 0, 5]],
    [3, 3, 5, [3]],
  ])('from %d to %d, about %i', (min, max, count, ticks) => {
    expect(niceTicks(min, max, count)).toEqual(ticks);
  });
});

describe('placeBars', () => {
  const rows = [
    [1, 2],
    [3, null],
  ];

  it('puts series of a group beside one another', () => {
    const bars = placeBars({ rows, categories: 2, stacking: 'none', groupWidth: 1, barWidth: 1 });
    expect(bars.map((bar) => [bar.series, bar.category, bar.start, bar.end, bar.from, bar.to])).toEqual([
      [0, 0, 0, 0.25, 0, 1],
      [0, 1, 0.5, 0.75, 0, 2],
      [1, 0, 0.25, 0.5, 0, 3],
    ]);
  });

  it('stacks them', () => {
    const bars = placeBars({ rows, categories: 2, stacking: 'normal', groupWidth: 0.5, barWidth: 1 });
    expect(bars.map((bar) => [bar.start, bar.end, bar.from, bar.to])).toEqual([
      [0.125, 0.375, 0, 1],
      [0.625, 0.875, 0, 2],
      [0.125, 0.375, 1, 4],
    ]);
  });

  it('gives shares of a percent stack', () => {
    expect(placeBars({ rows, categories: 2, stacking: 'percent', groupWidth: 1, barWidth: 1 }).map((bar) => bar.to)).toEqual([0.25, 1, 1]);
  });
});

describe('cutLabel', () => {
  it.each([
    ['checkout', 5, 'check…'],
    ['ops', 5, 'ops'],
    ['checkout', undefined, 'checkout'],
  ])('%s at %s', (text, max, cut) => {
    expect(cutLabel(text, max)).toBe(cut);
  });
});
