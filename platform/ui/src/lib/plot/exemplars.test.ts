import { describe, expect, it } from 'vitest';
import type { DataFrame, Field, FieldType } from '../frame/frame';
import { exemplarMarks } from './exemplars';

const field = (name: string, type: FieldType, values: readonly unknown[]): Field => ({ name, type, values, config: {} });

describe('exemplarMarks', () => {
  it('reads times, values, labels and the trace', () => {
    const frame: DataFrame = {
      refId: 'A',
      name: 'exemplar',
      length: 2,
      fields: [field('Time', 'time', [1, 2]), field('Value', 'number', [0.5, NaN]), field('traceID', 'string', ['ABCDEF0123456789', '']), field('pod', 'string', ['a', 'b'])],
    };
    expect(exemplarMarks([frame])).toEqual([
      {
        timeMs: 1,
        value: 0.5,
        labels: [
          ['traceID', 'ABCDEF0123456789'],
          ['pod', 'a'],
        ],
        traceId: 'abcdef0123456789',
      },
    ]);
  });

  it('takes no id that is none', () => {
    const frame: DataFrame = { refId: 'A', name: 'exemplar', length: 1, fields: [field('Time', 'time', [1]), field('Value', 'number', [1]), field('trace_id', 'string', ['javascript:alert(1)'])] };
    expect(exemplarMarks([frame])[0]?.traceId).toBeUndefined();
  });
});
