import { describe, expect, it } from 'vitest';
import type { Field, FieldType } from '../frame/frame';
import { alignment, cellOptions } from './cellOptions';
import { cellColors } from './cellColors';
import { cut, pillsOf, plainText, prettyText } from './cellText';
import { parseCondition } from './expression';
import { BLANK, comparable, distinctTexts, filterRows, searchValues, type Operator } from './filter';
import { compareValues, sortRows } from './sort';
import { columnReducers, tableOptions } from './tableOptions';
import { columnWidths } from './widths';

function field(custom: Record<string, unknown>, type: FieldType = 'number', values: readonly unknown[] = [1], name = 'a'): Field {
  return { name, type, values, config: { custom } };
}

const SERIES = { fields: [{ name: 'Time', type: 'time', values: [1], config: {} }], length: 1 };

describe('cell options', () => {
  it.each([
    [{}, { type: 'auto', wrap: false }],
    [{ cellOptions: { type: 'auto', wrapText: true } }, { type: 'auto', wrap: true }],
    [{ cellOptions: { type: 'color-background' } }, { type: 'color-background', mode: 'gradient', applyToRow: false, wrap: false }],
    [{ displayMode: 'color-background-solid' }, { type: 'color-background', mode: 'basic', applyToRow: false, wrap: false }],
    [{ displayMode: 'lcd-gauge' }, { type: 'gauge', mode: 'lcd', valueMode: 'color', wrap: false }],
    [{ displayMode: 'custom', cellOptions: { type: 'gauge' } }, { type: 'auto', wrap: false }],
    [{ cellOptions: { type: 'gauge', mode: 'basic', valueDisplayMode: 'hidden' } }, { type: 'gauge', mode: 'basic', valueMode: 'hidden', wrap: false }],
    [{ cellOptions: { type: 'pill' } }, { type: 'auto', wrap: false }],
    [{ cellOptions: { type: 'actions' } }, { type: 'unknown', name: 'actions', wrap: false }],
    [{ cellOptions: 'color-text' }, { type: 'auto', wrap: false }],
  ])('%j', (custom, expected) => expect(cellOptions(field(custom))).toEqual(expected));

  it('draws series in cells as lines', () => expect(cellOptions(field({}, 'other', [null, SERIES])).type).toBe('sparkline'));

  it.each([
    [field({}), 'right'],
    [field({ align: 'auto' }, 'string'), 'left'],
    [field({ align: 'center' }), 'center'],
    [field({ cellOptions: { type: 'gauge' } }), 'left'],
  ])('aligns %#', (column, expected) => expect(alignment(column, cellOptions(column))).toBe(expected));
});

it('reads options of both generations', () => {
  expect(tableOptions({})).toEqual({ frameIndex: 0, showHeader: true, rowPx: 36, sortBy: [], pagination: false, showRowNumbers: false, footer: undefined });
  expect(tableOptions({ cellHeight: 'lg', sortBy: [{ displayName: 'CPU', desc: true }, {}], footer: { show: true, reducer: ['sum'], fields: '', enablePagination: true } })).toMatchObject({
    rowPx: 48,
    sortBy: [{ column: 'CPU', descending: true }],
    pagination: true,
    footer: { reducers: ['sum'], fields: undefined, countRows: false },
  });
  expect(columnReducers({ footer: { reducers: ['mean', 3] } })).toEqual(['mean']);
});

it.each([
  [[{}, {}], 600, [300, 300]],
  [[{ width: 100 }, {}], 600, [100, 500]],
  [[{ minWidth: 400 }, {}], 600, [400, 300]],
  [[{}, {}, {}], 300, [150, 150, 150]],
  [[{ width: 20 }], 300, [50]],
])('gives columns %j of %d px the widths %j', (customs, available, expected) => {
  expect(columnWidths(customs.map((custom, index) => field(custom, 'number', [], String(index))), available)).toEqual(expected);
});

it('lets a person choose a width', () => expect(columnWidths([field({ width: 100 })], 600, new Map([['a', 222]]))).toEqual([222]));

describe('sorting', () => {
  it.each<[FieldType, unknown, unknown, number]>([
    ['number', 2, 10, -1],
    ['number', null, -1, -1],
    ['number', NaN, -Infinity, -1],
    ['number', NaN, null, 1],
    ['string', 'node2', 'node10', -1],
    ['string', 'B', 'a', 1],
    ['string', null, 'a', -1],
    ['boolean', false, true, -1],
    ['other', { value: 3, fields: [] }, { value: 2, fields: [] }, 1],
  ])('%s: %j to %j', (type, a, b, expected) => expect(Math.sign(compareValues(type, a, b))).toBe(expected));

  it('takes several columns and keeps equal rows in order', () => {
    const a = field({}, 'string', ['x', 'y', 'x', 'y']);
    const b = field({}, 'number', [1, 5, 2, 5]);
    expect(sortRows([0, 1, 2, 3], [{ field: a, descending: true }, { field: b, descending: true }])).toEqual([1, 3, 2, 0]);
  });
});

