import type { Alert, Rule, RuleGroup } from '../api/prometheus';
import type { Matcher } from './alerting/matchers';
import { array, boolean, number, object, optionalString, string, type Json } from './json';
import type { Labels } from './labels';
import { resolveDataSource } from './query/dataSource';
import type { TemplateScope } from './template/scope';

export type ShownState = 'firing' | 'pending' | 'normal' | 'noData' | 'error' | 'recovering';
export type SortOrder = 'nameUp' | 'nameDown' | 'importance' | 'timeUp' | 'timeDown';

/** What Grafana's alert list asks for. */
export interface AlertListOptions {
  readonly view: 'list' | 'stat';
  /** Labels by whose values instances are grouped; undefined groups them by their rule. */
  readonly groupBy: readonly string[] | undefined;
  readonly maxItems: number;
  readonly order: SortOrder;
  readonly thisDashboard: boolean;
  readonly name: string;
  readonly labelFilter: string;
  readonly folder: string | undefined;
  /** The name of the data source whose rules are meant; '' for all. */
  readonly source: string;
  readonly showEmpty: boolean;
  readonly states: ReadonlySet<ShownState>;
}

const ORDERS: readonly SortOrder[] = ['nameUp', 'nameDown', 'importance', 'timeUp', 'timeDown'];
/** The names of states in panels of versions before 8. */
const OLD_STATES: Readonly<Record<string, ShownState>> = { alerting: 'firing', ok: 'normal', inactive: 'normal', no_data: 'noData', execution_error: 'error' };
const DEFAULT_STATES: Readonly<Record<ShownState, boolean>> = { firing: true, pending: true, recovering: true, error: true, noData: false, normal: false };
const MOST_ITEMS = 500;

export function alertListOptions(json: Json): AlertListOptions {
  const asked = object(json['stateFilter']);
  const translated: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(asked)) {
    const state = Object.hasOwn(OLD_STATES, name) ? (OLD_STATES[name] ?? name) : name;
    if (typeof value === 'boolean') translated[state] = value || translated[state] === true;
  }
  const groupBy = array(json['groupBy']).filter((label) => typeof label === 'string');
  return {
    view: json['viewMode'] === 'stat' ? 'stat' : 'list',
    groupBy: json['groupMode'] === 'custom' && groupBy.length > 0 ? groupBy : undefined,
    maxItems: Math.max(1, Math.min(MOST_ITEMS, number(json['maxItems'], 20))),
    order: ORDERS[number(json['sortOrder'], 1) - 1] ?? 'nameUp',
    thisDashboard: boolean(json['dashboardAlerts'], boolean(json['onlyAlertsOnDashboard'], false)),
    name: string(json['alertName'], string(json['nameFilter'])),
    labelFilter: string(json['alertInstanceLabelFilter']),
    folder: optionalString(object(json['folder'])['title']),
    source: string(json['datasource']),
    showEmpty: boolean(json['showInactiveAlerts'], false),
    states: new Set((Object.keys(DEFAULT_STATES) as ShownState[]).filter((state) => boolean(translated[state], DEFAULT_STATES[state]))),
  };
}

/** Why the rules of this data source are not listed; undefined where they are. Grafana's own rules are those on metrics here. */
export function sourceRefusal(source: string, scope: TemplateScope): string | undefined {
  const { kind, name } = resolveDataSource({ uid: source }, scope);
  if (source === '' || kind === 'prometheus' || kind === 'grafana') return undefined;
  return `This panel asks for the alert rules of “${scope.replace(source, 'text')}”, read as ${name}. Alert lists show the rules on metrics (Prometheus) only: clear the panel's data source or choose Prometheus. Rules on logs and traces are on the page Alerting, Rules.`;
}

export interface ListedRule {
  readonly rule: Rule;
  readonly file: string;
  readonly group: string;
  readonly state: ShownState;
  /** Those of its instances that the panel asks for. */
  readonly alerts: readonly Alert[];
  /** When the first of its instances began, in milliseconds since the epoch. */
  readonly sinceMs: number | undefined;
}

export interface AlertListQuery {
  readonly options: AlertListOptions;
  /** With variables replaced. */
  readonly name: string;
  readonly matchers: readonly Matcher[];
  readonly dashboardUid: string;
}

