import { expect, it } from 'vitest';
import { ruleOf, seriesOfAlert } from './alertRule';
import type { LoadedGroup, LoadedRule } from './ruleGroups';

function rule(change: Partial<LoadedRule>): LoadedRule {
  return { kind: 'alerting', index: 0, name: 'Down', query: '', forSeconds: 0, keepFiringForSeconds: 0, labels: {}, annotations: {}, state: 'firing', health: 'ok', lastError: '', lastEvaluationMs: undefined, evaluationSeconds: 0, alerts: [], ...change };
}

function group(name: string, ...rules: LoadedRule[]): LoadedGroup {
  return { id: name, language: 'promql', origin: 'file', file: 'f', name, intervalSeconds: 1, limit: 0, evaluationSeconds: 0, lastEvaluationMs: undefined, missed: undefined, missedWhileDown: undefined, held: 0, rules };
}

it('finds the rule of an alert', () => {
  const alert = { labels: { alertname: 'Down', job: 'a' }, annotations: {}, state: 'firing' as const, activeAtMs: 0, keepFiringSinceMs: undefined, value: '1' };
  const groups = [
    group('other', rule({ name: 'Other' }), rule({ kind: 'recording' })),
    group('warns', rule({ labels: { severity: 'warning' }, query: 'warning' })),
    group('critical', rule({ labels: { severity: 'critical', team: '{{ $labels.team }}' }, query: 'critical' })),
    group('has', rule({ alerts: [alert], query: 'has' })),
  ];
  expect(ruleOf(groups, { alertname: 'Down', job: 'a', cluster: 'x' })?.rule.query).toBe('has');
  expect(ruleOf(groups, { alertname: 'Down', job: 'b', severity: 'critical', team: 'core' })?.rule.query).toBe('critical');
  expect(ruleOf(groups, { alertname: 'Down', job: 'b', severity: 'none' })?.rule.query).toBe('has');
  expect(ruleOf(groups, { alertname: 'Gone' })).toBeUndefined();
});

it('tells which series an alert is about', () => {
  expect(seriesOfAlert({ __name__: 'up', job: 'a' }, { alertname: 'Down', job: 'a' })).toBe(true);
  expect(seriesOfAlert({ job: 'b' }, { alertname: 'Down', job: 'a' })).toBe(false);
  expect(seriesOfAlert({ pod: 'x' }, { job: 'a' })).toBe(true);
});
