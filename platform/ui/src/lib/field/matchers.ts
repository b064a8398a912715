import type { DataFrame, Field } from '../frame/frame';
import { array, object, optionalString, string } from '../json';
import type { TemplateScope } from '../template/scope';
import { compare } from './compare';
import type { NameOf } from './displayName';
import { findReducer, reduceField } from './reducers';
import { regexMatches, userRegex } from './regex';

export type FieldMatcher = (field: Field, frame: DataFrame) => boolean;
export type FrameMatcher = (frame: DataFrame) => boolean;

export interface MatcherConfig {
  readonly id: string;
  readonly options?: unknown;
}

/** What matchers look at beside field and frame. */
export interface MatcherContext {
  readonly nameOf: NameOf;
  readonly scope?: TemplateScope | undefined;
}

export function readMatcher(value: unknown): MatcherConfig {
  const json = object(value);
  return { id: string(json['id']), options: json['options'] };
}

/** The fields that a rule is for. Undefined for a matcher that is not known. */
export function fieldMatcher(config: MatcherConfig, context: MatcherContext): FieldMatcher | undefined {
  const { options } = config;
  switch (config.id) {
    case 'byName':
      return namesMatcher([string(options)], context);
    case 'byNames':
      return byNames(options, context);
    case 'byRegexp':
      return regexMatcher(string(options), context);
    case 'byRegexpOrNames':
      return byRegexOrNames(options, context);
    case 'byType':
      return (field) => field.type === options;
    case 'byTypes':
      return (field) => array(options).includes(field.type);
    case 'numeric':
      return (field) => field.type === 'number';
    case 'time':
      return (field) => field.type === 'time';
    case 'firstTimeField':
      return (field, frame) => frame.fields.find(({ type }) => type === 'time') === field;
    case 'byFrameRefID':
      return (_, frame) => frame.refId === options;
    case 'byLabel':
      return (field) => byLabel(field, options);
    case 'byValue':
      return byValue(options);
    case 'allFields':
    case 'alwaysMatch':
      return () => true;
    case 'none':
    case 'neverMatch':
      return () => false;
    case 'anyMatch':
    case 'allMatch':
    case 'invertMatch':
      return combined(config, (inner) => fieldMatcher(inner, context));
    default:
      return undefined;
  }
}

/** The frames that a transformation is for. Undefined for a matcher that is not known. */
export function frameMatcher(config: MatcherConfig): FrameMatcher | undefined {
  switch (config.id) {
    case 'byRefId': {
      const options = string(config.options);
      const pattern = options.startsWith('/') ? options : `/^(?:${options})$/`;
      const regex = userRegex(pattern);
      return ({ refId }) => refId === options || regexMatches(regex, refId);
    }
    case 'byName': {
      const regex = userRegex(string(config.options));
      return ({ name }) => regexMatches(regex, name ?? '');
    }
    case 'byIndex':
      return undefined;
    case 'alwaysMatch':
      return () => true;
    case 'neverMatch':
      return () => false;
    case 'anyMatch':
    case 'allMatch':
    case 'invertMatch':
      return combined(config, frameMatcher);
    default:
      return undefined;
  }
}

/** Any, all or none of several matchers; a matcher in it that is not known makes the whole not known. */
function combined<Arguments extends unknown[]>(
  config: MatcherConfig,
  make: (config: MatcherConfig) => ((...values: Arguments) => boolean) | undefined,
): ((...values: Arguments) => boolean) | undefined {
  if (config.id === 'invertMatch') {
    const inner = make(readMatcher(config.options));
    return inner && ((...values) => !inner(...values));
  }
  const matchers = array(config.options).map((options) => make(readMatcher(options)));
  const known = matchers.filter((matcher) => matcher !== undefined);
  if (known.length < matchers.length) {
    return undefined;
  }
  return config.id === 'anyMatch'
    ? (...values) => known.some((matcher) => matcher(...values))
    : (...values) => known.every((matcher) => matcher(...values));
}

/**
 * By the name that is shown, or the field's own. Files of older versions write `Value` where the field is named like its
 * series, and `Time` or `time` for any time.
 */
function namesMatcher(names: readonly string[], context: MatcherContext): FieldMatcher {
  const wanted = new Set(names);
  const anyTime = !wanted.has('Value') && (wanted.has('Time') || wanted.has('time'));
  return (field, frame) =>
    wanted.has(context.nameOf(field, frame)) ||
    wanted.has(field.name) ||
    (wanted.has('Value') && field.labels !== undefined && field.labels['__name__'] === field.name) ||
    (anyTime && field.type === 'time');
}

function byNames(options: unknown, context: MatcherContext): FieldMatcher {
  const json = object(options);
  const matches = namesMatcher(
    array(json['names']).filter((name) => typeof name === 'string'),
    context,
  );
  return json['mode'] === 'exclude' ? (field, frame) => !matches(field, frame) : matches;
}

function regexMatcher(pattern: string, context: MatcherContext): FieldMatcher {
  const regex = userRegex(context.scope?.replace(pattern) ?? pattern);
  return (field, frame) => regexMatches(regex, context.nameOf(field, frame));
}

function byRegexOrNames(options: unknown, context: MatcherContext): FieldMatcher {
  const json = object(options);
  const byName = byNames({ names: json['names'] }, context);
  const byRegex = regexMatcher(string(json['pattern']), context);
  return (field, frame) => byName(field, frame) || byRegex(field, frame);
}

function byLabel(field: Field, options: unknown): boolean {
  const json = object(options);
  const name = string(json['key'], string(json['label']));
  const value = optionalString(json['value']);
  const own = field.labels?.[name];
  return own !== undefined && (value === undefined || own === value);
}

/** By a calculation over the values: `{reducer, op, value}`. */
function byValue(options: unknown): FieldMatcher {
  const json = object(options);
  const id = string(json['reducer']);
  if (findReducer(id) === undefined) {
    return () => false;
  }
  if (id === 'allIsNull' || id === 'allIsZero') {
    return (field) => reduceField(field, id) === true;
  }
  const operation = string(json['op'], 'eq');
  const value = json['value'] ?? 0;
  return (field) => compare(reduceField(field, id), operation, value);
}
