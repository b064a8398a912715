import { describe, expect, it } from 'vitest';
import { organizedNames, readOperand, writeOperand } from './transformForms';

describe('operands', () => {
  it.each([
    ['cpu', { matcher: { id: 'byName', options: 'cpu' } }],
    ['100', { fixed: '100' }],
    ['7', { matcher: { id: 'byName', options: '7' } }],
    ['', { matcher: { id: 'byName', options: '' } }],
  ])('%j is written and read', (text, expected) => {
    expect(writeOperand(text, ['cpu', '7'])).toEqual(expected);
    expect(readOperand(expected)).toBe(text);
  });
  it.each([
    ['a name of older files', 'cpu', 'cpu'],
    ['a number of older files', 2, '2'],
    ['a type', { matcher: { id: 'byType', options: 'number' } }, undefined],
    ['nothing', undefined, ''],
  ])('%s', (_, value, expected) => expect(readOperand(value)).toBe(expected));
});

describe('organizedNames', () => {
  it.each([
    [['a', 'b', 'c'], {}, ['a', 'b', 'c']],
    [['a', 'b', 'c'], { c: 0, a: 1 }, ['c', 'a', 'b']],
    [['a'], { gone: 0 }, ['gone', 'a']],
    [['constructor', 'a'], { a: 0 }, ['a', 'constructor']],
  ])('%j by %j', (names, index, expected) => expect(organizedNames(names, index)).toEqual(expected));
});
