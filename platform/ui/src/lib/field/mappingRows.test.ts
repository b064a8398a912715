import { describe, expect, it } from 'vitest';
import { readMappingRows, rowOfKind, writeMappingRows, type MappingRow } from './mappingRows';

describe('value mappings as lines', () => {
  it('come back as they were', () => {
    const mappings = [
      { type: 'value', options: { up: { text: 'Up', color: 'green', index: 0, icon: 'i' }, 0: { text: 'Down', index: 1 } } },
      { type: 'range', options: { from: 1, to: null, result: { text: 'many', index: 2 } } },
      { type: 'regex', options: { pattern: '^a(.*)', result: { text: '$1', index: 3 } } },
      { type: 'special', options: { match: 'null+nan', result: { color: 'red', index: 4 } } },
      { type: 1, value: '2', text: 'old' },
    ];
    const rows = readMappingRows(mappings);
    expect(rows.map(({ kind }) => kind)).toEqual(['value', 'value', 'range', 'regex', 'special', 'kept']);
    expect(rows[0]).toMatchObject({ value: 'up' });
    expect(writeMappingRows(rows)).toEqual(mappings);
  });

  it('keep a value that is typed twice, the first counts', () => {
    const row = (value: string, text: string): MappingRow => ({ kind: 'value', value, result: { text } });
    expect(writeMappingRows([row('1', 'a'), row('1', 'b'), row('2', 'c')])).toEqual([
      { type: 'value', options: { 1: { text: 'a', index: 0 } } },
      { type: 'value', options: { 1: { text: 'b', index: 1 }, 2: { text: 'c', index: 2 } } },
    ]);
  });

  it('take values that are called like parts of objects', () => {
    const rows = readMappingRows(writeMappingRows([{ kind: 'value', value: '__proto__', result: { text: 'x' } }]));
    expect(rows).toEqual([{ kind: 'value', value: '__proto__', result: { text: 'x', index: 0 } }]);
  });

  it.each(['value', 'range', 'regex', 'special'] as const)('keep the result in another kind: %s', (kind) => {
    expect(rowOfKind(kind, { text: 't' })).toMatchObject({ kind, result: { text: 't' } });
  });

  it.each([undefined, 'text', {}, [null]])('read hostile documents: %j', (value) => expect(() => writeMappingRows(readMappingRows(value))).not.toThrow());
});
