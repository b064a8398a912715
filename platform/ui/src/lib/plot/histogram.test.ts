import { describe, expect, it } from 'vitest';
import type { DataFrame, Field, FieldType, FrameMeta } from '../frame/frame';
import { automaticSize, buildHistogram, type HistogramOptions } from './histogram';

const OPTIONS: HistogramOptions = { bucketSize: undefined, bucketOffset: 0, bucketCount: undefined, combine: false };
const field = (name: string, type: FieldType, values: readonly unknown[], more: Partial<Field> = {}): Field => ({ name, type, values, config: {}, ...more });
const frame = (fields: readonly Field[], meta: FrameMeta = {}): DataFrame => ({ refId: 'A', name: undefined, fields, length: fields[0]?.values.length ?? 0, meta });
const nameOf = (entry: Field) => entry.name;

describe('buildHistogram', () => {
  const values = frame([field('Time', 'time', [0, 1, 2, 3]), field('a', 'number', [1, 2, 11, null]), field('b', 'number', [12, 25, 25, NaN])]);

  it('counts values in buckets of a size', () => {
    const histogram = buildHistogram([values], nameOf, { ...OPTIONS, bucketSize: 10 });
    expect(histogram?.buckets).toEqual([
      { min: 0, max: 10 },
      { min: 10, max: 20 },
      { min: 20, max: 30 },
    ]);
    expect(histogram?.series.map((series) => series.counts)).toEqual([
      [2, 1, 0],
      [0, 1, 2],
    ]);
  });

  it('moves buckets and combines series', () => {
    const histogram = buildHistogram([values], nameOf, { ...OPTIONS, bucketSize: 10, bucketOffset: 5, combine: true });
    expect(histogram?.buckets.map((bucket) => bucket.min)).toEqual([-5, 5, 25]);
    expect(histogram?.series.map((series) => series.counts)).toEqual([[2, 2, 2]]);
  });

  it('adds classic buckets up over time', () => {
    const rows = frame([field('Time', 'time', [0, 1]), field('0.5', 'number', [1, 2], { labels: { le: '0.5' } }), field('+Inf', 'number', [3, null], { labels: { le: '+Inf' } })], { type: 'heatmap-rows' });
    const histogram = buildHistogram([rows], nameOf, OPTIONS);
    expect(histogram?.axis).toBe('ordinal');
    expect(histogram?.buckets).toEqual([
      { min: 0, max: 0.5 },
      { min: 0.5, max: Infinity },
    ]);
    expect(histogram?.series[0]?.counts).toEqual([3, 3]);
  });

  it('adds native buckets up over time', () => {
    const cells = frame([field('xMax', 'time', [0, 1, 1]), field('yMin', 'number', [1, 1, 2]), field('yMax', 'number', [2, 2, 4]), field('count', 'number', [5, 6, 7])], { type: 'heatmap-cells' });
    expect(buildHistogram([cells], nameOf, OPTIONS)?.series[0]?.counts).toEqual([11, 7]);
  });

  it('has nothing of frames without numbers', () => {
    expect(buildHistogram([frame([field('Time', 'time', [1])])], nameOf, OPTIONS)).toBeUndefined();
  });
});

describe('automaticSize', () => {
  it.each([
    [[0, 300], 400],
    [[0, 1, 2, 3], 1],
    [[5], 1],
    [[0, 0.1, 0.2, 3], 0.2],
    [[7, 7], 1],
  ])('of %j', (values, size) => {
    expect(automaticSize(values)).toBe(size);
  });
});
