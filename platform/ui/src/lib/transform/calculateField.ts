import { fieldMatcher } from '../field/matchers';
import { findReducer, reduceField } from '../field/reducers';
import type { DataFrame, Field } from '../frame/frame';
import { array, object, optionalString, string, type Json } from '../json';
import { asOneFrame } from './join';
import { binaryOperation, unaryOperation } from './operations';
import { column, named, range, TransformError, textOption, type NamedContext, type Transformer } from './transformer';
import { windowValues } from './window';

/** The values that a calculation adds to a frame; undefined where the frame lacks what it needs. */
type Calculation = (frame: DataFrame) => readonly unknown[] | undefined;

/** Adds a field that is calculated from others, or puts it in their place. */
export const calculateField: Transformer = (given, options, outer) => {
  const mode = string(options['mode'], 'reduceRow');
  const binary = object(options['binary']);
  const asSeries = options['timeSeries'] !== false;
  const oneFrame = asSeries && !(mode === 'binary' && isFixed(binary['right']));
  const frames = oneFrame ? asOneFrame(given, outer) : given;
  const context = frames === given ? outer : named(frames, outer);
  const replace = options['replaceFields'] === true;
  const alias = optionalString(textOption(options['alias'], context));
  if (mode === 'index') {
    return frames.map((frame) => place(frame, indexField(frame, alias, object(options['index'])['asPercentile'] === true), replace, false));
  }
  const left = operand(binary['left'], frames);
  if (mode === 'binary' && left.matcher === 'byType') {
    return byType(frames, binary, left.text, replace, asSeries, context);
  }
  const calculation = calculationOf(mode, options, frames, context);
  const name = alias ?? defaultName(mode, options, frames);
  return frames.flatMap((frame) => {
    const values = calculation(frame);
    return values === undefined ? (replace ? [] : [frame]) : [place(frame, column(name, 'number', values), replace, asSeries)];
  });
};

function place(frame: DataFrame, field: Field, replace: boolean, keepTime: boolean): DataFrame {
  const time = keepTime ? frame.fields.find(({ type }) => type === 'time') : undefined;
  return { ...frame, fields: replace ? [...(time === undefined ? [] : [time]), field] : [...frame.fields, field] };
}

function calculationOf(mode: string, options: Json, frames: readonly DataFrame[], context: NamedContext): Calculation {
  switch (mode) {
    case 'reduceRow':
      return reduceRow(object(options['reduce']), context);
    case 'cumulativeFunctions':
      return cumulative(object(options['cumulative']), context);
    case 'windowFunctions': {
      const settings = object(options['window']);
      return (frame) => {
        const field = chosenField(frame, settings, context);
        return field && windowValues(field.values, settings);
      };
    }
    case 'unary':
      return unary(object(options['unary']), context);
    case 'binary':
      return binaryCalculation(object(options['binary']), frames, context);
    default:
      throw new TransformError(`the mode "${mode}" is not known`);
  }
}

/** A calculation over the fields of each row. Nulls count as `nullValueMode` says, without it as absent numbers. */
function reduceRow(options: Json, context: NamedContext): Calculation {
  const id = string(options['reducer'], 'sum');
  if (findReducer(id) === undefined) {
    throw new TransformError(`the calculation "${id}" is not known`);
  }
  const include = array(options['include']);
  const matches = fieldMatcher(include.length > 0 ? { id: 'byNames', options: { names: include } } : { id: 'numeric' }, context);
  const mode = options['nullValueMode'];
  const nullValueMode = mode === 'connected' || mode === 'null as zero' ? mode : 'null';
  return (frame) => {
    const columns = frame.fields.filter((field) => matches?.(field, frame) === true);
    return range(frame.length).map((row) =>
      reduceField({ name: '', type: 'number', values: columns.map((field) => field.values[row] ?? null), config: { nullValueMode } }, id),
    );
  };
}

function cumulative(options: Json, context: NamedContext): Calculation {
  const reducer = string(options['reducer'], 'sum');
  if (reducer !== 'sum' && reducer !== 'mean') {
    throw new TransformError(`only the sum and the mean can be cumulated, not "${reducer}"`);
  }
  return (frame) => {
    let total = 0;
    return chosenField(frame, options, context)?.values.map((value, i) => {
      total += typeof value === 'number' ? value : 0;
      return reducer === 'sum' ? total : total / (i + 1);
    });
  };
}

/** The field that the options name, else the first number field. */
function chosenField(frame: DataFrame, options: Json, context: NamedContext): Field | undefined {
  const name = optionalString(options['field']);
  const matches = fieldMatcher(name === undefined ? { id: 'numeric' } : { id: 'byNames', options: { names: [name] } }, context);
  return frame.fields.find((field) => matches?.(field, frame) === true);
}

