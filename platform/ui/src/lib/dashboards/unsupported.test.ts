import { expect, it } from 'vitest';
import { unsupportedParts } from './unsupported';

const known = (type: string) => type === 'timeseries';
const panel = (change: object) => ({ id: 1, type: 'timeseries', title: 'P', gridPos: { x: 0, y: 0, w: 12, h: 8 }, ...change });
const parts = (...panels: object[]) => unsupportedParts({ title: 'T', schemaVersion: 42, panels }, known);

it.each([
  ['what is known', panel({ targets: [{ refId: 'A', expr: 'up', datasource: { type: 'prometheus', uid: '${DS_X}' } }] }), []],
  ['a type', panel({ type: 'my-own-panel' }), [/Panel “P”: the type “my-own-panel”/]],
  ['a data source', panel({ targets: [{ refId: 'A', datasource: { type: 'mysql', uid: 'x' } }] }), [/Panel “P”: .*mysql/]],
  ['a transformation', panel({ transformations: [{ id: 'spatial', options: {} }] }), [/Panel “P”: .*spatial/]],
  ['one that is off', panel({ transformations: [{ id: 'spatial', disabled: true, options: {} }] }), []],
  ['a library panel', { id: 1, title: 'P', libraryPanel: { uid: 'l', name: 'L' } }, [/library panel/]],
])('%s', (_, given, expected) => {
  const found = parts(given);
  expect(found).toHaveLength(expected.length);
  expected.forEach((pattern, i) => expect(found[i]).toMatch(pattern));
});

it('says the same thing once', () => {
  expect(parts(panel({ targets: [1, 2].map((n) => ({ refId: String(n), datasource: { type: 'mysql', uid: 'x' } })) }))).toHaveLength(1);
});

it('reads what is no dashboard as an empty one', () => {
  expect(unsupportedParts(17, known)).toEqual([]);
});
