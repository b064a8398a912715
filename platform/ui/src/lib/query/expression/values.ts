import { timeField, type DataFrame, type Field } from '../../frame/frame';
import type { Labels } from '../../labels';

/** What expressions calculate with, as in Grafana's `pkg/expr/mathexp`: null is a point without a number. */
export type ExprValue =
  | { readonly kind: 'series'; readonly labels: Labels; readonly times: readonly number[]; readonly values: readonly (number | null)[] }
  | { readonly kind: 'number'; readonly labels: Labels; readonly value: number | null }
  | { readonly kind: 'scalar'; readonly value: number | null }
  | { readonly kind: 'noData' };

export type SeriesValue = Extract<ExprValue, { kind: 'series' }>;

export function labelsOfValue(value: ExprValue): Labels {
  return value.kind === 'series' || value.kind === 'number' ? value.labels : {};
}

/** What a query gave, as values. Throws where a frame is neither series nor numbers. */
export function toValues(refId: string, frames: readonly DataFrame[]): ExprValue[] {
  const values = frames.filter((frame) => frame.fields.length > 0).flatMap((frame) => valuesOfFrame(refId, frame));
  return values.length === 0 ? [{ kind: 'noData' }] : values;
}

function valuesOfFrame(refId: string, frame: DataFrame): ExprValue[] {
  const time = timeField(frame);
  const fields = frame.fields.filter((field) => field.type === 'number');
  const texts = frame.fields.filter((field) => field.type === 'string');
  if (frame.meta?.type === 'numeric-multi' || (time === undefined && texts.length === 0 && frame.length <= 1)) {
    return fields.map((field) => ({ kind: 'number', labels: field.labels ?? {}, value: frame.length === 0 ? null : numberAt(field, 0) }));
  }
  if (time !== undefined && texts.length === 0) {
    return fields.map((field) => series(field, time));
  }
  if (time === undefined && fields.length === 1) {
    return numericTable(texts, fields[0], frame.length);
  }
  throw new Error(`Query ${refId} gives a table with times. Expressions need series or numbers: choose the format “time series”, or an instant query.`);
}

function series(field: Field, time: Field): ExprValue {
  const rows = time.values
    .map((value, i) => ({ time: typeof value === 'number' ? value : NaN, value: numberAt(field, i) }))
    .filter((row) => !Number.isNaN(row.time))
    .sort((a, b) => a.time - b.time);
  return { kind: 'series', labels: field.labels ?? {}, times: rows.map((row) => row.time), values: rows.map((row) => row.value) };
}

/** A table without time: each row is a number whose labels are its texts. */
function numericTable(texts: readonly Field[], field: Field | undefined, length: number): ExprValue[] {
  return Array.from({ length }, (_, row) => ({
    kind: 'number' as const,
    labels: Object.fromEntries(texts.map((text) => [text.name, String(text.values[row] ?? '')])),
    value: field === undefined ? null : numberAt(field, row),
  }));
}

function numberAt(field: Field, row: number): number | null {
  const value = field.values[row];
  return typeof value === 'number' ? value : null;
}

/** The result of an expression as frames, named after its query. */
export function toFrames(refId: string, values: readonly ExprValue[]): DataFrame[] {
  return values.flatMap((value): DataFrame[] => {
    switch (value.kind) {
      case 'noData':
        return [];
      case 'series':
        return [
          {
            refId,
            name: undefined,
            length: value.times.length,
            meta: { type: 'timeseries-multi', visualisation: 'graph' },
            fields: [
              { name: 'Time', type: 'time', values: value.times, config: {} },
              { name: refId, type: 'number', labels: value.labels, values: value.values, config: {} },
            ],
          },
        ];
      case 'number':
      case 'scalar':
        return [
          {
            refId,
            name: undefined,
            length: 1,
            meta: { type: 'numeric-multi' },
            fields: [{ name: refId, type: 'number', labels: labelsOfValue(value), values: [value.value], config: {} }],
          },
        ];
    }
  });
}
