import { parser } from '@prometheus-io/lezer-promql';
import { parseDuration } from '../time';

/** The two sides of the comparison that makes an expression a condition. */
export interface Threshold {
  /** What is compared, without the comparison. */
  readonly expr: string;
  readonly operator: string;
  /** What it is compared with. */
  readonly limitExpr: string;
  /** Where that is a number. */
  readonly limit: number | undefined;
}

type Node = ReturnType<ReturnType<typeof parser.parse>['topNode']['getChild']>;
type Present = NonNullable<Node>;

const COMPARISONS: Readonly<Record<string, string>> = { Gtr: '>', Gte: '>=', Lss: '<', Lte: '<=', Eql: '==', EqlC: '==', Neq: '!=' };
const TURNED: Readonly<Record<string, string>> = { '>': '<', '>=': '<=', '<': '>', '<=': '>=', '==': '==', '!=': '!=' };
const SETS = new Set(['And', 'Or', 'Unless']);
const BETWEEN = new Set([...Object.keys(COMPARISONS), ...SETS, 'BoolModifier', 'MatchingModifierClause', 'And', 'Or', 'Unless']);

/**
 * The comparison that an alerting rule's expression of PromQL ends with; of several joined by `and`, `or`, `unless` that of the first,
 * whose values the rule has. Undefined where there is none, or the expression is none.
 */
export function thresholdOf(expression: string): Threshold | undefined {
  const root = parser.parse(expression).topNode;
  const first = root.firstChild;
  return first === null || broken(root) ? undefined : comparison(first, expression);
}

function broken(node: Present): boolean {
  let wrong = false;
  node.cursor().iterate((each) => {
    if (each.type.isError) wrong = true;
  });
  return wrong;
}

function comparison(node: Present, text: string): Threshold | undefined {
  if (node.name === 'ParenExpr') {
    return node.firstChild === null ? undefined : comparison(node.firstChild, text);
  }
  if (node.name !== 'BinaryExpr') return undefined;
  const children = childrenOf(node);
  const sides = children.filter(({ name }) => !BETWEEN.has(name) && COMPARISONS[name] === undefined);
  const [left, right] = [sides[0], sides.at(-1)];
  if (!left || !right || left === right) return undefined;
  if (children.some(({ name }) => SETS.has(name))) return comparison(left, text);
  const operator = children.map(({ name }) => COMPARISONS[name]).find((found) => found !== undefined);
  if (operator === undefined) return undefined;
  const [expr, limitExpr] = [source(left, text), source(right, text)];
  const limit = numberOf(limitExpr);
  const turned = limit === undefined ? numberOf(expr) : undefined;
  return turned === undefined ? { expr, operator, limitExpr, limit } : { expr: limitExpr, operator: TURNED[operator] ?? operator, limitExpr: expr, limit: turned };
}

function childrenOf(node: Present): Present[] {
  const children: Present[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) children.push(child);
  return children;
}

function source(node: Present, text: string): string {
  return text.slice(node.from, node.to);
}

function numberOf(text: string): number | undefined {
  const plain = text.replace(/^\(([^()]*)\)$/, '$1').replaceAll('_', '').trim();
  if (/^[+-]?inf$/i.test(plain)) return undefined;
  const value = plain === '' ? NaN : Number(plain);
  if (Number.isFinite(value)) return value;
  const durationMs = parseDuration(plain);
  return durationMs === undefined ? undefined : durationMs / 1000;
}
