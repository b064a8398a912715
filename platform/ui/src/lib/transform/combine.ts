import { frameName, VALUE_FIELD_NAME } from '../field/displayName';
import type { DataFrame, Field } from '../frame/frame';
import { string } from '../json';
import { sortRows } from './rows';
import { column, madeFrame, type Transformer } from './transformer';

/** Rows of all frames in one table; rows that agree in the fields that all frames have become one where nothing contradicts. */
export const merge: Transformer = (given) => {
  if (given.length < 2) {
    return given;
  }
  const frames = given.filter((frame) => frame.fields.length > 0);
  const [first] = frames;
  if (first === undefined) {
    return given.slice(0, 1);
  }
  const names = [...new Set(frames.flatMap((frame) => frame.fields.map((field) => field.name)))];
  const indexes = frames.map((frame) => new Map(frame.fields.map((field, i) => [field.name, i])));
  const keys = names.filter((name) => indexes.every((index) => index.has(name)));
  if (keys.length === 0) {
    return given;
  }
  const rows: Row[] = [];
  const rowsByKey = new Map<string, Row[]>();
  frames.forEach((frame, f) => {
    const index = indexes[f] ?? new Map<string, number>();
    for (let r = 0; r < frame.length; r++) {
      const row: Row = new Map([...index].map(([name, i]) => [name, frame.fields[i]?.values[r]]));
      const key = JSON.stringify(keys.map((name) => row.get(name) ?? null));
      const same = rowsByKey.get(key) ?? [];
      const partners = same.filter((other) => agree(other, row));
      for (const partner of partners) {
        row.forEach((value, name) => partner.set(name, value));
      }
      if (partners.length === 0) {
        rowsByKey.set(key, [...same, row]);
        rows.push(row);
      }
    }
  });
  const fields = names.map((name): Field => {
    const source = frames.flatMap((frame) => frame.fields).find((field) => field.name === name);
    return { name, type: source?.type ?? 'other', values: rows.map((row) => row.get(name) ?? null), config: { ...source?.config, displayName: undefined } };
  });
  return [madeFrame('merge', frames, fields, rows.length)];
};

type Row = Map<string, unknown>;

function agree(existing: Row, row: Row): boolean {
  for (const [name, value] of row) {
    const known = existing.get(name);
    if (known !== undefined && known !== null && known !== value) {
      return false;
    }
  }
  return true;
}

/** All fields of all frames in one frame, short ones filled up. */
export const concatenate: Transformer = (frames, options) => {
  if (frames.length < 2) {
    return frames;
  }
  const mode = string(options['frameNameMode'], 'field');
  const label = string(options['frameNameLabel'], 'frame') || 'frame';
  const length = Math.max(...frames.map((frame) => frame.length));
  const fields = frames.flatMap((frame) => frame.fields.map((field) => filled(withFrameName(field, frame.name ?? '', mode, label), length)));
  return [madeFrame('concatenate', frames, fields, length)];
};

function withFrameName(field: Field, name: string, mode: string, label: string): Field {
  if (name === '' || mode === 'drop') {
    return field;
  }
  if (mode === 'label') {
    return { ...field, labels: { ...field.labels, [label]: name } };
  }
  return { ...field, name: field.name === '' || field.name === VALUE_FIELD_NAME ? name : `${name} · ${field.name}` };
}

function filled(field: Field, length: number): Field {
  return field.values.length === length ? field : { ...field, values: [...field.values, ...new Array<undefined>(length - field.values.length).fill(undefined)] };
}

/** One table of time, name and value of all series, newest first. Frames that are no series stay as they are. */
export const seriesToRows: Transformer = (frames, _options, context) => {
  if (frames.length === 0 || !frames.every(isSeries)) {
    return frames;
  }
  const times: unknown[] = [];
  const metrics: string[] = [];
  const values: unknown[] = [];
  const [first] = frames;
  for (const frame of frames) {
    const time = frame.fields.find((field) => field.type === 'time');
    const value = frame.fields.find((field) => field.type !== 'time');
    const name = frame.name ?? (value === undefined ? frameName(frame, context.nameOf) : context.nameOf(value, frame));
    for (let row = 0; row < frame.length; row++) {
      times.push(time?.values[row]);
      metrics.push(name);
      values.push(value?.values[row]);
    }
  }
  const source = first?.fields.find((field) => field.type !== 'time');
  const time = column('Time', 'time', times);
  const value: Field = { name: 'Value', type: source?.type ?? 'number', values, config: { ...source?.config, displayName: undefined, displayNameFromDS: undefined } };
  return [sortRows(madeFrame('seriesToRows', frames, [time, column('Metric', 'string', metrics), value], times.length), time, true)];
};

/** A time and one other field. */
export function isSeries(frame: DataFrame): boolean {
  return frame.fields.length === 2 && frame.fields.some((field) => field.type === 'time');
}
