import { findReducer, reduceField } from '../field/reducers';
import type { DataFrame, Field } from '../frame/frame';
import { object, optionalString, string } from '../json';
import { joinFrames } from './join';
import { cellText, column, madeFrame, pickRows, range, TransformError, type Transformer } from './transformer';

/** Series as one wide frame (`wide`), one frame each (`multi`), or rows with labels as columns (`long`). */
export const prepareTimeSeries: Transformer = (frames, options, context) => {
  switch (string(options['format'], 'wide')) {
    case 'wide': {
      const joined = joinFrames(frames, context, undefined, 'outer');
      return joined === undefined ? [] : [{ ...joined, meta: { type: 'timeseries-wide' } }];
    }
    case 'long':
      return frames.flatMap((frame) => toLong(frame) ?? []);
    case 'multi':
    case 'many':
      return frames.flatMap(toMulti);
    default:
      throw new TransformError(`the format "${string(options['format'])}" is not known`);
  }
};

/** A row for each time and each set of labels. */
function toLong(frame: DataFrame): DataFrame | undefined {
  const time = frame.fields.find((field) => field.type === 'time');
  if (time === undefined) {
    return undefined;
  }
  const texts = frame.fields.filter((field) => field.type === 'string' || field.type === 'boolean');
  const values = frame.fields.filter((field) => field !== time && !texts.includes(field));
  const sets = new Map<string, Field[]>();
  for (const field of values) {
    const key = JSON.stringify(Object.entries(field.labels ?? {}).sort());
    sets.set(key, [...(sets.get(key) ?? []), field]);
  }
  const rows = range(frame.length)
    .sort((a, b) => Number(time.values[a]) - Number(time.values[b]))
    .flatMap((row) => [...sets].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, fields]) => ({ row, fields })));
  const valueNames = [...new Set(values.map((field) => field.name))].sort();
  const labelNames = [...new Set([...texts.map((field) => field.name), ...values.flatMap((field) => Object.keys(field.labels ?? {}))])].sort();
  const valueFields = valueNames.map((name): Field => {
    const source = values.find((field) => field.name === name);
    return { name, type: source?.type ?? 'number', config: {}, values: rows.map(({ row, fields }) => fields.find((field) => field.name === name)?.values[row]) };
  });
  const labelFields = labelNames.map((name) =>
    column(name, 'string', rows.map(({ row, fields }) => fields[0]?.labels?.[name] ?? texts.find((field) => field.name === name)?.values[row])),
  );
  return { ...frame, fields: [{ ...time, values: rows.map(({ row }) => time.values[row]) }, ...valueFields, ...labelFields], length: rows.length };
}

/** Frames of a time and one value; texts of rows become labels. */
function toMulti(frame: DataFrame): DataFrame[] {
  const time = frame.fields.find((field) => field.type === 'time');
  if (time === undefined) {
    return [];
  }
  const texts = frame.fields.filter((field) => field.type === 'string');
  const values = frame.fields.filter((field) => field.type === 'number' || field.type === 'boolean');
  const groups = new Map<string, number[]>();
  for (let row = 0; row < frame.length; row++) {
    const key = JSON.stringify(texts.map((field) => field.values[row] ?? null));
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return values.flatMap((value) =>
    [...groups.values()].flatMap((rows) => {
      const present = rows.filter((row) => value.values[row] !== undefined && time.values[row] !== null && time.values[row] !== undefined);
      const labels = { ...value.labels, ...Object.fromEntries(texts.map((field) => [field.name, cellText(field.values[rows[0] ?? 0])])) };
      const series = { ...value, labels: Object.keys(labels).length === 0 ? undefined : labels };
      return present.length === 0 ? [] : [{ ...pickRows({ ...frame, fields: [time, series] }, present), meta: { ...frame.meta, type: 'timeseries-multi' as const } }];
    }),
  );
}

/** A table for each query: a row for each series, with its labels and itself as a frame that tables draw as a line. */
export const timeSeriesTable: Transformer = (frames, options) => {
  const isSeries = (frame: DataFrame): boolean => frame.fields.some(({ type }) => type === 'time') && frame.fields.some(({ type }) => type === 'number');
  const refIds = [...new Set(frames.filter(isSeries).map((frame) => frame.refId))];
  const tables = refIds.map((refId) => {
    const setting = object(options[refId]);
    const stat = string(setting['stat'], 'lastNotNull');
    if (findReducer(stat) === undefined) {
      throw new TransformError(`the calculation "${stat}" is not known`);
    }
    const wanted = optionalString(setting['timeField']);
    const rows = frames
      .filter((frame) => frame.refId === refId && isSeries(frame))
      .flatMap((frame) => {
        const time = frame.fields.find((field) => (wanted === undefined ? field.type === 'time' : field.name === wanted));
        return frame.fields.filter(({ type }) => type === 'number').map((field) => ({ frame, field, time }));
      });
    const labels = [...new Set(rows.flatMap(({ field }) => Object.keys(field.labels ?? {})))];
    const trends = rows.map(({ frame, field, time }) => ({ ...frame, fields: time === undefined ? [field] : [time, field], value: reduceField(field, stat) }));
    const labelFields = labels.map((label) => column(label, 'string', rows.map(({ field }) => field.labels?.[label])));
    return { ...madeFrame('timeSeriesTable', frames, [...labelFields, column(`Trend #${refId}`, 'other', trends)], rows.length), refId };
  });
  return [...frames.filter((frame) => !isSeries(frame)), ...tables];
};
