import type { Labels } from '../labels';
import type { LoadedGroup, LoadedRule } from './ruleGroups';

export interface AlertRule {
  readonly group: LoadedGroup;
  readonly rule: LoadedRule;
}

/** The rule that finds an alert: of those of its name the one that has it now, or whose own labels it has. */
export function ruleOf(groups: readonly LoadedGroup[], labels: Labels): AlertRule | undefined {
  const named = groups.flatMap((group) => group.rules.filter((rule) => rule.kind === 'alerting' && rule.name === labels['alertname']).map((rule) => ({ group, rule })));
  // Alerts get external labels on their way, so that they may have more than their rule knows.
  const has = ({ rule }: AlertRule) => rule.alerts.some((alert) => Object.entries(alert.labels).every(([name, value]) => labels[name] === value));
  const fits = ({ rule }: AlertRule) => Object.entries(rule.labels).every(([name, value]) => value.includes('{{') || labels[name] === value);
  return named.find(has) ?? named.find(fits) ?? named[0];
}

/** Whether a series may be what an alert is about: no label of both has another value. */
export function seriesOfAlert(series: Labels, alert: Labels): boolean {
  return Object.entries(series).every(([name, value]) => name === '__name__' || alert[name] === undefined || alert[name] === value);
}
