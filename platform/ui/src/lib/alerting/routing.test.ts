import { expect, it } from 'vitest';
import { countRoutes, pathTo, type TreeNode } from './routing';

const leaf = (id: string): TreeNode => ({ id, routes: [] });
const TREE: TreeNode = { id: '{}', routes: [{ id: 'a', routes: [leaf('a/1'), leaf('a/2')] }, leaf('b')] };

it.each([
  [['a/2'], ['a', 'a/2', '{}']],
  [['{}'], ['{}']],
  [['a/1', 'b'], ['a', 'a/1', 'b', '{}']],
  [[], []],
  [['gone'], []],
])('%j', (ids, path) => {
  expect([...pathTo(TREE, ids)].sort()).toEqual([...path].sort());
});

it('counts routes', () => {
  expect(countRoutes(TREE)).toBe(5);
});
