import { describe, expect, it } from 'vitest';
import { ringPath } from './arc';
import { gaugeAngle, gaugeFill, gaugeLayout } from './gauge';

describe('gaugeAngle', () => {
  it.each([
    [0, 234],
    [50, 360],
    [100, 486],
    [-10, 234],
    [1000, 486],
    [NaN, 234],
  ])('of %d between 0 and 100', (value, angle) => {
    expect(gaugeAngle(value, 0, 100, 'gauge')).toBeCloseTo(angle, 6);
  });
});

describe('gaugeFill', () => {
  it('begins at the neutral value', () => {
    expect(gaugeFill(75, 0, 100, 50, 'gauge')).toEqual({ from: 360, to: 423 });
    expect(gaugeFill(25, 0, 100, 50, 'gauge')).toEqual({ from: 297, to: 360 });
  });
});

describe('gaugeLayout', () => {
  it('stays inside its box', () => {
    const layout = gaugeLayout({ width: 200, height: 150, shape: 'gauge', thresholdMarkers: true, thresholdLabels: false, nameHeight: 20 });
    expect(layout.markers?.outer).toBeLessThanOrEqual(100);
    expect(layout.bar.cy - (layout.markers?.outer ?? 0)).toBeGreaterThanOrEqual(0);
    expect(layout.bar.outer).toBeLessThan(layout.markers?.inner ?? 0);
  });
});

describe('ringPath', () => {
  it('draws a whole circle as nearly one', () => {
    expect(ringPath({ cx: 10, cy: 10, outer: 10, inner: 0 }, 0, 360)).toContain('A10 10 0 1 1');
  });
});
