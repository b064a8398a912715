import type { Labels } from '../../labels';
import type { BinaryOperator, MathNode } from './mathParser';
import { labelsOfValue, type ExprValue, type SeriesValue } from './values';

type Variables = Readonly<Record<string, readonly ExprValue[]>>;

/** Calculates an expression over the results of other queries (`pkg/expr/mathexp/exp.go`). */
export function evalMath(node: MathNode, variables: Variables): readonly ExprValue[] {
  switch (node.kind) {
    case 'number':
      return [{ kind: 'scalar', value: node.value }];
    case 'variable': {
      const found = Object.hasOwn(variables, node.name) ? variables[node.name] : undefined;
      if (found === undefined) {
        throw new Error(`The expression asks for $${node.name}, but there is no query ${node.name}.`);
      }
      return found;
    }
    case 'unary':
      return evalMath(node.operand, variables).map((value) => mapValue(value, (number) => (number === null ? null : unary(node.operator, number))));
    case 'binary':
      return unions(evalMath(node.left, variables), evalMath(node.right, variables)).map(({ labels, a, b }) => combine(node.operator, labels, a, b));
    case 'call':
      return call(node.name, node.args.map((arg) => evalMath(arg, variables)));
  }
}

function unary(operator: '!' | '-', value: number): number {
  if (Number.isNaN(value)) {
    return NaN;
  }
  return operator === '-' ? -value : value === 0 ? 1 : 0;
}

type PerNumber = (value: number | null) => number | null;

/** Functions of one argument. What is no number stays none unless the function is about that. */
const FUNCTIONS: Readonly<Record<string, PerNumber>> = {
  abs: numeric(Math.abs),
  log: numeric(Math.log),
  // Half away from zero, as in Go.
  round: numeric((value) => Math.sign(value) * Math.round(Math.abs(value))),
  ceil: numeric(Math.ceil),
  floor: numeric(Math.floor),
  is_nan: numeric((value) => (Number.isNaN(value) ? 1 : 0)),
  is_inf: numeric((value) => (Math.abs(value) === Infinity ? 1 : 0)),
  is_null: (value) => (value === null ? 1 : 0),
  is_number: (value) => (value !== null && Number.isFinite(value) ? 1 : 0),
};

const CONSTANTS: Readonly<Record<string, number | null>> = { nan: NaN, inf: Infinity, infn: -Infinity, null: null };

function numeric(apply: (value: number) => number): PerNumber {
  return (value) => (value === null ? NaN : apply(value));
}

function call(name: string, args: readonly (readonly ExprValue[])[]): readonly ExprValue[] {
  if (Object.hasOwn(CONSTANTS, name)) {
    expectArguments(name, args.length, 0);
    return [{ kind: 'scalar', value: CONSTANTS[name] ?? null }];
  }
  const apply = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
  if (apply === undefined) {
    throw new Error(`There is no function “${name}” in math expressions. There are: ${[...Object.keys(FUNCTIONS), ...Object.keys(CONSTANTS)].join(', ')}.`);
  }
  expectArguments(name, args.length, 1);
  return (args[0] ?? []).map((value) => mapValue(value, apply));
}

function expectArguments(name: string, given: number, wanted: number): void {
  if (given !== wanted) {
    throw new Error(`The function ${name} takes ${wanted} arguments, not ${given}.`);
  }
}

export function mapValue(value: ExprValue, apply: PerNumber): ExprValue {
  switch (value.kind) {
    case 'series':
      return { ...value, values: value.values.map(apply) };
    case 'number':
    case 'scalar':
      return { ...value, value: apply(value.value) };
    case 'noData':
      return value;
  }
}

interface Union {
  readonly labels: Labels;
  readonly a: ExprValue;
  readonly b: ExprValue;
}

/** Which values meet: those with equal labels, those whose labels hold the other's, and any with what has none. */
function unions(left: readonly ExprValue[], right: readonly ExprValue[]): Union[] {
  const [a] = left;
  const [b] = right;
  if (a === undefined || b === undefined) {
    return [];
  }
  if ((left.length === 1 || right.length === 1) && (a.kind === 'noData' || b.kind === 'noData')) {
    return [{ labels: {}, a, b }];
  }
  const found = left.flatMap((one) => right.flatMap((other) => union(one, other)));
  // One on each side always meet; what their labels say is lost.
  return found.length === 0 && left.length === 1 && right.length === 1 ? [{ labels: {}, a, b }] : found;
}

function union(a: ExprValue, b: ExprValue): Union[] {
  const aLabels = labelsOfValue(a);
  const bLabels = labelsOfValue(b);
  const aSize = Object.keys(aLabels).length;
  const bSize = Object.keys(bLabels).length;
  if (aSize === 0 || bSize === 0) {
    return [{ labels: aSize === 0 ? bLabels : aLabels, a, b }];
  }
  if (contains(aLabels, bLabels)) {
    return [{ labels: aLabels, a, b }];
  }
  return aSize !== bSize && contains(bLabels, aLabels) ? [{ labels: bLabels, a, b }] : [];
}

function contains(labels: Labels, others: Labels): boolean {
  return Object.entries(others).every(([name, value]) => labels[name] === value);
}

function combine(operator: BinaryOperator, labels: Labels, a: ExprValue, b: ExprValue): ExprValue {
  if (a.kind === 'noData') return a;
  if (b.kind === 'noData') return b;
  if (a.kind === 'series' && b.kind === 'series') {
    return seriesWithSeries(operator, labels, a, b);
  }
  if (a.kind === 'series') {
    const right = b.kind === 'series' ? null : b.value;
    return { ...a, labels, values: a.values.map((value) => nullable(operator, value, right)) };
  }
  if (b.kind === 'series') {
    return { ...b, labels, values: b.values.map((value) => nullable(operator, a.value, value)) };
  }
  const value = nullable(operator, a.value, b.value);
  return a.kind === 'scalar' && b.kind === 'scalar' ? { kind: 'scalar', value } : { kind: 'number', labels, value };
}

/** Points whose times are in both. */
function seriesWithSeries(operator: BinaryOperator, labels: Labels, a: SeriesValue, b: SeriesValue): ExprValue {
  const other = new Map(b.times.map((time, i) => [time, b.values[i] ?? null]));
  const shared = a.times.map((time, i) => ({ time, value: a.values[i] ?? null })).filter(({ time }) => other.has(time));
  return {
    kind: 'series',
    labels,
    times: shared.map(({ time }) => time),
    values: shared.map(({ time, value }) => nullable(operator, value, other.get(time) ?? null)),
  };
}

function nullable(operator: BinaryOperator, a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : operate(operator, a, b);
}

function operate(operator: BinaryOperator, a: number, b: number): number {
  if (operator === '||' && a !== 0) return 1;
  if (operator === '&&' && a === 0) return 0;
  if (Number.isNaN(a) || Number.isNaN(b)) return NaN;
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return a / b;
    case '%':
      return a % b;
    case '**':
      // Go says 1 where JavaScript says NaN.
      return Math.abs(a) === 1 && Math.abs(b) === Infinity ? 1 : a ** b;
    case '==':
      return a === b ? 1 : 0;
    case '!=':
      return a !== b ? 1 : 0;
    case '>':
      return a > b ? 1 : 0;
    case '>=':
      return a >= b ? 1 : 0;
    case '<':
      return a < b ? 1 : 0;
    case '<=':
      return a <= b ? 1 : 0;
    case '||':
    case '&&':
      return b !== 0 ? 1 : 0;
  }
}
