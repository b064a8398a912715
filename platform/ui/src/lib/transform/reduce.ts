import type { FieldMatcher } from '../field/matchers';
import { findReducer, reduceField, type Reducer } from '../field/reducers';
import type { DataFrame, Field } from '../frame/frame';
import { array, string } from '../json';
import { column, guessType, madeFrame, matcherOption, TransformError, type NamedContext, type Transformer } from './transformer';

/** Values of fields become single ones: a row for each field (`seriesToRows`), or the fields stay with one row (`reduceFields`). */
export const reduce: Transformer = (frames, options, context) => {
  const reducers = readReducers(options['reducers']);
  if (reducers.length === 0 || frames.length === 0) {
    return frames;
  }
  const asFields = options['mode'] === 'reduceFields';
  const withTime = asFields && options['includeTimeField'] === true;
  const matches: FieldMatcher = matcherOption(options['fields'], context) ?? (({ type }) => withTime || type !== 'time');
  return asFields ? reduceFields(frames, matches, reducers) : [seriesToRows(frames, matches, reducers, options['labelsToFields'] === true, context)];
};

export function readReducers(value: unknown): Reducer[] {
  return array(value).map((id) => {
    const reducer = findReducer(string(id));
    if (reducer === undefined) {
      throw new TransformError(`the calculation "${string(id)}" is not known`);
    }
    return reducer;
  });
}

/** The type of what a calculation gives. */
export function reducedType(reducer: Reducer, source: Field, values: readonly unknown[]): Field['type'] {
  switch (reducer.id) {
    case 'last':
    case 'lastNotNull':
    case 'first':
    case 'firstNotNull':
      return source.type;
    case 'allIsNull':
    case 'allIsZero':
      return 'boolean';
    case 'min':
    case 'max':
    case 'mean':
      return source.type === 'time' ? 'time' : 'number';
    default: {
      const type = guessType(values);
      return type === 'other' && !values.some(Array.isArray) ? 'number' : type;
    }
  }
}

function reduceFields(frames: readonly DataFrame[], matches: FieldMatcher, reducers: readonly Reducer[]): DataFrame[] {
  return frames
    .map((frame) => ({
      ...frame,
      length: 1,
      fields: frame.fields
        .filter((field) => matches(field, frame))
        .flatMap((field) =>
          reducers.map((reducer): Field => {
            const values = [reduceField(field, reducer.id)];
            return { ...field, type: reducedType(reducer, field, values), values, labels: reducers.length > 1 ? { ...field.labels, reducer: reducer.name } : field.labels };
          }),
        ),
    }))
    .filter((frame) => frame.fields.length > 0);
}

function seriesToRows(frames: readonly DataFrame[], matches: FieldMatcher, reducers: readonly Reducer[], labelsToFields: boolean, { nameOf }: NamedContext): DataFrame {
  const sources = frames.flatMap((frame) => frame.fields.filter((field) => matches(field, frame)).map((field) => ({ field, frame })));
  const names = sources.map(({ field, frame }) => (labelsToFields ? field.name : nameOf(field, frame)));
  const labels = labelsToFields ? [...new Set(sources.flatMap(({ field }) => Object.keys(field.labels ?? {})))] : [];
  const calculated = reducers.map((reducer): Field => {
    const values = sources.map(({ field }) => reduceField(field, reducer.id));
    const [source] = sources;
    return column(reducer.name, source === undefined ? 'number' : reducedType(reducer, source.field, values), values);
  });
  const labelFields = labels.map((label) => column(label, 'string', sources.map(({ field }) => field.labels?.[label])));
  return madeFrame('reduce', frames, [column('Field', 'string', names), ...labelFields, ...calculated], sources.length);
}
