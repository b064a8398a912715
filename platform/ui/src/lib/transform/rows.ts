import { frameMatcher, readMatcher } from '../field/matchers';
import { regexMatches, userRegex } from '../field/regex';
import type { DataFrame, Field } from '../frame/frame';
import { array, number, object, optionalNumber, optionalString, string, type Json } from '../json';
import { findField, pickRows, range, TransformError, textOption, type NamedContext, type Transformer } from './transformer';

/** Keeps or drops the frames of queries. */
export const filterByRefId: Transformer = (frames, options) =>
  keepFrames(frames, refIdMatcher(options['include']), refIdMatcher(options['exclude']));

/** The same by any matcher. */
export const filterFrames: Transformer = (frames, options) => keepFrames(frames, frameOption(options['include']), frameOption(options['exclude']));

/** Keeps or drops rows by the values of fields. */
export const filterByValue: Transformer = (frames, options, context) => {
  const filters = array(options['filters']).map(object);
  if (filters.length === 0) {
    return frames;
  }
  const include = options['type'] !== 'exclude';
  const all = options['match'] === 'all';
  return frames.map((frame) => {
    const tests = filters.map((filter) => rowTest(frame, filter, context));
    return pickRows(
      frame,
      range(frame.length).filter((row) => (all ? tests.every((test) => test(row)) : tests.some((test) => test(row))) === include),
    );
  });
};

/** The first rows, or the last where the number is negative. */
export const limit: Transformer = (frames, options, context) => {
  const count = optionalNumber(typeof options['limitField'] === 'string' ? textOption(options['limitField'], context) : options['limitField']) ?? 10;
  return frames.map((frame) => (frame.length <= Math.abs(count) ? frame : pickRows(frame, count >= 0 ? range(frame.length).slice(0, count) : range(frame.length).slice(count))));
};

/** Orders rows by one field. */
export const sortBy: Transformer = (frames, options, context) => {
  const sort = object(array(options['sort'])[0]);
  const name = textOption(sort['field'], context);
  return name === ''
    ? frames
    : frames.map((frame) => {
        const field = findField(frame, name, context);
        return field === undefined ? frame : sortRows(frame, field, sort['desc'] === true);
      });
};

const COLLATOR = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** Rows that are equal keep their order; nulls are least. */
export function sortRows(frame: DataFrame, field: Field, descending = false): DataFrame {
  const { values } = field;
  const sign = descending ? -1 : 1;
  return pickRows(
    frame,
    range(frame.length).sort((a, b) => sign * compareValues(values[a], values[b])),
  );
}

function compareValues(a: unknown, b: unknown): number {
  const [noA, noB] = [isMissing(a), isMissing(b)];
  if (noA || noB) {
    return Number(noB) - Number(noA);
  }
  return typeof a === 'number' && typeof b === 'number' ? a - b : typeof a === 'boolean' ? Number(a) - Number(b) : COLLATOR.compare(String(a), String(b));
}

function isMissing(value: unknown): boolean {
  return value === null || value === undefined || Number.isNaN(value);
}

function keepFrames(frames: readonly DataFrame[], include: FramePredicate | undefined, exclude: FramePredicate | undefined): readonly DataFrame[] {
  return frames.filter((frame) => exclude?.(frame) !== true && (include?.(frame) ?? true));
}

type FramePredicate = (frame: DataFrame) => boolean;

function refIdMatcher(option: unknown): FramePredicate | undefined {
  const options = optionalString(option);
  return options === undefined ? undefined : frameMatcher({ id: 'byRefId', options });
}

function frameOption(option: unknown): FramePredicate | undefined {
  const config = readMatcher(option);
  if (config.id === '') {
    return undefined;
  }
  const matcher = frameMatcher(config);
  if (matcher === undefined) {
    throw new TransformError(`the matcher "${config.id}" is not known`);
  }
  return matcher;
}

/** Whether a row passes one filter; none does in a frame without the field. */
function rowTest(frame: DataFrame, filter: Json, context: NamedContext): (row: number) => boolean {
  const field = findField(frame, textOption(filter['fieldName'], context), context);
  const config = object(filter['config']);
  const test = valueTest(string(config['id']), object(config['options']), field?.type === 'time', context);
  if (test === undefined) {
    throw new TransformError(`the condition "${string(config['id'])}" is not known`);
  }
  return field === undefined ? () => false : (row) => test(field.values[row]);
}

function valueTest(id: string, options: Json, isTime: boolean, context: NamedContext): ((value: unknown) => boolean) | undefined {
  const text = typeof options['value'] === 'string' ? textOption(options['value'], context) : options['value'];
  const bound = (option: unknown): number => numeric(typeof option === 'string' ? textOption(option, context) : option, isTime);
  const limitValue = bound(options['value']);
  switch (id) {
    case 'isNull':
      return (value) => value === null || value === undefined;
    case 'isNotNull':
      return (value) => value !== null && value !== undefined;
    case 'greater':
      return (value) => numeric(value, false) > limitValue;
    case 'greaterOrEqual':
      return (value) => numeric(value, false) >= limitValue;
    case 'lower':
      return (value) => numeric(value, false) < limitValue;
    case 'lowerOrEqual':
      return (value) => numeric(value, false) <= limitValue;
    case 'between': {
      const [from, to] = [bound(options['from']), bound(options['to'])];
      return (value) => numeric(value, false) > from && numeric(value, false) < to;
    }
    case 'equal':
      return (value) => looselyEqual(value, isTime ? limitValue : text);
    case 'notEqual':
      return (value) => !looselyEqual(value, isTime ? limitValue : text);
    case 'substring':
      return (value) => text === '' || contains(value, text);
    case 'notSubstring':
      return (value) => !contains(value, text);
    case 'regex': {
      const regex = userRegex(string(text).startsWith('/') ? string(text) : `/${string(text)}/`);
      return (value) => value !== null && value !== undefined && regexMatches(regex, String(value));
    }
    default:
      return undefined;
  }
}

function contains(value: unknown, part: unknown): boolean {
  return value !== null && value !== undefined && String(value).includes(String(part ?? ''));
}

/** Texts and numbers that read the same are equal, and nothing equals nothing. */
function looselyEqual(value: unknown, other: unknown): boolean {
  if (value === null || value === undefined || other === null || other === undefined) {
    return (value ?? null) === (other ?? null);
  }
  return value === other || (typeof value === 'number' ? value === number(other, NaN) : String(value) === String(other));
}

/** NaN, which is neither above nor below anything, for what is no number. Bounds of times may be dates. */
function numeric(value: unknown, isTime: boolean): number {
  if (typeof value === 'number') {
    return value;
  }
  const parsed = typeof value === 'string' && value.trim() !== '' ? Number(value) : NaN;
  return isTime && Number.isNaN(parsed) && typeof value === 'string' ? Date.parse(value) : parsed;
}