function unary(options: Json, context: NamedContext): Calculation {
  const operate = unaryOperation(string(options['operator'], 'abs'));
  const name = textOption(options['fieldName'], context);
  return (frame) => {
    const field = frame.fields.find((other) => other.type === 'number' && context.nameOf(other, frame) === name);
    return field?.values.map((value) => (typeof value === 'number' ? operate(value) : null));
  };
}

interface Operand {
  readonly matcher: string | undefined;
  /** A name, a type or a number. */
  readonly text: string;
}

/** Older files write a name or a number where newer ones write an object. */
function operand(value: unknown, frames: readonly DataFrame[]): Operand {
  if (typeof value === 'string' || typeof value === 'number') {
    const text = String(value);
    const isName = Number.isNaN(Number(text)) || frames.some((frame) => frame.fields.some((field) => field.name === text));
    return { matcher: isName ? 'byName' : undefined, text };
  }
  const matcher = object(object(value)['matcher']);
  const id = optionalString(matcher['id']);
  const fixed = object(value)['fixed'];
  return id === undefined ? { matcher: undefined, text: typeof fixed === 'number' ? String(fixed) : string(fixed) } : { matcher: id, text: string(matcher['options']) };
}

/** With a number on its right an operation is made in each frame by itself. */
function isFixed(value: unknown): boolean {
  const fixed = object(value)['fixed'];
  return fixed !== undefined && fixed !== null;
}

type Values = (row: number) => number | null;

/** The values of an operand: of a field, or one number for all rows. */
function operandValues(frame: DataFrame, { matcher, text }: Operand, context: NamedContext): Values | undefined {
  const name = textOption(text, context);
  const field = matcher === 'byName' ? frame.fields.find((other) => context.nameOf(other, frame) === name) : undefined;
  if (field !== undefined) {
    return (row) => {
      const value = field.values[row];
      // What a join left open is no number, unlike a null, which counts as zero.
      return typeof value === 'number' ? value : typeof value === 'boolean' ? Number(value) : value === null ? null : NaN;
    };
  }
  const constant = Number.parseFloat(name);
  return Number.isNaN(constant) ? undefined : () => constant;
}

function binaryCalculation(options: Json, frames: readonly DataFrame[], context: NamedContext): Calculation {
  const operate = binaryOperation(string(options['operator'], '+'));
  const [left, right] = [operand(options['left'], frames), operand(options['right'], frames)];
  return (frame) => {
    const [a, b] = [operandValues(frame, left, context), operandValues(frame, right, context)];
    return a && b && range(frame.length).map((row) => operate(a(row), b(row)));
  };
}

/** The operation with each field of a type on its left. */
function byType(frames: readonly DataFrame[], binary: Json, type: string, replace: boolean, asSeries: boolean, context: NamedContext): DataFrame[] {
  const id = string(binary['operator'], '+');
  const operate = binaryOperation(id);
  const right = operand(binary['right'], frames);
  return frames.flatMap((frame) => {
    const values = operandValues(frame, right, context);
    if (values === undefined) {
      return replace ? [] : [frame];
    }
    const added = frame.fields
      .filter((field) => field.type === type)
      .map((field) => ({
        ...field,
        name: `${field.name} ${id} ${right.text}`,
        config: { ...field.config, displayName: undefined, displayNameFromDS: undefined },
        values: field.values.map((value, row) => operate(typeof value === 'number' ? value : null, values(row))),
      }));
    const time = asSeries ? frame.fields.filter((field) => field.type === 'time').slice(0, 1) : [];
    return replace && added.length === 0 ? [] : [{ ...frame, fields: replace ? [...time, ...added] : frame.fields.flatMap((field) => [field, ...added.filter((made) => made.name === `${field.name} ${id} ${right.text}`)]) }];
  });
}

function indexField(frame: DataFrame, alias: string | undefined, asPercentile: boolean): Field {
  const values = range(frame.length).map((row) => (asPercentile ? row / frame.length : row));
  return { ...column(alias ?? 'Row', 'number', values), config: asPercentile ? { unit: 'percentunit' } : {} };
}

function defaultName(mode: string, options: Json, frames: readonly DataFrame[]): string {
  const settings = object(options[{ cumulativeFunctions: 'cumulative', windowFunctions: 'window', reduceRow: 'reduce' }[mode] ?? mode]);
  const of = (name: unknown): string => (optionalString(name) === undefined ? '' : `(${string(name)})`);
  switch (mode) {
    case 'cumulativeFunctions':
      return `cumulative ${string(settings['reducer'], 'sum')}${of(settings['field'])}`;
    case 'windowFunctions':
      return `${string(settings['windowAlignment'], 'trailing')} moving ${string(settings['reducer'], 'mean')}${of(settings['field'])}`;
    case 'unary':
      return `${string(settings['operator'], 'abs')}${of(settings['fieldName'])}`;
    case 'binary':
      return `${operand(settings['left'], frames).text} ${string(settings['operator'], '+')} ${operand(settings['right'], frames).text}`.replaceAll('$', '');
    default:
      return findReducer(string(settings['reducer'], 'sum'))?.name ?? 'math';
  }
}
