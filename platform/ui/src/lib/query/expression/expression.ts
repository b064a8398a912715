import { array, object, optionalNumber, string, type Json } from '../../json';
import { parseDuration, type AbsoluteRange } from '../../time';
import { classicConditions, readConditions, readEvaluator, threshold } from './conditions';
import { evalMath } from './mathEval';
import { parseMath, variablesOf } from './mathParser';
import { reduceValue } from './reduce';
import { resample } from './resample';
import type { ExprValue } from './values';

/** A query to `__expr__`, as its file has it. */
export interface ExpressionQuery {
  readonly refId: string;
  readonly json: Json;
}

/** The queries that an expression reads. Throws on a math expression that does not parse. */
export function inputsOf(query: ExpressionQuery): string[] {
  switch (string(query.json['type'])) {
    case 'math':
      return [...new Set(variablesOf(parseMath(string(query.json['expression']))))];
    case 'classic_conditions':
      return [...new Set(readConditions(query.json['conditions']).map((condition) => condition.refId))];
    case 'sql':
      return [];
    default:
      return [reference(query)];
  }
}

/** Calculates one expression from the results that it reads. */
export function evalExpression(query: ExpressionQuery, variables: Readonly<Record<string, readonly ExprValue[]>>, range: AbsoluteRange): readonly ExprValue[] {
  const { json } = query;
  const settings = object(json['settings']);
  const input = () => required(query, variables);
  switch (string(json['type'])) {
    case 'math':
      return evalMath(parseMath(string(json['expression'])), variables);
    case 'reduce':
      return input().map((value) =>
        reduceValue(value, string(json['reducer']), { mode: string(settings['mode']), replaceWithValue: optionalNumber(settings['replaceWithValue']) }),
      );
    case 'resample': {
      const windowMs = parseDuration(string(json['window']));
      if (windowMs === undefined) {
        throw new Error(`The window of resample must be a duration such as 1m, got “${string(json['window'])}”.`);
      }
      return input().map((value) => resampled(value, { windowMs, downsampler: string(json['downsampler']), upsampler: string(json['upsampler']) }, range));
    }
    case 'threshold': {
      const evaluator = readEvaluator(object(array(json['conditions'])[0])['evaluator']);
      return input().map((value) => threshold(value, evaluator));
    }
    case 'classic_conditions':
      return [classicConditions(readConditions(json['conditions']), variables)];
    case 'sql':
      throw new Error('SQL expressions are not calculated here. Math, reduce, resample, threshold and classic conditions are, and transformations join tables.');
    default:
      throw new Error(`There is no expression of type “${string(json['type'])}”. There are: math, reduce, resample, threshold, classic_conditions.`);
  }
}

function resampled(value: ExprValue, settings: Parameters<typeof resample>[1], range: AbsoluteRange): ExprValue {
  switch (value.kind) {
    case 'series':
      return resample(value, settings, range);
    case 'noData':
      return value;
    case 'number':
    case 'scalar':
      throw new Error('Only series can be resampled, and the input is a number.');
  }
}

/** `$A`, `${A}` or `A`. */
function reference(query: ExpressionQuery): string {
  return string(query.json['expression']).trim().replace(/^\$\{?|\}$/g, '');
}

function required(query: ExpressionQuery, variables: Readonly<Record<string, readonly ExprValue[]>>): readonly ExprValue[] {
  const name = reference(query);
  const values = Object.hasOwn(variables, name) ? variables[name] : undefined;
  if (values === undefined) {
    throw new Error(name === '' ? 'The expression does not say which query it reads.' : `The expression reads query ${name}, which is not there.`);
  }
  return values;
}
