import { fieldMatcher, type FieldMatcher } from '../field/matchers';
import type { DataFrame, Field } from '../frame/frame';
import { array, object, optionalNumber, optionalString, string } from '../json';
import { replaceRegex } from './replaceRegex';
import { matcherOption, TransformError, textOption, type NamedContext, type Transformer } from './transformer';

/** Leaves out, orders and renames fields. */
export const organize: Transformer = (frames, options, context) => {
  const excluded = object(options['excludeByName']);
  const included = object(options['includeByName']);
  const onlyIncluded = Object.values(included).some((value) => value === true);
  const index = object(options['indexByName']);
  const renamed = object(options['renameByName']);
  const kept = frames
    .map((frame) => ({
      ...frame,
      fields: frame.fields.filter((field) => !flagged(excluded, field, frame, context) && (!onlyIncluded || flagged(included, field, frame, context))),
    }))
    .filter((frame) => frame.fields.length > 0);
  return kept.map((frame) => ({ ...frame, fields: ordered(frame, index, context).map((field) => rename(field, optionOf(renamed, field, frame, context))) }));
};

/** Writes names anew: groups of the expression may stand in the pattern as `$1`. */
export const renameByRegex: Transformer = (frames, options, context) => {
  const replace = replaceRegex(textOption(options['regex'], context));
  if (replace === undefined) {
    throw new TransformError(`"${string(options['regex'])}" is not a regular expression of this browser`);
  }
  const pattern = textOption(options['renamePattern'], context);
  return frames.map((frame) => ({ ...frame, fields: frame.fields.map((field) => rename(field, replace(context.nameOf(field, frame), pattern))) }));
};

/** Keeps or drops fields by name, pattern or variable; frames without fields go. */
export const filterFieldsByName: Transformer = (frames, options, context) => {
  const byVariable = options['byVariable'] === true;
  return keepFields(frames, namesMatcher(options['include'], byVariable, context), namesMatcher(options['exclude'], byVariable, context));
};

/** The same by any matcher. */
export const filterFields: Transformer = (frames, options, context) =>
  keepFields(frames, matcherOption(options['include'], context), matcherOption(options['exclude'], context));

function keepFields(frames: readonly DataFrame[], include: FieldMatcher | undefined, exclude: FieldMatcher | undefined): readonly DataFrame[] {
  if (include === undefined && exclude === undefined) {
    return frames;
  }
  return frames
    .map((frame) => ({ ...frame, fields: frame.fields.filter((field) => exclude?.(field, frame) !== true && (include?.(field, frame) ?? true)) }))
    .filter((frame) => frame.fields.length > 0);
}

function namesMatcher(option: unknown, byVariable: boolean, context: NamedContext): FieldMatcher | undefined {
  const json = object(option);
  const variable = optionalString(json['variable']);
  if (byVariable && variable !== undefined) {
    const value = context.scope?.values(variable.replace(/^\$|^\$\{|\}$/g, '')) ?? textOption(variable, context).replace(/^\{|\}$/g, '').split(',');
    return fieldMatcher({ id: 'byNames', options: { names: value.map((name) => name.trim()) } }, context);
  }
  const names = array(json['names']);
  const pattern = optionalString(json['pattern']);
  if (names.length === 0 && pattern === undefined) {
    return undefined;
  }
  return fieldMatcher(pattern === undefined ? { id: 'byNames', options: { names } } : { id: 'byRegexpOrNames', options: { names, pattern } }, context);
}

/** What the options say of a field, by its shown name first. */
function optionOf(options: Readonly<Record<string, unknown>>, field: Field, frame: DataFrame, { nameOf }: NamedContext): unknown {
  const shown = nameOf(field, frame);
  return Object.hasOwn(options, shown) ? options[shown] : Object.hasOwn(options, field.name) ? options[field.name] : undefined;
}

function flagged(options: Readonly<Record<string, unknown>>, field: Field, frame: DataFrame, context: NamedContext): boolean {
  return optionOf(options, field, frame, context) === true;
}

/** Fields that the options do not place come last, in their order. */
function ordered(frame: DataFrame, index: Readonly<Record<string, unknown>>, context: NamedContext): readonly Field[] {
  if (Object.keys(index).length === 0) {
    return frame.fields;
  }
  const place = (field: Field): number => optionalNumber(optionOf(index, field, frame, context)) ?? Infinity;
  return [...frame.fields].sort((a, b) => (place(a) === place(b) ? 0 : place(a) - place(b)));
}

function rename(field: Field, name: unknown): Field {
  return typeof name === 'string' && name !== '' ? { ...field, config: { ...field.config, displayName: name } } : field;
}
