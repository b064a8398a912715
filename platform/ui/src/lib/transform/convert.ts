import type { DataFrame, Field, FieldType } from '../frame/frame';
import { array, object, optionalNumber, optionalString, string, type Json } from '../json';
import { formatDate } from '../units/dates';
import { parseDate } from '../units/parseDate';
import { formatText } from './formatText';
import { cellText, textOption, TransformError, type NamedContext, type Transformer } from './transformer';

/** Gives fields another type and their values with it. */
export const convertFieldType: Transformer = (frames, options, context) => {
  const conversions = array(options['conversions']).map(object);
  return frames.map((frame) => ({
    ...frame,
    fields: frame.fields.map((field) => {
      const conversion = conversions.find(({ targetField }) => targetField === context.nameOf(field, frame) || targetField === field.name);
      return conversion === undefined ? field : convert(field, conversion, context);
    }),
  }));
};

/** Writes the times of a field in a pattern of Moment.js. */
export const formatTime: Transformer = (frames, options, context) => {
  const zone = optionalString(options['timezone']);
  const timeZone = zone === undefined || zone === 'browser' ? context.timeZone : zone;
  const pattern = string(options['outputFormat']);
  return ofField(frames, options['timeField'], context, (field) => ({
    ...field,
    type: 'string',
    values: field.values.map((value) => (typeof value === 'number' ? formatDate(value, pattern, timeZone) : value)),
  }));
};

/** Writes the texts of a field in another case, trimmed or cut. */
export const formatString: Transformer = (frames, options, context) => {
  const change = formatText(string(options['outputFormat'], 'Upper Case'), optionalNumber(options['substringStart']), optionalNumber(options['substringEnd']));
  if (change === undefined) {
    throw new TransformError(`the format "${string(options['outputFormat'])}" is not known`);
  }
  return ofField(frames, options['stringField'], context, (field) => ({ ...field, values: field.values.map((value) => (typeof value === 'string' ? change(value) : value)) }));
};

function ofField(frames: readonly DataFrame[], option: unknown, context: NamedContext, change: (field: Field) => Field): readonly DataFrame[] {
  const name = textOption(option, context);
  return frames.map((frame) => ({ ...frame, fields: frame.fields.map((field) => (context.nameOf(field, frame) === name ? change(field) : field)) }));
}

function convert(field: Field, options: Json, context: NamedContext): Field {
  const destination = string(options['destinationType']);
  const pattern = optionalString(options['dateFormat']);
  const zone = optionalString(options['timezone']) ?? context.timeZone;
  const to = (type: FieldType, change: (value: unknown) => unknown): Field => ({ ...field, type, values: field.values.map(change) });
  switch (destination) {
    case 'time':
      return to('time', (value) => toTime(value, pattern, zone));
    case 'number':
      return to('number', toNumber);
    case 'string':
      return to('string', (value) => toText(value, field.type, pattern, zone, string(options['joinWith'], ',')));
    case 'boolean':
      return to('boolean', (value) => Boolean(value));
    case 'enum':
      // Values of a fixed list are shown as the texts that they are.
      return to('string', (value) => (value === null || value === undefined ? null : cellText(value)));
    case 'other':
      return to('other', parseJson);
    default:
      throw new TransformError(`values cannot be made of the type "${destination}"`);
  }
}

function toTime(value: unknown, pattern: string | undefined, zone: string | undefined): number | null {
  if (typeof value === 'number') {
    return value;
  }
  const time = typeof value === 'string' ? parseDate(value, pattern, zone) : undefined;
  return time ?? null;
}

/** Thousands may be separated by commas. */
function toNumber(value: unknown): number | null {
  if (typeof value === 'string') {
    const text = value.replaceAll(',', '').trim();
    return text !== '' && Number.isFinite(Number(text)) ? Number(text) : null;
  }
  const numeric = value === null || value === undefined ? NaN : Number(value);
  return Number.isFinite(numeric) ? numeric : null;
}

function toText(value: unknown, type: FieldType, pattern: string | undefined, zone: string | undefined, joinWith: string): string | null {
  if (value === null || value === undefined) {
    return null;
  }
  if (type === 'time' && typeof value === 'number') {
    return formatDate(value, pattern ?? 'YYYY-MM-DD HH:mm:ss', zone);
  }
  return Array.isArray(value) ? value.map(cellText).join(joinWith) : cellText(value);
}

function parseJson(value: unknown): unknown {
  if (typeof value !== 'string') {
    return value;
  }
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return null;
  }
}
