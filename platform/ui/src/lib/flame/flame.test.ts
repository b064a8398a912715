import { describe, expect, it } from 'vitest';
import { PAYLOADS } from '../../testing/payloads';
import type { DataFrame } from '../frame/frame';
import { itemChange, readFlame, sumByLabel, visibleBars, type Flame } from './flame';

function frame(rows: readonly (readonly [label: unknown, level: number, value: number, self: number, right?: number])[]): DataFrame {
  const column = (name: string, at: number) => ({ name, type: at === 0 ? ('string' as const) : ('number' as const), values: rows.map((row) => row[at]), config: {} });
  return { refId: 'A', name: undefined, length: rows.length, fields: [column('label', 0), column('level', 1), column('value', 2), column('self', 3), ...(rows[0]?.length === 5 ? [column('valueRight', 4)] : [])] };
}

function flame(rows: Parameters<typeof frame>[0]): Flame {
  const result = readFlame(frame(rows));
  if (result.kind !== 'flame') throw new Error(result.message);
  return result.flame;
}

const PROFILE = flame([
  ['total', 0, 100, 0],
  ['main', 1, 80, 10],
  ['work', 2, 50, 20],
  ['work', 3, 30, 30],
  ['idle', 2, 20, 20],
  ['gc', 1, 20, 20],
]);

describe('a flame graph', () => {
  it('places each box behind the one before it', () => {
    expect(PROFILE.items.map(({ label, level, start, parent }) => [label, level, start, parent])).toEqual([
      ['total', 0, 0, -1],
      ['main', 1, 0, 0],
      ['work', 2, 0, 1],
      ['work', 3, 0, 2],
      ['idle', 2, 50, 1],
      ['gc', 1, 80, 0],
    ]);
    expect([PROFILE.total, PROFILE.levels.length]).toEqual([100, 4]);
  });

  it('adds up functions, those that call themselves once', () => {
    expect(sumByLabel(PROFILE).map(({ label, self, total }) => [label, self, total])).toEqual([
      ['total', 0, 100],
      ['main', 10, 80],
      ['work', 50, 50],
      ['idle', 20, 20],
      ['gc', 20, 20],
    ]);
  });

  it('shows what is in sight', () => {
    const focus = PROFILE.items[4];
    expect(visibleBars(PROFILE, 2, undefined, 0.3).map(({ item, left, width }) => [item.label, left, width])).toEqual([['work', 0, 0.5]]);
    expect(visibleBars(PROFILE, 1, focus, 0).map(({ item, left, width }) => [item.label, left, width])).toEqual([['main', 0, 1]]);
    expect(visibleBars(PROFILE, 2, focus, 0).map(({ item, width }) => [item.label, width])).toEqual([['idle', 1]]);
    expect(visibleBars(PROFILE, 3, focus, 0)).toEqual([]);
  });

  it('compares two profiles', () => {
    const both = flame([['total', 0, 100, 0, 200], ['a', 1, 50, 50, 200], ['b', 1, 50, 50, 0]]);
    expect([both.total, both.totalRight]).toEqual([300, 200]);
    expect(both.items.map((item) => itemChange(both, item))).toEqual([0, 1, -1]);
    expect(sumByLabel(both).map((sum) => sum.change)).toEqual([0, 1, -1]);
  });

  it('takes what cannot be for what can', () => {
    const odd = flame([['a', 5, NaN, -1], ['b', 9, 10, 10], ['c', -3, 5, 5]]);
    expect(odd.items.map(({ level, value }) => [level, value])).toEqual([[0, 0], [1, 10], [0, 5]]);
    expect(visibleBars(flame([]), 0, undefined, 0)).toEqual([]);
  });

  it('says what it lacks', () => {
    expect(readFlame({ ...frame([]), fields: frame([]).fields.slice(0, 2) })).toEqual({ kind: 'unreadable', message: 'A flame graph needs the columns label, level, value and self; value, self are missing.' });
    expect(readFlame({ ...frame([]), fields: frame([]).fields.map((field) => ({ ...field, type: 'string' as const })) })).toMatchObject({ kind: 'unreadable' });
  });
});

it.each(Object.entries(PAYLOADS))('takes the payload %s as a label', (_, payload) => {
  const odd = flame([['root', 0, 2, 0], [payload, 1, 1, 1], [payload, 1, 1, 1]]);
  expect(sumByLabel(odd).find((sum) => sum.label === payload)).toMatchObject({ self: 2, total: 2 });
});