/** The alerting rules that a panel shows, in its order, not yet cut to its number. */
export function listRules(groups: readonly RuleGroup[], query: AlertListQuery): ListedRule[] {
  const { options, matchers } = query;
  const tests = matchers.map(matcherTest);
  const wanted = query.name.toLowerCase();
  const listed: ListedRule[] = [];
  for (const group of groups) {
    if (options.folder !== undefined && group.file !== options.folder) continue;
    for (const rule of group.rules) {
      const state = stateOf(rule);
      const fits =
        rule.kind === 'alerting' &&
        options.states.has(state) &&
        rule.name.toLowerCase().includes(wanted) &&
        (!options.thisDashboard || (query.dashboardUid !== '' && rule.annotations['__dashboardUid__'] === query.dashboardUid));
      if (!fits) continue;
      const alerts = rule.alerts.filter((alert) => options.states.has(alertStateOf(alert)) && tests.every((test) => test(alert.labels)));
      if (alerts.length === 0 && (tests.length > 0 || !options.showEmpty)) continue;
      listed.push({ rule, file: group.file, group: group.name, state, alerts, sinceMs: firstActive(alerts) });
    }
  }
  return listed.sort(comparator(options.order));
}

function stateOf(rule: Rule): ShownState {
  if (rule.health === 'err' || rule.health === 'error') {
    return 'error';
  }
  return rule.health === 'nodata' ? 'noData' : rule.state === 'firing' || rule.state === 'pending' ? rule.state : 'normal';
}

function alertStateOf(alert: Alert): ShownState {
  return alert.state === 'firing' || alert.state === 'pending' ? alert.state : 'normal';
}

function firstActive(alerts: readonly Alert[]): number | undefined {
  const times = alerts.map((alert) => Date.parse(alert.activeAt)).filter(Number.isFinite);
  return times.length === 0 ? undefined : times.reduce((first, time) => Math.min(first, time));
}

const IMPORTANCE: Readonly<Record<ShownState, number>> = { firing: 1, error: 1, noData: 2, recovering: 3, pending: 4, normal: 5 };

function comparator(order: SortOrder): (a: ListedRule, b: ListedRule) => number {
  const byName = (a: ListedRule, b: ListedRule) => a.rule.name.toLowerCase().localeCompare(b.rule.name.toLowerCase());
  const since = ({ sinceMs }: ListedRule) => sinceMs ?? Number.MAX_SAFE_INTEGER;
  switch (order) {
    case 'nameUp':
      return byName;
    case 'nameDown':
      return (a, b) => byName(b, a);
    case 'importance':
      return (a, b) => IMPORTANCE[a.state] - IMPORTANCE[b.state] || byName(a, b);
    case 'timeUp':
      return (a, b) => since(a) - since(b) || byName(a, b);
    case 'timeDown':
      return (a, b) => since(b) - since(a) || byName(a, b);
  }
}

const MAX_REGEX_CHARS = 1000;

/** Whether labels meet a matcher, as Alertmanager has it: a missing label is empty, expressions match the whole value. */
export function matcherTest({ name, operator, value }: Matcher): (labels: Labels) => boolean {
  const of = (labels: Labels) => (Object.hasOwn(labels, name) ? (labels[name] ?? '') : '');
  if (operator === '=' || operator === '!=') {
    return (labels) => (of(labels) === value) === (operator === '=');
  }
  const regex = wholeRegex(value);
  return (labels) => regex !== undefined && regex.test(of(labels).slice(0, MAX_REGEX_CHARS)) === (operator === '=~');
}

function wholeRegex(text: string): RegExp | undefined {
  try {
    return text.length > MAX_REGEX_CHARS ? undefined : new RegExp(`^(?:${text})$`);
  } catch {
    return undefined; // An expression that this browser does not know matches nothing.
  }
}

export interface AlertGroup {
  readonly labels: readonly (readonly [string, string])[];
  readonly alerts: readonly { readonly rule: ListedRule; readonly alert: Alert }[];
}

/** Instances by the values of labels; those that have none of the labels come last. */
export function groupAlerts(rules: readonly ListedRule[], by: readonly string[]): AlertGroup[] {
  const groups = new Map<string, { labels: (readonly [string, string])[]; alerts: { rule: ListedRule; alert: Alert }[] }>();
  for (const rule of rules) {
    for (const alert of rule.alerts) {
      const labels = by.flatMap((name) => (Object.hasOwn(alert.labels, name) ? [[name, alert.labels[name] ?? ''] as const] : []));
      const key = JSON.stringify(labels);
      const group = groups.get(key) ?? { labels, alerts: [] };
      group.alerts.push({ rule, alert });
      groups.set(key, group);
    }
  }
  return [...groups.values()].sort((a, b) => Number(a.labels.length === 0) - Number(b.labels.length === 0));
}
