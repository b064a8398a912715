import { TransformError } from './transformer';

type Binary = (a: number | null, b: number | null) => number | null;

const BINARY: Readonly<Record<string, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '^': (a, b) => a ** b,
  '**': (a, b) => a ** b,
  '%': (a, b) => a % b,
};

const UNARY: Readonly<Record<string, (value: number) => number>> = {
  abs: Math.abs,
  exp: Math.exp,
  ln: Math.log,
  floor: Math.floor,
  ceil: Math.ceil,
  round: Math.round,
};

/** An operator of two numbers. A null counts as 0, as in Grafana; two nulls give null. */
export function binaryOperation(id: string): Binary {
  const operate = Object.hasOwn(BINARY, id) ? BINARY[id] : undefined;
  if (operate === undefined) {
    throw new TransformError(`the operator "${id}" is not known`);
  }
  return (a, b) => (a === null && b === null ? null : operate(a ?? 0, b ?? 0));
}

export function unaryOperation(id: string): (value: number) => number {
  const operate = Object.hasOwn(UNARY, id) ? UNARY[id] : undefined;
  if (operate === undefined) {
    throw new TransformError(`the operator "${id}" is not known`);
  }
  return operate;
}
