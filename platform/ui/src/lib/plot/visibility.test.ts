import { describe, expect, it } from 'vitest';
import { afterLegendClick, isShown } from './visibility';

const ALL = ['a', 'b', 'c'];
const names = (shown: ReadonlySet<string> | undefined) => (shown ? [...shown].sort() : undefined);

describe('afterLegendClick', () => {
  it.each<[string[] | undefined, string, boolean, string[] | undefined]>([
    [undefined, 'a', false, ['a']],
    [['a'], 'a', false, undefined],
    [['a', 'b'], 'a', false, ['a']],
    [['a'], 'b', false, ['b']],
    [undefined, 'a', true, ['b', 'c']],
    [['a'], 'b', true, ['a', 'b']],
    [['a', 'b'], 'c', true, undefined],
    [['a', 'b'], 'b', true, ['a']],
  ])('of %j with %s, adding: %s', (shown, name, add, expected) => {
    expect(names(afterLegendClick(shown && new Set(shown), name, ALL, add))).toEqual(expected);
  });
});

describe('isShown', () => {
  it('lets the choice win over the configuration', () => {
    expect(isShown(undefined, 'a', true)).toBe(false);
    expect(isShown(new Set(['a']), 'a', true)).toBe(true);
    expect(isShown(new Set(['b']), 'a', false)).toBe(false);
  });
});
