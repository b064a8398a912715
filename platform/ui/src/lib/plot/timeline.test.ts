import { describe, expect, it } from 'vitest';
import type { Field, FieldType } from '../frame/frame';
import { showFrames } from '../field/showFrames';
import type { Json } from '../json';
import { sampleStep, timelineLegend, timelineRows, type TimelineOptions } from './timeline';

const OPTIONS: TimelineOptions = { mode: 'changes', mergeValues: true, colWidth: 0.9, rangeToMs: 100, dark: false };
const THRESHOLDS = { mode: 'absolute', steps: [{ color: '#00ff00', value: null }, { color: '#ff0000', value: 5 }] };

function shown(type: FieldType, values: readonly unknown[], defaults: Json = {}, interval: number | undefined = 10) {
  const fields: Field[] = [
    { name: 'Time', type: 'time', values: values.map((_, i) => i * 10), config: interval === undefined ? {} : { interval } },
    { name: 'state', type, values, config: {} },
  ];
  return showFrames([{ refId: 'A', name: undefined, length: values.length, fields }], { defaults, overrides: [] }, { dark: false, panelType: 'state-timeline' });
}

const spans = (rows: ReturnType<typeof timelineRows>) => rows[0]?.segments.map(({ fromMs, toMs, text }) => [fromMs, toMs, text]);

describe('timelineRows', () => {
  it('merges equal neighbours and ends a step after the last one', () => {
    expect(spans(timelineRows(shown('string', ['a', 'a', 'b']), OPTIONS))).toEqual([
      [0, 20, 'a'],
      [20, 30, 'b'],
    ]);
  });

  it('lasts to the end of the range where the step is not known', () => {
    expect(spans(timelineRows(shown('string', ['a', 'b'], {}, undefined).map((frame) => ({ ...frame, fields: frame.fields.map((field) => ({ ...field, config: {} })) })), OPTIONS))?.at(-1)).toEqual([10, 100, 'b']);
  });

  it('keeps equal neighbours apart when they are not to be merged', () => {
    expect(spans(timelineRows(shown('string', ['a', 'a']), { ...OPTIONS, mergeValues: false }))).toHaveLength(2);
  });

  it('leaves gaps where values are null, or bridges them', () => {
    expect(spans(timelineRows(shown('string', ['a', null, 'a']), OPTIONS))).toEqual([
      [0, 10, 'a'],
      [20, 30, 'a'],
    ]);
    expect(spans(timelineRows(shown('string', ['a', null, 'a'], { custom: { spanNulls: true } }), OPTIONS))).toEqual([[0, 30, 'a']]);
  });

  it('merges numbers by the threshold that they have reached', () => {
    const rows = timelineRows(shown('number', [1, 2, 7, 9], { color: { mode: 'thresholds' }, thresholds: THRESHOLDS }), OPTIONS);
    expect(spans(rows)).toEqual([
      [0, 20, '< 5'],
      [20, 40, '5+'],
    ]);
    expect(rows[0]?.segments.map((segment) => segment.color)).toEqual(['#00ff00', '#ff0000']);
    expect(timelineLegend(rows, false)).toEqual([
      { text: '< 5', color: '#00ff00' },
      { text: '5+', color: '#ff0000' },
    ]);
  });

  it('boxes samples around their times', () => {
    expect(spans(timelineRows(shown('number', [1, null, 3], { thresholds: THRESHOLDS, color: { mode: 'thresholds' } }), { ...OPTIONS, mode: 'samples', colWidth: 0.8 }))).toEqual([
      [-4, 4, '1'],
      [16, 24, '3'],
    ]);
  });
});

describe('sampleStep', () => {
  it.each([
    [[0, 10, 30], 10],
    [[5], 60_000],
  ])('of %j', (times, step) => {
    expect(sampleStep(times)).toBe(step);
  });
});
