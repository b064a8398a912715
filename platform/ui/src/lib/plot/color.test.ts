import { describe, expect, it } from 'vitest';
import { adjust, mix, parseColor, readableText, textColorOn, withAlpha } from './color';

describe('colours', () => {
  it.each([
    ['#fff', { r: 255, g: 255, b: 255, a: 1 }],
    ['#73BF69', { r: 115, g: 191, b: 105, a: 1 }],
    ['#00000080', { r: 0, g: 0, b: 0, a: 128 / 255 }],
    ['rgba(1, 2, 3, 0.5)', { r: 1, g: 2, b: 3, a: 0.5 }],
    ['tomato', undefined],
  ])('%s is read', (text, rgb) => {
    expect(parseColor(text)).toEqual(rgb);
  });

  it('get an opacity', () => {
    expect(withAlpha('#ff0000', 0.25)).toBe('rgba(255, 0, 0, 0.25)');
    expect(withAlpha('tomato', 0.25)).toBe('color-mix(in srgb, tomato 25%, transparent)');
  });

  it('turn and darken', () => {
    expect(adjust('#ff0000', { hue: 120 })).toBe('rgb(0, 255, 0)');
    expect(adjust('#ff0000', { lightness: -25 })).toBe('rgb(128, 0, 0)');
  });

  it('mix', () => {
    expect(mix('#000000', '#ffffff', 0.5)).toBe('rgb(128, 128, 128)');
  });

  it('take text that can be read', () => {
    expect(textColorOn('#1f1f1f')).toBe('#ffffff');
    expect(textColorOn('#fade2a')).toBe('#1b1c1f');
    expect(textColorOn('#c4162a')).toBe('#ffffff');
    expect(textColorOn('tomato')).toBe('#ffffff');
  });

  it('let texts on gradients be read at both ends', () => {
    expect(textColorOn('#f2495c')).toBe('#1b1c1f');
    expect(textColorOn(adjust('#f2495c', { lightness: -15, hue: 8 }), adjust('#f2495c', { lightness: -5, hue: -8 }))).toBe('#ffffff');
    expect(textColorOn('#ffffff', '#c4162a')).toBe('#1b1c1f');
  });

  it('are made readable as texts on cards', () => {
    expect(readableText('#1f60c4', false, 14)).toBe('#1f60c4');
    expect(readableText('#f2cc0c', false, 30)).not.toBe('#f2cc0c');
    expect(readableText('#f2cc0c', true, 14)).toBe('#f2cc0c');
  });
});
