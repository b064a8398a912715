import { parser as logql } from '@grafana/lezer-logql';
import type { Tree } from '@lezer/common';
import { parser as promql } from '@prometheus-io/lezer-promql';
import { isComplete, labelText, matcherOf, matcherText, quoted, type AdHocFilter } from './filters';

interface Insertion {
  readonly at: number;
  readonly text: string;
}

/** Adds filters to every selector of a PromQL expression. Comparisons of numbers are left out: labels have none. */
export function filterPromql(expr: string, filters: readonly AdHocFilter[]): string {
  const matchers = filters.filter((filter) => isComplete(filter) && matcherOf(filter) !== undefined).map(matcherText);
  if (matchers.length === 0) {
    return expr;
  }
  const tree = promql.parse(expr);
  const insertions: Insertion[] = [];
  tree.iterate({
    enter: (node) => {
      if (node.name === 'VectorSelector') {
        const braces = node.node.getChild('LabelMatchers');
        const present = braces === null ? '' : expr.slice(braces.from, braces.to);
        insertions.push(...intoSelector(expr, braces, node.to, missing(matchers, present)));
      }
    },
  });
  return insert(expr, insertions);
}

/** Groups the aggregations of a PromQL expression by more labels. Those that drop labels (`without`) stay. */
export function groupPromql(expr: string, keys: readonly string[]): string {
  if (keys.length === 0) {
    return expr;
  }
  const labels = keys.map(labelText);
  const insertions: Insertion[] = [];
  promql.parse(expr).iterate({
    enter: (node) => {
      if (node.name !== 'AggregateExpr') {
        return;
      }
      const modifier = node.node.getChild('AggregateModifier');
      const grouping = modifier?.getChild('GroupingLabels') ?? null;
      if (modifier === null) {
        const op = node.node.getChild('AggregateOp');
        if (op !== null) insertions.push({ at: op.to, text: ` by (${labels.join(', ')}) ` });
      } else if (modifier.getChild('By') !== null && grouping !== null) {
        const inside = expr.slice(grouping.from + 1, grouping.to - 1);
        const present = inside.split(',').map((label) => label.trim());
        const added = labels.filter((label) => !present.includes(label));
        if (added.length > 0) insertions.push({ at: grouping.to - 1, text: `${inside.trim() === '' || inside.trim().endsWith(',') ? '' : ', '}${added.join(', ')}` });
      }
    },
  });
  return insert(expr, insertions);
}

const PARSERS = new Set(['LabelParser', 'JsonExpressionParser', 'LogfmtParser', 'LogfmtExpressionParser', 'LabelFilter']);

/**
 * Adds filters to the selectors of a LogQL expression; where every selector has matchers and something parses or filters
 * labels, after the last of those, since the label may come from there. That is Grafana's rule.
 */
export function filterLogql(expr: string, filters: readonly AdHocFilter[]): string {
  const complete = filters.filter(isComplete);
  if (complete.length === 0) {
    return expr;
  }
  const tree = logql.parse(expr);
  const selectors = nodes(tree, (name) => name === 'Selector');
  const matched = nodes(tree, (name) => name === 'Matchers').filter((matchers) => selectors.some((selector) => matchers.from >= selector.from && matchers.to <= selector.to));
  const stages = nodes(tree, (name) => PARSERS.has(name));
  if (matched.length === selectors.length && stages.length > 0) {
    return insert(expr, selectors.map((selector, i) => {
      const end = selectors[i + 1]?.from ?? expr.length;
      const last = stages.filter((stage) => stage.from >= selector.to && stage.to <= end).at(-1) ?? selector;
      return { at: last.to, text: complete.map((filter) => ` | ${labelFilter(filter)}`).join('') };
    }));
  }
  const matchers = complete.filter((filter) => matcherOf(filter) !== undefined).map(matcherText);
  return insert(expr, selectors.flatMap((selector) => intoSelector(expr, selector, selector.to, missing(matchers, expr.slice(selector.from, selector.to)))));
}

function labelFilter(filter: AdHocFilter): string {
  const matcher = matcherOf(filter);
  return matcher === undefined ? `${filter.key}${filter.operator}${filter.values[0] ?? '0'}` : `${filter.key}${matcher.operator}${quoted(matcher.value)}`;
}

/** Matchers that the braces do not hold already. */
function missing(matchers: readonly string[], present: string): readonly string[] {
  return matchers.filter((matcher) => !present.includes(matcher));
}

function intoSelector(expr: string, braces: { from: number; to: number } | null, end: number, matchers: readonly string[]): Insertion[] {
  if (matchers.length === 0) {
    return [];
  }
  if (braces === null) {
    return [{ at: end, text: `{${matchers.join(',')}}` }];
  }
  const inside = expr.slice(braces.from + 1, braces.to - 1).trim();
  return [{ at: braces.to - 1, text: `${inside === '' || inside.endsWith(',') ? '' : ','}${matchers.join(',')}` }];
}

function nodes(tree: Tree, wanted: (name: string) => boolean): { from: number; to: number }[] {
  const found: { from: number; to: number }[] = [];
  tree.iterate({
    enter: (node) => {
      if (wanted(node.name)) found.push({ from: node.from, to: node.to });
    },
  });
  return found;
}

/** From the end on, so that places stay true. */
function insert(text: string, insertions: readonly Insertion[]): string {
  return [...insertions].sort((a, b) => b.at - a.at).reduce((result, { at, text: added }) => result.slice(0, at) + added + result.slice(at), text);
}
