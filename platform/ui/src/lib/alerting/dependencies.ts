import { parser } from '@prometheus-io/lezer-promql';
import type { SyntaxNode } from '@lezer/common';
import type { LoadedGroup, LoadedRule } from './ruleGroups';

/** A selector of an expression: the metric's name, undefined where it selects by labels alone. */
export interface ReadSelector {
  readonly name: string | undefined;
  /** The value of the label alertname, where one is asked for by `=`. */
  readonly alertname: string | undefined;
}

/** What an expression of PromQL selects. */
export function selectorsOf(expr: string): ReadSelector[] {
  const found: ReadSelector[] = [];
  parser.parse(expr).iterate({
    enter: (ref) => {
      if (ref.name === 'VectorSelector') found.push(selectorOf(ref.node, expr));
    },
  });
  return found;
}

function selectorOf(node: SyntaxNode, expr: string): ReadSelector {
  const text = (part: SyntaxNode | null) => (part ? expr.slice(part.from, part.to) : undefined);
  let name = text(node.getChild('Identifier'));
  let alertname: string | undefined;
  const matchers = node.getChild('LabelMatchers');
  for (let matcher = matchers?.firstChild ?? null; matcher; matcher = matcher.nextSibling) {
    if (matcher.name === 'QuotedLabelName') name ??= unquoted(text(matcher));
    if (text(matcher.getChild('MatchOp')) !== '=') continue;
    const label = text(matcher.getChild('LabelName'));
    if (label === '__name__') name ??= unquoted(text(matcher.getChild('StringLiteral')));
    if (label === 'alertname') alertname = unquoted(text(matcher.getChild('StringLiteral')));
  }
  return { name, alertname };
}

function unquoted(literal: string | undefined): string | undefined {
  if (literal === undefined) {
    return undefined;
  }
  if (literal.startsWith('"')) {
    try {
      return JSON.parse(literal) as string;
    } catch {
      // An escape of Go that JSON has not; the text between the quotes is near enough to look for.
    }
  }
  return literal.slice(1, -1);
}

export interface RuleAt {
  readonly group: LoadedGroup;
  readonly rule: LoadedRule;
}

export interface Dependencies {
  /** Rules that write what this one reads. */
  readonly reads: readonly RuleAt[];
  /** Metrics that it reads and no rule writes. */
  readonly metrics: readonly string[];
  /** Rules that read what this one writes. */
  readonly readBy: readonly RuleAt[];
  /** Whether a selector without a name may read anything. */
  readonly readsAnything: boolean;
}

/** How a rule hangs together with the others: by what they record, and by ALERTS. Rules of LogQL and TraceQL read no series. */
export function dependenciesOf(at: RuleAt, groups: readonly LoadedGroup[]): Dependencies {
  const selectors = at.group.language === 'promql' ? selectorsOf(at.rule.query) : [];
  const reads: RuleAt[] = [];
  const readBy: RuleAt[] = [];
  const written = new Set<string>();
  for (const group of groups) {
    for (const rule of group.rules) {
      const itself = group.id === at.group.id && rule.index === at.rule.index;
      if (!itself && selectors.some((selector) => isWrittenBy(selector, rule))) {
        reads.push({ group, rule });
        written.add(rule.name);
      }
      if (!itself && group.language === 'promql' && mayName(rule.query, at.rule) && selectorsOf(rule.query).some((selector) => isWrittenBy(selector, at.rule))) {
        readBy.push({ group, rule });
      }
    }
  }
  const names = selectors.flatMap(({ name }) => (name === undefined || written.has(name) || isAlerts(name) ? [] : [name]));
  return { reads, metrics: [...new Set(names)], readBy, readsAnything: selectors.some(({ name }) => name === undefined) };
}

/** Sorts out most rules before their expressions are parsed. */
function mayName(query: string, rule: LoadedRule): boolean {
  return rule.kind === 'recording' ? query.includes(rule.name) : query.includes('ALERTS');
}

function isWrittenBy(selector: ReadSelector, rule: LoadedRule): boolean {
  if (rule.kind === 'recording') {
    return selector.name === rule.name;
  }
  return isAlerts(selector.name) && selector.alertname === rule.name;
}

function isAlerts(name: string | undefined): boolean {
  return name === 'ALERTS' || name === 'ALERTS_FOR_STATE';
}
