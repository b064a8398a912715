import { describe, expect, it } from 'vitest';
import { fileName, toCsv } from './csv';

describe('toCsv', () => {
  it('quotes, and takes formulas their power', () => {
    const frame = {
      refId: 'A',
      name: undefined,
      length: 3,
      fields: [
        { name: 'Time', type: 'time', values: [0, null, 1000], config: {} },
        { name: 'a', type: 'string', values: ['=1+1', 'x,"y"', '@cmd'], config: {} },
        { name: 'b', type: 'number', values: [-1.5, NaN, null], config: {} },
        { name: 'c', type: 'other', values: [{ k: 1 }, ['a'], '-x'], config: {} },
      ],
    } as const;
    expect(toCsv(frame, ['Time', '+sum', 'b', 'c'])).toBe(
      '\uFEFFTime,"\'+sum",b,c\r\n1970-01-01T00:00:00.000Z,"\'=1+1",-1.5,"{""k"":1}"\r\n,"x,""y""",NaN,"[""a""]"\r\n1970-01-01T00:00:01.000Z,"\'@cmd",,"\'-x"\r\n',
    );
  });
});

describe('fileName', () => {
  it.each([
    ['CPU / Memory', 'CPU-Memory.csv'],
    ['../..', 'panel.csv'],
  ])('%s', (title, name) => {
    expect(fileName(title, 'csv')).toBe(name);
  });
});
