import { expect, it } from 'vitest';
import { cssRgb, parseColor, readableText, safeColor, shade, textOn } from './color';

it.each([
  ['#f00', { r: 255, g: 0, b: 0, a: 1 }],
  ['#73BF69', { r: 115, g: 191, b: 105, a: 1 }],
  ['#00000080', { r: 0, g: 0, b: 0, a: 128 / 255 }],
  ['rgb(1, 2, 3)', { r: 1, g: 2, b: 3, a: 1 }],
  ['rgba(1,2,3,0.5)', { r: 1, g: 2, b: 3, a: 0.5 }],
  ['hsl(120, 100%, 50%)', { r: 0, g: 255, b: 0, a: 1 }],
])('reads %s', (text, expected) => expect(parseColor(text)).toEqual(expected));

it.each(['#12345', 'red', 'url(https://evil.example/x.png)', 'rgb(1,2)', 'expression(alert(1))'])('reads no colour in %s', (text) => expect(parseColor(text)).toBeUndefined());

it.each([
  ['tomato', 'tomato'],
  ['var(--mantine-color-red-6)', 'var(--mantine-color-red-6)'],
  ['url(//evil.example)', undefined],
  ['red; background: url(x)', undefined],
  ['var(--x, url(x))', undefined],
])('lets %s through as %s', (text, expected) => expect(safeColor(text)).toBe(expected));

it('writes on a ground what can be read', () => {
  expect([textOn('#ffffff'), textOn('#000000'), textOn('#fade2a'), textOn('#1f60c4'), textOn('tomato')]).toEqual(['#000000', '#ffffff', '#000000', '#ffffff', undefined]);
});

it('darkens and turns', () => {
  expect(cssRgb(shade({ r: 255, g: 0, b: 0, a: 1 }, 10, 0))).toBe('rgb(204, 0, 0)');
  expect(cssRgb(shade({ r: 255, g: 0, b: 0, a: 0.5 }, 0, 120))).toBe('rgba(0, 255, 0, 0.5)');
});

it('makes texts readable', () => {
  expect([readableText('#56a64b', false), readableText('#c4162a', false), readableText('#1f60c4', true), readableText('tomato', true)]).toEqual(['rgb(64, 124, 56)', 'rgb(196, 22, 42)', 'rgb(81, 139, 227)', 'tomato']);
});
