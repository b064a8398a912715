import { describe, expect, it } from 'vitest';
import { bigValueLayout, type BigValueInput } from './bigValue';
import { fitFontSize, longest } from './textFit';

/** Each letter is half as wide as it is high. */
const measure = (text: string, size: number) => text.length * size * 0.5;

const INPUT: BigValueInput = { width: 300, height: 200, name: '', value: '12.3 MiB', sparkline: false, wide: true, nameSize: undefined, valueSize: undefined };

describe('fitFontSize', () => {
  it.each([
    ['12345', 100, 1000, 37],
    ['12345', 1000, 24, 20],
    ['1', 1000, 1000, 30],
  ])('%s in %i × %i', (text, width, height, size) => {
    expect(Math.floor(fitFontSize(text, { width, height, lineHeight: 1.2, maxPx: text === '1' ? 30 : undefined }, measure))).toBe(size);
  });

  it('goes by the longest text', () => {
    expect(longest(['1', '100', '20'])).toBe('100');
  });
});

describe('bigValueLayout', () => {
  it('fills the tile with a value alone', () => {
    const layout = bigValueLayout(INPUT, measure);
    expect(layout.direction).toBe('column');
    expect(layout.valueSize).toBeCloseTo((276 / 58) * 14, 5);
    expect(layout.chartHeight).toBe(0);
  });

  it('puts name and value beside each other in a wide tile', () => {
    const layout = bigValueLayout({ ...INPUT, width: 600, height: 60, name: 'requests' }, measure);
    expect(layout.direction).toBe('row');
    expect(layout.nameSize).toBeLessThanOrEqual(layout.valueSize * 0.7);
  });

  it('stacks them where wide layouts are not wanted', () => {
    expect(bigValueLayout({ ...INPUT, width: 600, height: 60, name: 'requests', wide: false }, measure).direction).toBe('column');
  });

  it('leaves the rest to the sparkline', () => {
    const layout = bigValueLayout({ ...INPUT, sparkline: true, name: 'requests' }, measure);
    expect(layout.chartHeight).toBeGreaterThan(50);
    expect(bigValueLayout({ ...INPUT, sparkline: true, height: 90, width: 100 }, measure).chartHeight).toBe(0);
  });

  it('keeps sizes that are given', () => {
    expect(bigValueLayout({ ...INPUT, name: 'a', nameSize: 11, valueSize: 22 }, measure)).toMatchObject({ nameSize: 11, valueSize: 22 });
  });
});
