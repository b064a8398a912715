import { describe, expect, it } from 'vitest';
import type { Alert, Rule } from '../api/prometheus';
import { PAYLOADS } from '../testing/payloads';
import { alertListOptions, groupAlerts, listRules, matcherTest, sourceRefusal } from './alertList';
import type { MatcherOperator } from './alerting/matchers';
import { createScope } from './template/createScope';

function alert(labels: Record<string, string>, state: Alert['state'] = 'firing', activeAt = '2026-01-01T00:00:00Z'): Alert {
  return { labels, annotations: {}, state, activeAt, value: '1' };
}

function rule(name: string, state: Rule['state'], alerts: readonly Alert[] = [], more: Partial<Rule> = {}): Rule {
  return { kind: 'alerting', name, query: 'up', durationSeconds: 0, keepFiringForSeconds: 0, labels: {}, annotations: {}, health: 'ok', lastError: '', lastEvaluation: '', evaluationSeconds: 0, state, alerts, ...more };
}

const GROUPS = [
  {
    name: 'g',
    file: 'Team A',
    intervalSeconds: 15,
    rules: [
      rule('beta', 'firing', [alert({ team: 'x', instance: '1' }, 'firing', '2026-01-02T00:00:00Z'), alert({ team: 'y' }, 'pending')]),
      rule('Alpha', 'pending', [alert({ team: 'x' }, 'pending', '2026-01-03T00:00:00Z')], { annotations: { __dashboardUid__: 'd1' } }),
      rule('calm', 'inactive'),
      rule('broken', 'inactive', [], { health: 'err' }),
      { ...rule('recorded', 'inactive'), kind: 'recording' as const },
    ],
  },
  { name: 'h', file: 'Team B', intervalSeconds: 15, rules: [rule('zeta', 'firing', [alert({ instance: '2' })])] },
];

const names = (json: Record<string, unknown>, query: { name?: string; matchers?: { name: string; operator: MatcherOperator; value: string }[]; dashboardUid?: string } = {}) =>
  listRules(GROUPS, { options: alertListOptions(json), name: '', matchers: [], dashboardUid: '', ...query }).map((entry) => `${entry.rule.name} ${entry.alerts.length}`);

describe('an alert list', () => {
  it.each([
    [{}, {}, ['Alpha 1', 'beta 2', 'zeta 1']],
    [{ showInactiveAlerts: true }, {}, ['Alpha 1', 'beta 2', 'broken 0', 'zeta 1']],
    [{ sortOrder: 2, showInactiveAlerts: true }, {}, ['zeta 1', 'broken 0', 'beta 2', 'Alpha 1']],
    [{ sortOrder: 3, showInactiveAlerts: true }, {}, ['beta 2', 'broken 0', 'zeta 1', 'Alpha 1']],
    [{ sortOrder: 4, showInactiveAlerts: true }, {}, ['beta 2', 'zeta 1', 'Alpha 1', 'broken 0']],
    [{ stateFilter: { firing: true, pending: false, error: false } }, {}, ['beta 1', 'zeta 1']],
    [{ showInactiveAlerts: true, stateFilter: { alerting: false, ok: true, pending: false, execution_error: false } }, {}, ['calm 0']],
    [{ folder: { title: 'Team B' } }, {}, ['zeta 1']],
    [{}, { name: 'ET' }, ['beta 2', 'zeta 1']],
    [{}, { matchers: [{ name: 'team', operator: '=~' as const, value: 'x|z' }] }, ['Alpha 1', 'beta 1']],
    [{ dashboardAlerts: true }, { dashboardUid: 'd1' }, ['Alpha 1']],
    [{ dashboardAlerts: true }, {}, []],
  ])('of %j with %j', (json, query, expected) => expect(names(json, query)).toEqual(expected));

  it('groups instances by labels', () => {
    const listed = listRules(GROUPS, { options: alertListOptions({}), name: '', matchers: [], dashboardUid: '' });
    expect(groupAlerts(listed, ['team']).map((group) => [group.labels, group.alerts.length])).toEqual([
      [[['team', 'x']], 2],
      [[['team', 'y']], 1],
      [[], 1],
    ]);
  });
});

it.each<[MatcherOperator, string, boolean]>([
  ['=', 'a', true],
  ['!=', 'a', false],
  ['=~', 'a|b', true],
  ['=~', 'x', false],
  ['!~', 'x', true],
  ['=~', '(', false],
  ['!~', '(', false],
])('label %s %s', (operator, value, expected) => expect(matcherTest({ name: 'l', operator, value })({ l: 'a' })).toBe(expected));

it('takes a missing label as empty', () => expect(matcherTest({ name: 'constructor', operator: '=', value: '' })({})).toBe(true));

it.each(Object.entries(PAYLOADS))('takes the payload %s anywhere', (_, payload) => {
  const json = { alertName: payload, alertInstanceLabelFilter: payload, groupBy: [payload], groupMode: 'custom', folder: { title: payload }, stateFilter: { [payload]: true }, sortOrder: payload, maxItems: payload };
  const options = alertListOptions(json);
  const groups = [{ name: payload, file: payload, intervalSeconds: 1, rules: [rule(payload, 'firing', [alert({ [payload]: payload })])] }];
  const listed = listRules(groups, { options, name: payload, matchers: [{ name: payload, operator: '=', value: payload }], dashboardUid: '' });
  expect(listed).toHaveLength(1);
  expect(groupAlerts(listed, [payload])[0]?.labels).toEqual([[payload, payload]]);
});

describe('the data source of an alert list', () => {
  it.each([
    [{}, undefined],
    [{ datasource: null }, undefined],
    [{ datasource: 'Prometheus' }, undefined],
    [{ datasource: '-- Grafana --' }, undefined],
    [{ datasource: 'grafana' }, undefined],
    [{ datasource: 'Loki of the team' }, 'Logs (Loki)'],
    [{ datasource: 'tempo' }, 'Traces (Tempo)'],
  ])('%j is refused with %j', (json, words) => {
    const reason = sourceRefusal(alertListOptions(json).source, createScope([]));
    expect(words === undefined ? reason : reason?.includes(words)).toBe(words === undefined ? undefined : true);
  });
});
