import { expect, it } from 'vitest';
import { applyPatch } from './urlState';

it.each([
  ['a=1&b=2', { a: '3' }, 'b=2&a=3'],
  ['a=1&b=2', { a: undefined }, 'b=2'],
  ['a=1', { a: '' }, ''],
  ['a=1&a=2', { a: ['x', 'y'] }, 'a=x&a=y'],
  ['', { a: [] }, ''],
])('changes %j by %j', (current, change, expected) => {
  expect(applyPatch(new URLSearchParams(current), change).toString()).toBe(expected);
});
