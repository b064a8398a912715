import { describe, expect, it } from 'vitest';
import { legendOptions, sortLegend, type LegendItem } from './legend';

function item(name: string, mean: number): LegendItem {
  return { name, color: '#000', shown: true, values: [{ title: 'Mean', text: String(mean), numeric: mean }] };
}

describe('sortLegend', () => {
  const items = [item('b10', 2), item('b9', NaN), item('a', 5)];
  it.each([
    [undefined, false, ['b10', 'b9', 'a']],
    ['Name', false, ['a', 'b9', 'b10']],
    ['Mean', false, ['b10', 'a', 'b9']],
    ['Mean', true, ['a', 'b10', 'b9']],
    ['Max', true, ['b10', 'b9', 'a']],
  ])('by %s, descending: %s', (by, descending, names) => {
    expect(sortLegend(items, by, descending).map((entry) => entry.name)).toEqual(names);
  });
});

describe('legendOptions', () => {
  it('hides what older files call hidden', () => {
    expect(legendOptions({ displayMode: 'hidden' }).show).toBe(false);
    expect(legendOptions({ showLegend: false, displayMode: 'table' }).show).toBe(false);
    expect(legendOptions({}).show).toBe(true);
  });
});