describe('filters', () => {
  const values = ['1 ms', '20 ms', '3 s', 'alpha', 'Beta', BLANK];
  it.each<[Operator, string, boolean, string[]]>([
    ['Contains', 'A', false, ['alpha', 'Beta', BLANK]],
    ['Contains', 'A', true, []],
    ['Contains', '(B', false, [BLANK]],
    ['>', '2', false, ['20 ms', '3 s']],
    ['=', '20', false, ['20 ms']],
    ['Expression', '$ > 2 && $ < 10', false, ['3 s']],
    ['Expression', "$ == 'alpha'", false, ['alpha']],
    ['=', '', false, values],
  ])('%s %s', (operator, text, matchCase, expected) => expect(searchValues(values, { operator, text, matchCase })).toEqual({ kind: 'found', values: expected }));

  it('says what is wrong with an expression', () => {
    expect(searchValues(values, { operator: 'Expression', text: '$.constructor', matchCase: false })).toMatchObject({ kind: 'refused', message: expect.stringContaining('.constructor') as string });
  });

  it('names blanks and finds rows', () => {
    expect(distinctTexts(['b', '', 'a', 'b'])).toEqual([BLANK, 'a', 'b']);
    const texts = ['a', '', 'b'];
    expect(filterRows(3, [{ chosen: new Set([BLANK, 'b']), text: (row) => texts[row] ?? '' }])).toEqual([1, 2]);
    expect(filterRows(2, [])).toEqual([0, 1]);
  });

  it.each([
    ['2026-01-02 03:04', new Date('2026-01-02 03:04').toISOString()],
    ['12.5%', 12.5],
    ['TRUE', true],
    ['text', 'text'],
  ])('compares %s as %s', (text, expected) => expect(comparable(text)).toBe(expected));
});

describe('expressions', () => {
  it.each<[string, string | number | boolean, boolean]>([
    ['$ > 1', 2, true],
    ['!($ >= 2)', 2, false],
    ['$ * 2 + 1 == 5', 2, true],
    ['$ % 2 === 0 || $ < 0', 3, false],
    ['-$ < -1', 2, true],
    ['$ != "it\\"s"', 'it"s', false],
    ['1 + "a" == "1a"', 0, true],
  ])('%s of %s', (text, value, expected) => {
    const parsed = parseCondition(text);
    expect(parsed.kind === 'condition' && parsed.test(value)).toBe(expected);
  });

  it.each(['', '$ >', '(1', '1 2', 'alert(1)', '$[0]', 'constructor', '`x`', '('.repeat(60) + '1' + ')'.repeat(60), '!'.repeat(200) + '1', 'x'.repeat(1001)])('refuses %s', (text) => {
    expect(parseCondition(text).kind).toBe('refused');
  });
});

it.each([
  ['a, b ,c', ['a', 'b', 'c']],
  ['["x", 1, {"y":2}]', ['x', '1', '{"y":2}']],
  ['[not json', ['[not json']],
  [null, []],
  [12, ['12']],
])('makes pills of %j', (value, expected) => expect(pillsOf(value)).toEqual(expected));

it('writes values as text', () => {
  expect(plainText({ a: 1 })).toBe('{"a":1}');
  expect(plainText(SERIES)).toBe('[{"Time":1}]');
  expect(plainText([SERIES])).toBe('[[{"Time":1}]]');
  expect(prettyText('{"a":[1]}')).toBe('{\n "a": [\n  1\n ]\n}');
  expect(prettyText('plain')).toBe('plain');
  expect(cut('x'.repeat(10_001))).toMatch(/… \(10,001 characters\)$/);
});

describe('colours', () => {
  const ground = cellOptions(field({ cellOptions: { type: 'color-background', mode: 'basic' } }));
  it('puts readable text on the ground', () => expect(cellColors(ground, '#73bf69', true)).toEqual({ background: '#73bf69', color: '#000000' }));
  it('makes a gradient', () => expect(cellColors(cellOptions(field({ displayMode: 'color-background' })), '#ff0000', true).background).toBe('linear-gradient(120deg, rgb(204, 17, 0), rgb(255, 0, 0))'));
  it('takes nothing but colours', () => expect(cellColors(ground, 'url(https://evil.example/)', true)).toEqual({}));
});
