import { describe, expect, it } from 'vitest';
import { TRANSFORMERS } from '../transform/transformFrames';
import { transformationFields } from '../transform/transformForms';
import { OVERRIDE_PROPERTIES } from '../field/overrideProperties';
import { isShown, moved, readPath, writePath } from './optionFields';
import { optionGroups, withoutInputs } from './panelOptions';

describe('writePath', () => {
  it.each([
    ['a new key', {}, 'options.legend.calcs', ['max'], { options: { legend: { calcs: ['max'] } } }],
    ['keys that no input knows stay', { a: { b: 1, own: [2] }, z: null }, 'a.b', 3, { a: { b: 3, own: [2] }, z: null }],
    ['undefined takes a key away', { a: { b: 1, c: 2 } }, 'a.b', undefined, { a: { c: 2 } }],
    ['a list that is not there yet', {}, 'sort.0.field', 'x', { sort: [{ field: 'x' }] }],
    ['an item of a list', { sort: [{ field: 'x', own: 1 }, 2] }, 'sort.0.field', 'y', { sort: [{ field: 'y', own: 1 }, 2] }],
    ['something of another type on the way', { a: 'text' }, 'a.b', 1, { a: { b: 1 } }],
    ['a name of every object', {}, 'constructor.x', 1, { constructor: { x: 1 } }],
  ])('%s', (_, json, path, value, expected) => {
    const before = JSON.stringify(json);
    const result = writePath(json, path, value);
    expect(result).toEqual(expected);
    expect(readPath(result, path)).toEqual(value);
    expect(JSON.stringify(json)).toBe(before);
  });
});

describe('readPath', () => {
  it.each([
    ['nothing', {}, 'a.b', undefined],
    ['false', { a: { b: false } }, 'a.b', false],
    ['an item', { a: [{ b: 1 }] }, 'a.0.b', 1],
    ['what objects inherit', {}, 'toString', undefined],
  ])('reads %s', (_, json, path, expected) => expect(readPath(json, path)).toBe(expected));
});

describe('moved', () => {
  it.each([
    [0, 1, ['b', 'a', 'c']],
    [2, 0, ['c', 'a', 'b']],
    [0, -1, ['a', 'b', 'c']],
    [2, 3, ['a', 'b', 'c']],
  ])('from %d to %d', (from, to, expected) => expect(moved(['a', 'b', 'c'], from, to)).toEqual(expected));
});

describe('lists of inputs', () => {
  it('have each path once in a type', () => {
    for (const type of ['timeseries', 'stat', 'gauge', 'bargauge', 'table', 'piechart', 'text', 'logs', 'barchart', 'trend']) {
      const paths = optionGroups(type).flatMap(({ fields }) => fields.map(({ path }) => path));
      expect(paths.length).toBeGreaterThan(0);
      expect(new Set(paths).size).toBe(paths.length);
      expect(withoutInputs(type)).not.toBe('');
    }
    expect(optionGroups('constructor')).toEqual([]);
    expect(withoutInputs('nodeGraph')).toContain('nodeGraph');
  });
  it('have properties that begin with a value their inputs can read', () => {
    for (const { id, initial, fields } of OVERRIDE_PROPERTIES) {
      expect(initial, id).toBeDefined();
      expect(fields.every(({ path }) => readPath({ value: initial }, path) !== undefined), id).toBe(true);
    }
  });
  it('are for transformations that are made', () => {
    for (const id of ['organize', 'reduce', 'sortBy', 'filterFieldsByName', 'renameByRegex', 'groupBy', 'calculateField', 'labelsToFields', 'joinByField', 'merge', 'limit']) {
      expect(Object.hasOwn(TRANSFORMERS, id), id).toBe(true);
      expect(transformationFields(id), id).toBeDefined();
    }
    expect(transformationFields('heatmap')).toBeUndefined();
  });
  it('show an input only where it counts', () => {
    const percentile = transformationFields('calculateField')?.find(({ path }) => path === 'index.asPercentile');
    expect(percentile && isShown(percentile, { mode: 'index' })).toBe(true);
    expect(percentile && isShown(percentile, {})).toBe(false);
  });
});
