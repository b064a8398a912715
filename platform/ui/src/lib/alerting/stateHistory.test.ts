import { expect, it } from 'vitest';
import { stretchesOf } from './stateHistory';

const grid = { startMs: 0, stepMs: 10, count: 6 };

it('makes stretches of points', () => {
  const series = [
    { labels: { alertstate: 'firing' }, values: [null, null, 1, 1, null, 1] },
    { labels: { alertstate: 'pending' }, values: [1, 1, null, null, 1, null] },
    { labels: { alertstate: 'odd' }, values: [1, 1, 1, 1, 1, 1] },
  ];
  expect(stretchesOf({ grid, series })).toEqual([
    { state: 'pending', fromMs: 0, toMs: 20 },
    { state: 'firing', fromMs: 20, toMs: 40 },
    { state: 'pending', fromMs: 40, toMs: 50 },
    { state: 'firing', fromMs: 50, toMs: 50 },
  ]);
});

it('has none without series', () => {
  expect(stretchesOf({ grid, series: [] })).toEqual([]);
});
