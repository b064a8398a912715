import { describe, expect, it } from 'vitest';
import type { DataFrame, Field } from '../frame/frame';
import type { Json } from '../json';
import { formatDisplay } from '../units/format';
import type { FieldConfigSource } from './fieldConfig';
import { reduceFrames } from './reduceFrames';
import { reduceField, REDUCERS } from './reducers';
import { showFrames } from './showFrames';

const number = (values: readonly unknown[], nullValueMode?: Field['config']['nullValueMode']): Field => ({ name: 'v', type: 'number', values, config: { nullValueMode } });

describe('reduceField', () => {
  const rising = [1, 3, null, 2, 5, 0, NaN];

  it.each<[string, readonly unknown[], unknown]>([
    ['last', rising, NaN],
    ['lastNotNull', rising, 0],
    ['current', rising, 0],
    ['first', [null, 1], null],
    ['firstNotNull', [null, NaN, 1], 1],
    ['min', rising, 0],
    ['max', rising, 5],
    ['logmin', rising, 1],
    ['mean', rising, 11 / 5],
    ['avg', [2, 4], 3],
    ['median', [5, 1, 3], 3],
    ['median', [4, 1, 3, 2], 2.5],
    ['mode', [1, 2, 2, 3], 2],
    ['sum', rising, 11],
    ['total', rising, 11],
    ['count', rising, 6],
    ['countAll', rising, 7],
    ['range', rising, 5],
    ['delta', [1, 3, 2, 5, 8], 5],
    ['step', [1, 3, 4], 1],
    ['diff', [2, 9, 5], 3],
    ['diffperc', [2, 9, 5], 150],
    ['allIsZero', [0, null, 0], true],
    ['allIsZero', [0, 1], false],
    ['allIsNull', [null, NaN], true],
    ['changeCount', [1, 1, 2, null, 2, 3], 2],
    ['distinctCount', [1, 1, 2, null], 2],
    ['variance', [2, 4, 4, 4, 5, 5, 7, 9], 4],
    ['stdDev', [2, 4, 4, 4, 5, 5, 7, 9], 2],
    ['p50', [1, 2, 3, 4, 5], 3],
    ['p95', Array.from({ length: 100 }, (_, i) => i + 1), 95],
    ['allValues', [1, null], [1, null]],
    ['uniqueValues', [1, 1, 2], [1, 2]],
    ['min', [], null],
    ['sum', [], 0],
    ['count', [], 0],
    ['allIsNull', [], true],
    ['max', [null, null], null],
    ['nothing', [1], null],
  ])('%s of %j is %j', (id, values, result) => {
    expect(reduceField(number(values), id)).toEqual(result);
  });

  it('takes nulls as the data source says', () => {
    expect(reduceField(number([4, null], 'null as zero'), 'mean')).toBe(2);
    expect(reduceField(number([4, null], 'null'), 'count')).toBe(2);
    expect(reduceField(number([4, null], 'connected'), 'count')).toBe(1);
  });

  it('knows every percentile', () => {
    expect(REDUCERS.filter(({ id }) => /^p\d+$/.test(id))).toHaveLength(99);
  });
});

const TABLE: DataFrame = {
  refId: 'A',
  name: undefined,
  length: 3,
  fields: [
    { name: 'Time', type: 'time', values: [1, 2, 3], config: {} },
    { name: 'host', type: 'string', values: ['a', 'b', ''], config: {} },
    { name: 'cpu', type: 'number', values: [10, 20, null], config: {} },
  ],
};

function reduced(options: Json, config: Partial<FieldConfigSource> = {}, frame = TABLE): [string, string][] {
  const fieldConfig = { defaults: {}, overrides: [], ...config };
  return reduceFrames(showFrames([frame], fieldConfig, { dark: true }), options, { dark: true, fieldConfig }).map(({ title, display }) => [title, formatDisplay(display)]);
}

describe('reduceFrames', () => {
  it.each<[Json, [string, string][]]>([
    [{}, [['cpu', '20']]],
    [{ calcs: ['mean', 'max'] }, [['cpu', '15'], ['cpu', '20']]],
    [{ calcs: ['last'], fields: '/^host$/' }, [['host', '']]],
    [{ values: true }, [['a', '10'], ['b', '20'], ['cpu', '']]],
    [{ values: true, limit: 1 }, [['a', '10']]],
    [{ fields: '/nothing/' }, []],
  ])('%j', (options, values) => {
    expect(reduced(options)).toEqual(values);
  });

  it('names values by the display name with calculation and cell', () => {
    expect(reduced({ calcs: ['mean'] }, { defaults: { displayName: '${__calc} of ${__field.name}' } })).toEqual([['mean of cpu', '15']]);
    expect(reduced({ values: true, limit: 2 }, { defaults: { displayName: '$__cell_1!' } })).toEqual([['a!', '10'], ['b!', '20']]);
    expect(reduced({ values: true, limit: 1 }, { defaults: { displayName: '${__data.fields.host}' } })).toEqual([['a', '10']]);
  });

  it('gives each row a colour of the palette or of its override', () => {
    const fieldConfig: FieldConfigSource = {
      defaults: { color: { mode: 'palette-classic' } },
      overrides: [{ matcher: { id: 'byName', options: 'b' }, properties: [{ id: 'color', value: { mode: 'fixed', fixedColor: 'red' } }] }],
    };
    const values = reduceFrames(showFrames([TABLE], fieldConfig, { dark: true }), { values: true }, { dark: true, fieldConfig });
    expect(values.map(({ display }) => display.color)).toEqual(['#73BF69', '#F2495C', '#5794F2']);
  });
});
