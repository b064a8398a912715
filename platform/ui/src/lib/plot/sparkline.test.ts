import { describe, expect, it } from 'vitest';
import { sparkline } from './sparkline';

describe('sparkline', () => {
  it('spans its box', () => {
    expect(sparkline([0, 5, 10], [0, null, 10], { width: 100, height: 20 })).toEqual({ line: 'M0.0 19.0L100.0 3.0', area: 'M0.0 19.0L100.0 3.0L100.0 20L0 20Z' });
  });

  it('needs two points', () => {
    expect(sparkline([0, 1], [1, NaN], { width: 100, height: 20 })).toBeUndefined();
  });

  it('is level for one value', () => {
    expect(sparkline([0, 1], [5, 5], { width: 10, height: 20 })?.line).toBe('M0.0 10.0L10.0 10.0');
  });
});
