import { shortened, userRegex } from '../field/regex';
import type { DataFrame, Field } from '../frame/frame';
import { array, object, optionalString, string, type Json } from '../json';
import { findField, guessType, TransformError, type NamedContext, type Transformer } from './transformer';

/** What a text or object holds under names. */
type Parser = (text: string) => Readonly<Record<string, unknown>> | undefined;

/** Hostile texts may hold any number of names. */
const FIELDS_MAX = 500;

/** Makes fields of what the texts of one field hold. */
export const extractFields: Transformer = (frames, options, context) => {
  const source = string(options['source']);
  const format = string(options['format'], 'auto');
  const parse = parserOf(format, options);
  if (parse === undefined) {
    throw new TransformError(`the format "${format}" is not known`);
  }
  const paths = format === 'json' ? array(options['jsonPaths']).map(object).filter((path) => string(path['path']) !== '') : [];
  return source === '' ? frames : frames.map((frame) => extract(frame, source, parse, paths, options, context));
};

function extract(frame: DataFrame, source: string, parse: Parser, paths: readonly Json[], options: Json, context: NamedContext): DataFrame {
  const field = findField(frame, source, context);
  if (field === undefined) {
    return frame;
  }
  const columns = new Map<string, unknown[]>();
  field.values.forEach((value, row) => {
    const parsed = typeof value === 'string' ? attempt(parse, value) : value;
    if (parsed === null || typeof parsed !== 'object') {
      return;
    }
    const entries = paths.length === 0 ? Object.entries(parsed) : paths.map((path): [string, unknown] => [optionalString(path['alias']) ?? string(path['path']), atPath(parsed, string(path['path'])) ?? 'Not Found']);
    for (const [name, part] of entries) {
      const column = columns.get(name) ?? new Array<unknown>(frame.length).fill(undefined);
      if (columns.has(name) || columns.size < FIELDS_MAX) {
        column[row] = part;
        columns.set(name, column);
      }
    }
  });
  const made = [...columns].map(([name, values]): Field => ({ name, type: guessType(values), values, config: {} }));
  const time = options['keepTime'] === true ? frame.fields.filter(({ name }) => name === 'Time' || name === 'time').slice(0, 1) : [];
  return { ...frame, fields: options['replace'] === true ? [...time, ...made] : [...frame.fields, ...made] };
}

function attempt(parse: Parser, text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return parse(text);
  } catch {
    return undefined; // A text of another form has none of the fields.
  }
}

function parserOf(format: string, options: Json): Parser | undefined {
  const json: Parser = (text) => object(JSON.parse(text));
  const delimiter = string(options['delimiter'], ',') || ',';
  const split: Parser = (text) => Object.fromEntries(text.trim().split(delimiter).map((part) => [part.trim(), 1]));
  switch (format) {
    case 'json':
      return json;
    case 'kvp':
      return keyValues;
    case 'delimiter':
      return split;
    case 'regexp':
      return byRegex(string(options['regExp']));
    case 'auto':
      return (text) => attempt(/^\s*[{[]/.test(text) ? json : keyValues, text) ?? keyValues(text);
    default:
      return undefined;
  }
}

/** Named groups become fields. */
function byRegex(pattern: string): Parser {
  const regex = userRegex(pattern.startsWith('/') ? pattern : '/(?<NewField>.*)/');
  return (text) => regex?.exec(shortened(text))?.groups;
}

const PAIR = /"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|([:=])|[\s,;&{}]+|((?:[^\s,;&{}:="'\\]|\\.)+)/g;

/** `a=b, c: "d e"`: names without a value are empty. */
export function keyValues(text: string): Record<string, string> {
  const found: [string, string][] = [];
  let key: string | undefined;
  let assigned = false;
  for (const [, double, single, sign, word] of text.matchAll(PAIR)) {
    const part = (double ?? single ?? word)?.replace(/\\(.)/g, '$1');
    if (sign !== undefined) {
      // Within a value, such as a time of day, the sign is part of it only where the value is quoted.
      assigned = key !== undefined;
    } else if (part !== undefined && assigned && key !== undefined) {
      found.push([key, part]);
      key = undefined;
      assigned = false;
    } else if (part !== undefined) {
      if (key !== undefined) {
        found.push([key, '']);
      }
      key = part;
    }
  }
  if (key !== undefined) {
    found.push([key, '']);
  }
  return Object.fromEntries(found);
}

/** `a.b[0].c` within parsed JSON; own properties only. */
function atPath(value: unknown, path: string): unknown {
  return path
    .split(/[.[\]]+/)
    .filter((step) => step !== '')
    .reduce<unknown>((at, step) => (typeof at === 'object' && at !== null && Object.hasOwn(at, step) ? (at as Json)[step] : undefined), value);
}
