import { array, number, object, string, type Json } from '../../json';
import { mapValue } from './mathEval';
import { reduceClassic } from './reduce';
import type { ExprValue } from './values';

/** A comparison as thresholds and classic conditions write it: a type and its numbers. */
export interface Evaluator {
  readonly type: string;
  readonly params: readonly number[];
}

export function readEvaluator(json: unknown): Evaluator {
  const evaluator = object(json);
  return { type: string(evaluator['type']), params: array(evaluator['params']).map((param) => number(param, NaN)) };
}

export function meets(evaluator: Evaluator, value: number): boolean {
  const [a = NaN, b = NaN] = evaluator.params;
  switch (evaluator.type) {
    case 'gt':
      return value > a;
    case 'lt':
      return value < a;
    case 'eq':
      return value === a;
    case 'ne':
      return value !== a;
    case 'gte':
      return value >= a;
    case 'lte':
      return value <= a;
    case 'within_range':
      return (a < value && value < b) || (b < value && value < a);
    case 'outside_range':
      return (value < a && value < b) || (value > a && value > b);
    case 'within_range_included':
      return value >= a && value <= b;
    case 'outside_range_included':
      return value <= a || value >= b;
    default:
      throw new Error(`There is no comparison “${evaluator.type}”. There are: gt, lt, eq, ne, gte, lte, within_range, outside_range, within_range_included, outside_range_included.`);
  }
}

/** 1 where the value meets the condition, 0 where not; what is no number stays as it is. */
export function threshold(value: ExprValue, evaluator: Evaluator): ExprValue {
  return mapValue(value, (entry) => (entry === null || Number.isNaN(entry) ? entry : meets(evaluator, entry) ? 1 : 0));
}

export interface Condition {
  readonly refId: string;
  readonly reducer: string;
  readonly evaluator: Evaluator;
  readonly operator: string;
}

export function readConditions(json: unknown): Condition[] {
  return array(json).map(object).map((condition: Json) => ({
    refId: string(array(object(condition['query'])['params'])[0]),
    reducer: string(object(condition['reducer'])['type']),
    evaluator: readEvaluator(condition['evaluator']),
    operator: string(object(condition['operator'])['type'], 'and'),
  }));
}

/** One number for all conditions: 1 firing, 0 not, null without data (`pkg/expr/classic/classic.go`). */
export function classicConditions(conditions: readonly Condition[], variables: Readonly<Record<string, readonly ExprValue[]>>): ExprValue {
  let firing = false;
  let noData = false;
  conditions.forEach((condition, index) => {
    const result = evalCondition(condition, variables[condition.refId] ?? []);
    const or = condition.operator === 'or';
    firing = index === 0 ? result.firing : or ? firing || result.firing : firing && result.firing;
    noData = index === 0 ? result.noData : or ? noData || result.noData : noData && result.noData;
  });
  return { kind: 'number', labels: {}, value: noData ? null : firing ? 1 : 0 };
}

function evalCondition(condition: Condition, values: readonly ExprValue[]): { readonly firing: boolean; readonly noData: boolean } {
  const wantsNone = condition.evaluator.type === 'no_value';
  const numbers = values.map((value) => (value.kind === 'series' ? reduceClassic(value, condition.reducer) : value.kind === 'noData' ? null : value.value));
  if (wantsNone && numbers.length === 0) {
    return { firing: true, noData: false };
  }
  const fires = (value: number | null) => (wantsNone ? value === null : value !== null && meets(condition.evaluator, value));
  const quiet = numbers.filter((value) => value === null && !fires(value)).length;
  return { firing: numbers.some(fires), noData: quiet === numbers.length };
}
