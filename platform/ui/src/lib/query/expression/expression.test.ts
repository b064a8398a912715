import { describe, expect, it } from 'vitest';
import { evalExpression, inputsOf } from './expression';
import { evalMath } from './mathEval';
import { parseMath } from './mathParser';
import { toValues, type ExprValue } from './values';

const RANGE = { fromMs: 0, toMs: 4000 };
const series = (labels: Record<string, string>, values: (number | null)[]): ExprValue => ({ kind: 'series', labels, times: values.map((_, i) => i * 1000), values });
const number = (value: number | null, labels = {}): ExprValue => ({ kind: 'number', labels, value });

describe('math', () => {
  it.each<[string, number | null]>([
    ['1 + 2 * 3', 7],
    ['(1 + 2) * 3', 9],
    ['2 ** 3 ** 2', 64],
    ['-2 ** 2', 4],
    ['7 % 4 - 1', 2],
    ['1 > 2 || 3 >= 3', 1],
    ['!0 && 1 != 1', 0],
    ['1 / 0', Infinity],
    ['0x10 + .5', 16.5],
    ['round(-2.5)', -3],
    ['is_null(null()) + is_nan(nan()) + is_inf(infn()) + is_number(5)', 4],
    ['null() + 1', null],
    ['abs(-3)', 3],
    ['0 && nan()', 0],
    ['nan() == nan()', NaN],
  ])('%s', (text, expected) => {
    expect(evalMath(parseMath(text), {})).toEqual([{ kind: 'scalar', value: expected }]);
  });

  it('joins by labels', () => {
    const variables = { A: [series({ host: 'a' }, [1, 2]), series({ host: 'b' }, [3, 4])], 'my query': [number(10, { host: 'a', zone: 'x' })] };
    expect(evalMath(parseMath('$A * ${my query}'), variables)).toEqual([series({ host: 'a', zone: 'x' }, [10, 20])]);
    expect(evalMath(parseMath('-$A'), variables)).toEqual([series({ host: 'a' }, [-1, -2]), series({ host: 'b' }, [-3, -4])]);
  });

  it('meets one with one whatever their labels, and keeps no data', () => {
    expect(evalMath(parseMath('$A - $B'), { A: [number(3, { a: '1' })], B: [number(1, { a: '2' })] })).toEqual([number(2)]);
    expect(evalMath(parseMath('$A - 1'), { A: [{ kind: 'noData' }] })).toEqual([{ kind: 'noData' }]);
  });

  it('keeps only shared times', () => {
    const b: ExprValue = { kind: 'series', labels: {}, times: [1000], values: [5] };
    expect(evalMath(parseMath('$A + $B'), { A: [series({}, [1, 2])], B: [b] })).toEqual([{ kind: 'series', labels: {}, times: [1000], values: [7] }]);
  });

  it.each(['1 +', '$', 'foo(1)', '1 2', '(1', '$Z + 1'])('refuses %s', (text) => {
    expect(() => evalMath(parseMath(text), {})).toThrow();
  });
});

describe('evalExpression', () => {
  const run = (json: object, A: ExprValue[]) => evalExpression({ refId: 'B', json: json as Record<string, unknown> }, { A }, RANGE);
  it.each<[string, object, (number | null)[], number | null]>([
    ['sum', {}, [1, 2, null], NaN],
    ['sum', { mode: 'dropNN' }, [1, 2, null], 3],
    ['sum', { mode: 'replaceNN', replaceWithValue: 10 }, [1, 2, null], 13],
    ['mean', {}, [1, 2], 1.5],
    ['min', {}, [3, 2], 2],
    ['last', {}, [3, null], null],
    ['last', { mode: 'dropNN' }, [3, null], 3],
    ['mean', { mode: 'dropNN' }, [], null],
    ['count', {}, [3, null], 2],
    ['median', {}, [3, 1, 2, 4], 2.5],
  ])('reduces by %s %j', (reducer, settings, values, expected) => {
    expect(run({ type: 'reduce', reducer, expression: '$A', settings }, [series({ h: 'a' }, values)])).toEqual([number(expected, { h: 'a' })]);
  });

  it('resamples', () => {
    const settings = { type: 'resample', expression: 'A', window: '2s', downsampler: 'max', upsampler: 'fillna' };
    expect(run(settings, [series({}, [1, 9, 3])])).toEqual([{ kind: 'series', labels: {}, times: [0, 2000, 4000], values: [1, 9, null] }]);
    expect(run({ ...settings, upsampler: 'pad' }, [series({}, [1, 9, 3])])).toEqual([{ kind: 'series', labels: {}, times: [0, 2000, 4000], values: [1, 9, 3] }]);
  });

  it.each([
    ['gt', [2], 3, 1],
    ['lt', [2], 3, 0],
    ['within_range', [1, 4], 3, 1],
    ['outside_range', [1, 4], 3, 0],
    ['outside_range_included', [3, 4], 3, 1],
    ['gte', [3], 3, 1],
    ['ne', [3], 3, 0],
  ])('threshold %s %j of %d', (type, params, value, expected) => {
    expect(run({ type: 'threshold', expression: 'A', conditions: [{ evaluator: { type, params } }] }, [number(value)])).toEqual([number(expected)]);
  });

  it('evaluates classic conditions', () => {
    const condition = (reducer: string, type: string, params: number[], operator = 'and') => ({ evaluator: { type, params }, operator: { type: operator }, query: { params: ['A'] }, reducer: { type: reducer } });
    const classic = (...conditions: object[]) => ({ type: 'classic_conditions', conditions });
    expect(run(classic(condition('max', 'gt', [2])), [series({}, [1, 3])])).toEqual([number(1)]);
    expect(run(classic(condition('max', 'gt', [5]), condition('min', 'lt', [2], 'or')), [series({}, [1, 3])])).toEqual([number(1)]);
    expect(run(classic(condition('avg', 'gt', [5])), [{ kind: 'noData' }])).toEqual([number(null)]);
    expect(run(classic(condition('avg', 'no_value', [])), [{ kind: 'noData' }])).toEqual([number(1)]);
  });

  it('refuses SQL by name', () => {
    expect(() => run({ type: 'sql', expression: 'select 1' }, [])).toThrow(/SQL/);
  });

  it('knows what it reads', () => {
    expect(inputsOf({ refId: 'C', json: { type: 'math', expression: '$A / ${B} + $A' } })).toEqual(['A', 'B']);
    expect(inputsOf({ refId: 'C', json: { type: 'reduce', expression: '${A}' } })).toEqual(['A']);
  });
});

describe('toValues', () => {
  it('says that tables with times are no input', () => {
    const frame = { refId: 'A', name: undefined, length: 1, fields: [{ name: 'Time', type: 'time', values: [1], config: {} }, { name: 'job', type: 'string', values: ['a'], config: {} }, { name: 'Value', type: 'number', values: [1], config: {} }] } as const;
    expect(() => toValues('A', [frame])).toThrow(/table/);
    expect(toValues('A', [])).toEqual([{ kind: 'noData' }]);
  });
});
