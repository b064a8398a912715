import { describe, expect, it } from 'vitest';
import { barGaugeLayout, gradientStops, lcdCells, valueShare, type BarGaugeInput } from './barGauge';

const measure = (text: string, size: number) => text.length * size * 0.5;
const INPUT: BarGaugeInput = { width: 400, height: 60, vertical: false, name: 'node', value: '12', namePlacement: 'auto', showValue: true, nameSize: undefined, valueSize: undefined };

describe('barGaugeLayout', () => {
  it.each<[string, Partial<BarGaugeInput>, string, number]>([
    ['above a high bar', {}, 'above', 320],
    ['left of a low bar', { height: 30 }, 'left', 281],
    ['left where it is said so', { namePlacement: 'left' }, 'left', 277],
    ['nowhere when hidden', { namePlacement: 'hidden' }, 'none', 320],
    ['below an upright bar', { vertical: true, width: 60, height: 400 }, 'below', 60],
    ['above a bar without value', { showValue: false }, 'above', 400],
  ])('has its name %s', (_, change, placement, width) => {
    const layout = barGaugeLayout({ ...INPUT, ...change }, measure);
    expect(layout.name.placement).toBe(placement);
    expect(Math.round(layout.bar.width)).toBe(width);
  });
});

describe('valueShare', () => {
  it.each([
    [50, 0, 100, 0.5],
    [-5, 0, 100, 0],
    [500, 0, 100, 1],
    [5, 5, 5, 0],
    [NaN, 0, 1, 0],
  ])('of %d between %d and %d', (value, min, max, share) => {
    expect(valueShare(value, min, max)).toBe(share);
  });
});

describe('gradientStops', () => {
  const stops = [
    { value: -Infinity, color: 'green' },
    { value: 50, color: 'yellow' },
    { value: 80, color: 'red' },
  ];

  it('blend halfway between thresholds, up to the value', () => {
    expect(gradientStops(stops, 90, 0, 100, 200)).toEqual([
      { color: 'green', atPx: undefined },
      { color: 'yellow', atPx: 50 },
      { color: 'red', atPx: 130 },
    ]);
    expect(gradientStops(stops, 60, 0, 100, 200)).toHaveLength(2);
    expect(gradientStops(stops, 10, 0, 100, 200)).toHaveLength(1);
  });
});

describe('lcdCells', () => {
  it('are twelve pixels with their gap', () => {
    expect(lcdCells(120, 0, 100)).toEqual({ sizePx: 10, gapPx: 2, values: [0, 10, 20, 30, 40, 50, 60, 70, 80, 90] });
  });
});
