import { expect, it } from 'vitest';
import { fitView, moved, zoomed } from './view';

it('shows all of a drawing', () => {
  expect(fitView({ width: 1000, height: 100 }, 500, 200)).toEqual({ scale: 0.5, x: 0, y: 75 });
  expect(fitView({ width: 100, height: 100 }, 500, 200)).toEqual({ scale: 1, x: 200, y: 50 });
});

it('zooms about a place', () => {
  expect(zoomed({ x: 0, y: 0, scale: 1 }, 2, 100, 50)).toEqual({ scale: 2, x: -100, y: -50 });
  expect(zoomed({ x: 0, y: 0, scale: 1 }, 1e9, 0, 0).scale).toBe(4);
  expect(moved({ x: 1, y: 2, scale: 3 }, 10, -10)).toEqual({ x: 11, y: -8, scale: 3 });
});
