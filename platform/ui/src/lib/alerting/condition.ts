import { parser } from '@prometheus-io/lezer-promql';
import type { SyntaxNode } from '@lezer/common';
import type { RuleLanguage } from './ruleGroups';

export interface Threshold {
  readonly operator: '>' | '>=' | '<' | '<=' | '==' | '!=';
  readonly value: number;
}

/** A condition taken apart: what is compared, which a graph shows whole, and what it is compared with. */
export interface Condition {
  readonly query: string;
  readonly thresholds: readonly Threshold[];
}

/** The first comparison with a number; an expression without one is a query without thresholds. */
export function conditionOf(language: RuleLanguage, expr: string): Condition {
  const found = language === 'promql' ? ofPromql(expr) : ofTail(expr);
  return found ?? { query: expr.trim(), thresholds: [] };
}

const OPERATORS: Readonly<Record<string, Threshold['operator']>> = { Gtr: '>', Gte: '>=', Lss: '<', Lte: '<=', Eql: '==', Neq: '!=' };
const TURNED: Record<Threshold['operator'], Threshold['operator']> = { '>': '<', '>=': '<=', '<': '>', '<=': '>=', '==': '==', '!=': '!=' };

function ofPromql(expr: string): Condition | undefined {
  const top = parser.parse(expr).topNode.firstChild;
  return top ? ofNode(top, expr) : undefined;
}

function ofNode(node: SyntaxNode, expr: string): Condition | undefined {
  if (node.name === 'ParenExpr') {
    const inner = node.firstChild && expressionsOf(node)[0];
    return inner ? ofNode(inner, expr) : undefined;
  }
  if (node.name !== 'BinaryExpr') {
    return undefined;
  }
  const [left, right] = expressionsOf(node);
  if (!left || !right) {
    return undefined;
  }
  for (const name of ['And', 'Or', 'Unless']) {
    if (node.getChild(name)) {
      return ofNode(left, expr) ?? (name === 'Unless' ? undefined : ofNode(right, expr));
    }
  }
  const operator = Object.entries(OPERATORS).find(([name]) => node.getChild(name))?.[1];
  if (operator === undefined) {
    return undefined;
  }
  const text = (part: SyntaxNode) => expr.slice(part.from, part.to);
  const rightNumber = numberOf(right, expr);
  if (rightNumber !== undefined) {
    return withMore(text(left), { operator, value: rightNumber }, left, expr);
  }
  const leftNumber = numberOf(left, expr);
  return leftNumber === undefined ? undefined : withMore(text(right), { operator: TURNED[operator], value: leftNumber }, right, expr);
}

/** `0.1 < x < 5` has two thresholds. */
function withMore(query: string, threshold: Threshold, compared: SyntaxNode, expr: string): Condition {
  const inner = compared.name === 'BinaryExpr' && !['And', 'Or', 'Unless'].some((name) => compared.getChild(name)) ? ofNode(compared, expr) : undefined;
  return inner ? { query: inner.query, thresholds: [...inner.thresholds, threshold] } : { query, thresholds: [threshold] };
}

const NOT_EXPRESSIONS: ReadonlySet<string> = new Set([...Object.keys(OPERATORS), 'Add', 'Sub', 'Mul', 'Div', 'Mod', 'Pow', 'Atan2', 'And', 'Or', 'Unless', 'BoolModifier', 'MatchingModifierClause', 'LineComment', '(', ')', '⚠']);

function expressionsOf(node: SyntaxNode): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (!NOT_EXPRESSIONS.has(child.name)) found.push(child);
  }
  return found;
}

const UNIT_SECONDS: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400, w: 604_800, y: 31_536_000 };

/** The value of an expression of numbers alone. */
function numberOf(node: SyntaxNode, expr: string): number | undefined {
  const text = expr.slice(node.from, node.to);
  switch (node.name) {
    case 'NumberDurationLiteral':
      return literal(text);
    case 'ParenExpr': {
      const [inner] = expressionsOf(node);
      return inner ? numberOf(inner, expr) : undefined;
    }
    case 'UnaryExpr': {
      const operand = node.lastChild && numberOf(node.lastChild, expr);
      return operand === undefined || operand === null ? undefined : text.trim().startsWith('-') ? -operand : operand;
    }
    case 'BinaryExpr': {
      const [left, right] = expressionsOf(node).map((part) => numberOf(part, expr));
      return left === undefined || right === undefined ? undefined : calculated(node, left, right);
    }
    default:
      return undefined;
  }
}

function calculated(node: SyntaxNode, left: number, right: number): number | undefined {
  if (node.getChild('Add')) return left + right;
  if (node.getChild('Sub')) return left - right;
  if (node.getChild('Mul')) return left * right;
  if (node.getChild('Div')) return left / right;
  if (node.getChild('Pow')) return left ** right;
  return undefined;
}

function literal(text: string): number | undefined {
  const plain = text.replace(/(?<=\d)_(?=\d)/g, '');
  const durations = [...plain.matchAll(/(\d+)(ms|[smhdwy])/g)];
  if (durations.length > 0 && durations.map((each) => each[0]).join('') === plain) {
    return durations.reduce((sum, [, amount, unit]) => sum + Number(amount) * (UNIT_SECONDS[unit ?? ''] ?? 0), 0);
  }
  const special = /^([+-]?)(inf|nan)$/i.exec(plain);
  if (special) {
    return special[2]?.toLowerCase() === 'nan' ? NaN : special[1] === '-' ? -Infinity : Infinity;
  }
  const value = Number(plain);
  return Number.isNaN(value) ? undefined : value;
}

/** In the other languages: a comparison at the end, before what a query of TraceQL hints. */
function ofTail(expr: string): Condition | undefined {
  const match = /^([\s\S]*\S)\s*(>=|<=|==|!=|>|<)\s*([+-]?\d[\w.+-]*)\s*(with\s*\([^)]*\))?\s*$/.exec(expr);
  const query = match?.[1] ?? '';
  const value = literal(match?.[3] ?? '');
  if (!match || value === undefined || !balanced(query)) {
    return undefined;
  }
  const hint = match[4] === undefined ? '' : ` ${match[4]}`;
  return { query: `${query}${hint}`, thresholds: [{ operator: match[2] as Threshold['operator'], value }] };
}

/** Whether the text stands outside of all brackets and strings at its end. */
function balanced(text: string): boolean {
  const bare = text.replace(/"(?:[^"\\]|\\.)*"|`[^`]*`/g, '');
  const count = (open: string, close: string) => bare.split(open).length === bare.split(close).length;
  return !/["`]/.test(bare) && count('(', ')') && count('{', '}') && count('[', ']');
}
