import type { DataFrame, Field } from '../frame/frame';
import { optionalString, type Json } from '../json';
import { cellText, column, range, TransformError, type NamedContext, type Transformer } from './transformer';

const COLUMNS_MAX = 2000;

/** Rows become columns and columns rows. */
export const transpose: Transformer = (frames, options, context) => frames.map((frame) => turned(frame, options, context));

function turned(frame: DataFrame, options: Json, { nameOf }: NamedContext): DataFrame {
  const [first] = frame.fields;
  if (first === undefined) {
    return frame;
  }
  if (frame.length > COLUMNS_MAX) {
    throw new TransformError(`a table of ${frame.length} rows would get as many columns: limit it to ${COLUMNS_MAX}`);
  }
  const firstName = optionalString(options['firstFieldName']) ?? 'Field';
  const restName = optionalString(options['restFieldsName']) ?? 'Value';
  const headed = first.type === 'string' || first.type === 'time';
  const sources = headed ? frame.fields.slice(1) : frame.fields;
  const types = new Set(sources.map(({ type }) => type));
  const [only] = types;
  const type = types.size === 1 && only !== undefined ? only : 'string';
  const write = (value: unknown): unknown => (type === 'string' && value !== null && value !== undefined ? cellText(value) : value);
  const columns = range(frame.length).map((row): Field => ({
    ...column(restName, type, sources.map((field) => write(field.values[row]))),
    labels: headed ? { [first.name]: cellText(first.values[row]) } : { row: String(row + 1) },
  }));
  const names = column(firstName, 'string', sources.map((field) => nameOf(field, frame)));
  return { ...frame, refId: `transpose-${frame.refId}`, fields: [names, ...columns], length: sources.length };
}
