import { fieldNamer, type NameOf } from '../field/displayName';
import { fieldMatcher, readMatcher, type FieldMatcher } from '../field/matchers';
import type { DataFrame, Field, FieldType } from '../frame/frame';
import { string, type Json } from '../json';
import type { TemplateScope } from '../template/scope';

/** What a transformation knows beside its frames and options. */
export interface TransformContext {
  readonly scope?: TemplateScope | undefined;
  /** An IANA name or `utc`; undefined for the browser's. */
  readonly timeZone?: string | undefined;
}

/** A context in which fields of the frames have their names. */
export interface NamedContext extends TransformContext {
  readonly nameOf: NameOf;
}

/** Makes new frames of frames, which stay as they are. */
export type Transformer = (frames: readonly DataFrame[], options: Json, context: NamedContext) => readonly DataFrame[];

/** Why a transformation was not made, in words for the panel. The frames pass through unchanged. */
export class TransformError extends Error {
  override readonly name = 'TransformError';
}

export function named(frames: readonly DataFrame[], context: TransformContext): NamedContext {
  return { ...context, nameOf: fieldNamer(frames) };
}

/** The matcher of an option; undefined where the option is not set. */
export function matcherOption(value: unknown, context: NamedContext): FieldMatcher | undefined {
  const config = readMatcher(value);
  if (config.id === '') {
    return undefined;
  }
  const matcher = fieldMatcher(config, context);
  if (matcher === undefined) {
    throw new TransformError(`the matcher "${config.id}" is not known`);
  }
  return matcher;
}

/** A field by the name it is shown under, or by its own. */
export function findField(frame: DataFrame, name: string, { nameOf }: NamedContext): Field | undefined {
  return frame.fields.find((field) => nameOf(field, frame) === name) ?? frame.fields.find((field) => field.name === name);
}

/** A text option with variables replaced. */
export function textOption(value: unknown, { scope }: TransformContext, fallback = ''): string {
  const text = string(value, fallback);
  return scope?.replace(text, 'text') ?? text;
}

export function column(name: string, type: FieldType, values: readonly unknown[]): Field {
  return { name, type, values, config: {} };
}

/** A frame that is made of others. */
export function madeFrame(id: string, from: readonly DataFrame[], fields: readonly Field[], length: number): DataFrame {
  return { refId: `${id}-${[...new Set(from.map((frame) => frame.refId))].join('-')}`, name: undefined, fields, length };
}

/** The frame with only these rows, in their order. */
export function pickRows(frame: DataFrame, rows: readonly number[]): DataFrame {
  return { ...frame, length: rows.length, fields: frame.fields.map((field) => ({ ...field, values: rows.map((row) => field.values[row]) })) };
}

/** The type of the first value that is there. */
export function guessType(values: readonly unknown[]): FieldType {
  const first = values.find((value) => value !== null && value !== undefined);
  const type = typeof first;
  return type === 'number' || type === 'string' || type === 'boolean' ? type : 'other';
}

/** The numbers from 0 below the length. */
export function range(length: number): number[] {
  return Array.from({ length }, (_, i) => i);
}

export function cellText(value: unknown): string {
  return value === null || value === undefined ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value);
}
