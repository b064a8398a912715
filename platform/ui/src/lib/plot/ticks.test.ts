import { describe, expect, it } from 'vitest';
import { decimalsOf, tickSteps, trimZeros } from './ticks';

describe('ticks', () => {
  it.each([
    [1, 0],
    [0.25, 2],
    [0.5, 1],
    [1e-7, 0],
    [1024, 0],
    [0.1 + 0.2, 1],
  ])('%d has %i decimals', (value, decimals) => {
    expect(decimalsOf(value)).toBe(decimals);
  });

  it.each([
    ['60.00', '60'],
    ['0.250', '0.25'],
    ['1e5', '1e5'],
    ['12', '12'],
    ['a.0', 'a.0'],
  ])('%s is written %s', (text, trimmed) => {
    expect(trimZeros(text)).toBe(trimmed);
  });

  it('are powers of two for bytes', () => {
    expect(tickSteps('bytes')).toContain(1024);
    expect(tickSteps('s')).toBeUndefined();
  });
});
