import { describe, expect, it } from 'vitest';
import type { ShownField, ShownFrame } from '../field/fieldConfig';
import type { Json } from '../json';
import { chartSeries, prepareChart } from './chartSeries';

function frame(name: string, times: readonly number[], values: readonly unknown[], custom: Json = {}, unit?: string): ShownFrame {
  const field = (title: string, type: 'time' | 'number' | 'boolean', content: readonly unknown[]): ShownField => ({
    name: title,
    type,
    values: content,
    config: type === 'time' ? { interval: 10 } : { unit, custom },
    display: (value) => ({ text: String(value), numeric: Number(value) }),
    title,
    seriesIndex: 0,
    color: '#000000',
  });
  return { refId: 'A', name, length: times.length, fields: [field('Time', 'time', times), field(name, typeof values[0] === 'boolean' ? 'boolean' : 'number', values)] };
}

describe('chartSeries', () => {
  it('leaves gaps for what is no number and for points that are too far apart', () => {
    const [series] = chartSeries([frame('a', [0, 10, 20, 50], [1, NaN, Infinity, 2])]);
    expect(series?.points).toEqual({ times: [0, 10, 20, 30, 50], values: [1, null, null, null, 2] });
  });

  it('steps over booleans', () => {
    const [series] = chartSeries([frame('a', [0, 10], [true, false])]);
    expect(series?.points.values).toEqual([1, 0]);
    expect(series?.style.interpolation).toBe('stepAfter');
  });

  it('has no series of a frame without time', () => {
    const { fields, ...rest } = frame('a', [0], [1]);
    expect(chartSeries([{ ...rest, fields: fields.slice(1) }])).toEqual([]);
  });
});

describe('prepareChart', () => {
  const stacking = { stacking: { mode: 'normal', group: 'A' } };

  it('stacks what is drawn and keeps values as they are', () => {
    const chart = prepareChart(chartSeries([frame('a', [0, 10], [1, 2], stacking), frame('b', [0, 10], [3, 4], stacking)]), undefined);
    expect(chart.rows).toEqual([
      [1, 2],
      [4, 6],
    ]);
    expect(chart.values[1]).toEqual([3, 4]);
    expect(chart.bands).toEqual([{ upper: 1, lower: 0, direction: -1 }]);
  });

  it('leaves hidden series out of stacks and scales', () => {
    const chart = prepareChart(chartSeries([frame('a', [0, 10], [1, 2], stacking), frame('b', [0, 10], [3, 4], stacking, 's')]), new Set(['b']));
    expect(chart.rows[1]).toEqual([3, 4]);
    expect(chart.scales.map((scale) => scale.lead.name)).toEqual(['b']);
  });

  it('turns negative-Y over and keeps constants', () => {
    const chart = prepareChart(chartSeries([frame('a', [0, 10], [1, 2], { transform: 'negative-Y' }), frame('b', [0, 10], [7, 8], { transform: 'constant' })]), undefined);
    expect(chart.rows).toEqual([
      [-1, -2],
      [7, 7],
    ]);
  });

  it('fills down to the series that is named', () => {
    const chart = prepareChart(chartSeries([frame('low', [0], [1]), frame('high', [0], [2], { fillBelowTo: 'low' })]), undefined);
    expect(chart.bands).toEqual([{ upper: 1, lower: 0, direction: -1 }]);
  });

  it('has one scale for each unit', () => {
    const chart = prepareChart(chartSeries([frame('a', [0], [1], {}, 's'), frame('b', [0], [1], {}, 'bytes'), frame('c', [0], [1], {}, 's')]), undefined);
    expect(chart.scales.map((scale) => scale.lead.name)).toEqual(['a', 'b']);
  });
});
