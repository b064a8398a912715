import { describe, expect, it } from 'vitest';
import { showFrames } from '../field/showFrames';
import { xySeries } from './xySeries';

const FRAMES = showFrames(
  [
    {
      refId: 'A',
      name: undefined,
      length: 3,
      fields: [
        { name: 'a', type: 'number', values: [3, 1, 2], config: {} },
        { name: 'b', type: 'number', values: [30, 10, NaN], config: {} },
        { name: 'c', type: 'number', values: [7, 8, 9], config: {} },
      ],
    },
  ],
  { defaults: {}, overrides: [] },
  { dark: false, panelType: 'xychart' },
);

describe('xySeries', () => {
  it.each([
    ['trend', { xField: 'c' }, 'c', ['a', 'b'], 'line'],
    ['xychart', {}, 'a', ['b', 'c'], 'points'],
    ['xychart', { mapping: 'manual', series: [{ x: { matcher: { id: 'byName', options: 'b' } }, y: { matcher: { id: 'byName', options: 'c' } } }] }, 'b', ['c'], 'points'],
  ])('%s with %j', (type, options, x, names, style) => {
    const found = xySeries(FRAMES, type, options);
    expect(found?.x.name).toBe(x);
    expect(found?.series.map((series) => series.name)).toEqual(names);
    expect(found?.series[0]?.style.drawStyle).toBe(style);
  });

  it('goes from left to right', () => {
    expect(xySeries(FRAMES, 'xychart', {})?.series[0]?.points).toEqual({ times: [1, 2, 3], values: [10, null, 30] });
  });

  it('needs two number fields', () => {
    expect(xySeries([], 'trend', {})).toBeUndefined();
  });
});
