import { describe, expect, it } from 'vitest';
import type { DataFrame, Field, FieldType } from '../../frame/frame';
import { cellsOfFrame, heatmapOfRows } from './build';
import { calculateHeatmap } from './calculate';
import { axisPosition, cellAt, colorIndex, countRange, visibleCells } from './cells';
import { heatmapColors, heatmapPalette } from './schemes';

const field = (name: string, type: FieldType, values: readonly unknown[], more: Partial<Field> = {}): Field => ({ name, type, values, config: {}, ...more });
const frame = (fields: readonly Field[]): DataFrame => ({ refId: 'A', name: undefined, fields, length: fields[0]?.values.length ?? 0 });
const nameOf = (entry: Field) => entry.name;

describe('heatmapOfRows', () => {
  const rows = frame([field('Time', 'time', [10, 20]), field('+Inf', 'number', [3, 4], { labels: { le: '+Inf' } }), field('0.5', 'number', [1, null], { labels: { le: '0.5' } })]);

  it('puts buckets in order, each time being the end of its cell', () => {
    const heatmap = heatmapOfRows([rows], nameOf, { layout: 'auto', format: String });
    expect(heatmap?.axis).toEqual({ kind: 'ordinal', names: ['0', '0.5', '+Inf'], centered: false, uppers: [0.5, Infinity] });
    expect(heatmap?.cells).toEqual([
      { x0: 0, x1: 10, y0: 0, y1: 1, count: 1 },
      { x0: 0, x1: 10, y0: 1, y1: 2, count: 3 },
      { x0: 10, x1: 20, y0: 1, y1: 2, count: 4 },
    ]);
  });

  it('finds where a value stands', () => {
    const axis = heatmapOfRows([rows], nameOf, { layout: 'auto', format: String })?.axis ?? { kind: 'linear' };
    expect(axisPosition(axis, 0.25)).toBe(0.5);
    expect(axisPosition(axis, 7)).toBe(1.5);
    expect(axisPosition({ kind: 'linear' }, 7)).toBe(7);
  });

  it('keeps the order of names that are no numbers', () => {
    const named = frame([field('Time', 'time', [10]), field('b', 'number', [1]), field('a', 'number', [2])]);
    expect(heatmapOfRows([named], nameOf, { layout: 'auto', format: String })?.axis).toMatchObject({ names: ['b', 'a'], centered: true });
  });
});

describe('cellsOfFrame', () => {
  it('reads native histograms', () => {
    const native = frame([field('xMax', 'time', [10, 20], { config: { interval: 10 } }), field('yMin', 'number', [1, 2]), field('yMax', 'number', [2, 4]), field('count', 'number', [5, 6]), field('yLayout', 'number', [0, 0])]);
    expect(cellsOfFrame(native)).toEqual([
      { x0: 0, x1: 10, y0: 1, y1: 2, count: 5 },
      { x0: 10, x1: 20, y0: 2, y1: 4, count: 6 },
    ]);
    expect(cellsOfFrame(frame([field('Time', 'time', [1])]))).toBeUndefined();
  });
});

describe('calculateHeatmap', () => {
  const series = frame([field('Time', 'time', [0, 1000, 2000, 3000]), field('v', 'number', [1, 1.5, 9, NaN])]);

  it('counts values in cells of a size', () => {
    const heatmap = calculateHeatmap([series], { xBuckets: { mode: 'size', value: '2s' }, yBuckets: { mode: 'size', value: '5' } }, { fromMs: 0, toMs: 4000 });
    expect(heatmap?.cells).toEqual([
      { x0: 0, x1: 2000, y0: 0, y1: 5, count: 2 },
      { x0: 2000, x1: 4000, y0: 5, y1: 10, count: 1 },
    ]);
  });

  it('splits powers on a logarithmic axis', () => {
    const heatmap = calculateHeatmap([series], { xBuckets: { mode: 'size', value: '10s' }, yBuckets: { scale: { type: 'log', log: 2 } } }, { fromMs: 0, toMs: 4000 });
    expect(heatmap?.cells.map((cell) => [cell.y0, cell.y1, cell.count])).toEqual([
      [1, 2, 2],
      [8, 16, 1],
    ]);
  });

  it('takes round steps for a number of buckets', () => {
    const heatmap = calculateHeatmap([series], {}, { fromMs: 0, toMs: 4000 });
    expect(heatmap?.cells[0]).toMatchObject({ x0: 0, x1: 200, y0: 1, y1: 1.5 });
  });
});

describe('counts', () => {
  const cells = [0, 1, 5, 10].map((count, i) => ({ x0: i, x1: i + 1, y0: 0, y1: 1, count }));

  it('outside the filter are left out', () => {
    expect(visibleCells(cells, { le: 1e-9, ge: 10 }).map((cell) => cell.count)).toEqual([1, 5]);
    expect(countRange(cells, undefined, 8)).toEqual({ min: 0, max: 8 });
    expect(cellAt(cells, 2.5, 0.5)?.count).toBe(5);
  });

  it.each([
    [0, 0],
    [10, 3],
    [5, 2],
    [99, 3],
    [-1, 0],
  ])('%i has colour %i of 4', (count, index) => {
    expect(colorIndex(count, 0, 10, 4)).toBe(index);
  });
});

describe('heatmapPalette', () => {
  it.each([
    ['Oranges', false, '#fff5eb', '#7f2704'],
    ['Oranges', true, '#7f2704', '#fff5eb'],
    ['Spectral', true, '#5e4fa2', '#9e0142'],
  ])('%s, dark: %s', (scheme, dark, first, last) => {
    const palette = heatmapPalette(heatmapColors({ scheme, steps: 5 }), dark);
    expect(palette).toHaveLength(5);
    expect(palette[0]?.toLowerCase()).toBe(first);
    expect(palette.at(-1)?.toLowerCase()).toBe(last);
  });

  it('fades one colour by an exponent', () => {
    expect(heatmapPalette(heatmapColors({ mode: 'opacity', fill: '#ff0000', exponent: 0.5, steps: 3 }), false)).toEqual(['rgba(255, 0, 0, 0)', 'rgba(255, 0, 0, 0.707)', 'rgb(255, 0, 0)']);
  });
});
