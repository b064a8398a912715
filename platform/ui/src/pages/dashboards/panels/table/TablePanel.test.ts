import { describe, expect, it } from 'vitest';
import { showFrames } from '../../../../lib/field/showFrames';
import type { DataFrame, Field, FieldType } from '../../../../lib/frame/frame';
import { tableOptions } from '../../../../lib/table/tableOptions';
import { EMPTY_SCOPE } from '../../../../lib/template/createScope';
import { PAYLOADS } from '../../../../testing/payloads';
import { cellLinks } from './cellLinks';
import { cellText, columnsOf, inspectedText } from './columns';
import { footerCells } from './footer';
import { movedCell } from './movedCell';
import { nextSort } from './useTableRows';

function column(name: string, type: FieldType, values: readonly unknown[], config: Field['config'] = {}): Field {
  return { name, type, values, config };
}

function shown(fields: readonly Field[], overrides: readonly { name: string; custom: Record<string, unknown> }[] = []) {
  const frame: DataFrame = { refId: 'A', name: undefined, fields, length: fields[0]?.values.length ?? 0 };
  const source = { defaults: {}, overrides: overrides.map(({ name, custom }) => ({ matcher: { id: 'byName', options: name }, properties: Object.entries(custom).map(([id, value]) => ({ id, value })) })) };
  const [first] = showFrames([frame], source, { scope: EMPTY_SCOPE, dark: false, timeZone: 'UTC', panelType: 'table' });
  if (!first) throw new Error('a frame is shown');
  return first;
}

describe('columns', () => {
  const frame = shown(
    [column('host', 'string', ['a', 'b']), column('load', 'number', [1.5, 2.5]), column('secret', 'string', ['x', 'y']), column('data', 'other', [{ a: 1 }, null])],
    [
      { name: 'secret', custom: { 'custom.hidden': true } },
      { name: 'load', custom: { unit: 'percent', 'custom.filterable': true, 'custom.inspect': true, displayName: 'Load' } },
    ],
  );
  const columns = columnsOf(frame);

  it('are those that are not hidden, as they are configured', () => {
    expect(columns.map(({ title, align, filterable, inspect }) => [title, align, filterable, inspect])).toEqual([
      ['host', 'left', false, false],
      ['Load', 'right', true, true],
      ['data', 'left', false, false],
    ]);
  });

  it('write their cells', () => {
    expect(columns.map((entry) => [cellText(entry, 0), cellText(entry, 1), inspectedText(entry, 0)])).toEqual([
      ['a', 'b', 'a'],
      ['1.50%', '2.50%', '1.50%'],
      ['{"a":1}', '', '{\n "a": 1\n}'],
    ]);
  });

  it.each([
    [{}, undefined],
    [{ footer: { show: true, reducer: ['sum'] } }, ['Total', '4%', '']],
    [{ footer: { show: true, reducer: ['mean'], fields: ['Load'] } }, ['Mean', '2%', '']],
    [{ footer: { show: true, reducer: ['count'], countRows: true } }, ['2', '', '']],
  ])('have a footer: %j', (options, expected) => {
    expect(footerCells(tableOptions(options), columns, [0, 1])?.map((lines) => lines.map((line) => line.text).join())).toEqual(expected);
  });

  it('have footers of their own', () => {
    const own = columnsOf(shown([column('a', 'number', [1, 3], { custom: { footer: { reducers: ['min', 'max'] } } })]));
    expect(footerCells(tableOptions({}), own, [0, 1])).toEqual([[{ name: 'Min', text: '1' }, { name: 'Max', text: '3' }]]);
  });
});

it('links a cell with the values of its row', () => {
  const frame = shown([column('host', 'string', ['a&b']), column('n', 'number', [1], { links: [{ title: 'See ${__data.fields.host}', url: '/d/x?var-host=${__data.fields.host}', targetBlank: true }, { title: 'bad', url: 'javascript:alert(${__value.raw})', targetBlank: false }] })]);
  const [, second] = columnsOf(frame);
  expect(second && cellLinks(second, 0, EMPTY_SCOPE)).toEqual([{ title: 'See a&b', href: 'd/x?var-host=a%26b', newTab: true }]);
});

describe.each(Object.entries(PAYLOADS))('the payload %s', (_, payload) => {
  it('as value, name, title and link of a column is text, and never an address that runs', () => {
    const frame = shown([column(payload, 'string', [payload], { displayName: payload, description: payload, links: [{ title: payload, url: payload, targetBlank: false }, { title: '', url: '${__value.raw}', targetBlank: false }] })]);
    for (const entry of columnsOf(frame)) {
      expect(typeof cellText(entry, 0)).toBe('string');
      expect(cellText(entry, 0).length).toBeLessThan(10_100);
      expect(typeof inspectedText(entry, 0)).toBe('string');
      for (const { href } of cellLinks(entry, 0, EMPTY_SCOPE)) {
        expect(new URL(href, 'https://base.example/').origin === 'https://base.example' || /^https?:\/\//.test(href)).toBe(true);
      }
    }
  });
});

it.each([
  ['ArrowDown', false, { row: 2, column: 1 }],
  ['ArrowUp', true, { row: 0, column: 1 }],
  ['End', false, { row: 1, column: 4 }],
  ['End', true, { row: 99, column: 4 }],
  ['PageDown', false, { row: 11, column: 1 }],
  ['PageUp', false, { row: 0, column: 1 }],
  ['x', false, undefined],
])('the key %s (ctrl: %s) leads to %j', (key, control, expected) => expect(movedCell({ row: 1, column: 1 }, key, control, 100, 5)).toEqual(expected));

it('sorts up, down and not at all, by several columns with Shift', () => {
  const up = nextSort([], 'a', false);
  const down = nextSort(up, 'a', false);
  expect([up, down, nextSort(down, 'a', false)]).toEqual([[{ column: 'a', descending: false }], [{ column: 'a', descending: true }], []]);
  expect(nextSort(down, 'b', true)).toEqual([{ column: 'a', descending: true }, { column: 'b', descending: false }]);
  expect(nextSort(nextSort(down, 'b', true), 'b', true)).toEqual([{ column: 'a', descending: true }, { column: 'b', descending: true }]);
  expect(nextSort(nextSort(down, 'b', true), 'c', false)).toEqual([{ column: 'c', descending: false }]);
});
