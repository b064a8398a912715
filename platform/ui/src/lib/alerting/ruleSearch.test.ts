import { describe, expect, it } from 'vitest';
import { readGroups } from './ruleGroups';
import { countRules, findRules, NO_FILTER, ruleRows, termsOf, type RuleFilter } from './ruleSearch';

const alerting = (name: string, query: string, more: object = {}) => ({ type: 'alerting', name, query, state: 'inactive', health: 'ok', labels: {}, annotations: {}, alerts: [], ...more });
const recording = (name: string, query: string) => ({ type: 'recording', name, query, health: 'ok', labels: {} });

const GROUPS = readGroups(
  'promql',
  {
    groups: [
      {
        name: 'api',
        file: '/etc/rules/api.yml',
        interval: 15,
        evaluationTime: 0.25,
        lastEvaluation: '2026-11-23T20:00:00Z',
        rules: [
          alerting('HighErrorRate', 'rate(errors_total[5m]) > 0.05', { state: 'firing', labels: { severity: 'critical' }, alerts: [{ labels: { pod: 'a 1' }, state: 'firing', activeAt: '2026-11-23T19:00:00Z', value: '1' }] }),
          recording('job:errors:rate5m', 'sum by (job) (rate(errors_total[5m]))'),
        ],
      },
      { name: 'disk', file: '/etc/rules/api.yml', interval: 60, lastEvaluation: '0001-01-01T00:00:00Z', rules: [alerting('DiskFull', 'free < 1', { state: 'pending', health: 'err', lastError: 'no' })] },
      { name: 'mine', file: 'team', interval: 60, rules: [alerting('Slow', 'p95 > 1')] },
    ],
  },
  {
    groups: [
      { file: '/etc/rules/api.yml', name: 'api', language: 'promql', origin: 'file', missed: 3, held: 0, missedWhileDown: { from: '2026-11-23T18:00:00Z', to: '2026-11-23T18:01:00Z', iterations: 5 } },
      { file: 'team', name: 'mine', language: 'promql', origin: 'api' },
      { file: 'team', name: 'mine', language: 'logql', origin: 'file' },
    ],
  },
);

describe('groups as the server tells of them', () => {
  it('join both answers by language, file and name', () => {
    expect(GROUPS.map(({ name, origin, missed }) => [name, origin, missed])).toEqual([
      ['api', 'file', 3],
      ['disk', 'file', undefined],
      ['mine', 'api', undefined],
    ]);
    expect(GROUPS[0]?.missedWhileDown?.iterations).toBe(5);
    expect(GROUPS[0]?.lastEvaluationMs).toBe(Date.UTC(2026, 10, 23, 20));
    expect(GROUPS[1]?.lastEvaluationMs).toBeUndefined();
  });
});

describe('the search', () => {
  const names = (filter: Partial<RuleFilter>) => findRules(GROUPS, { ...NO_FILTER, ...filter }).flatMap(({ rules }) => rules.map(({ name }) => name));

  it.each<[Partial<RuleFilter>, string[]]>([
    [{}, ['HighErrorRate', 'job:errors:rate5m', 'DiskFull', 'Slow']],
    [{ text: 'errors_total' }, ['HighErrorRate', 'job:errors:rate5m']],
    [{ text: 'ERROR rate' }, ['HighErrorRate', 'job:errors:rate5m']],
    [{ text: 'disk' }, ['DiskFull']],
    [{ text: 'team' }, ['Slow']],
    [{ text: 'severity=critical' }, ['HighErrorRate']],
    [{ text: 'severity="critical"' }, ['HighErrorRate']],
    [{ text: 'pod="a 1"' }, ['HighErrorRate']],
    [{ text: '"by (job)"' }, ['job:errors:rate5m']],
    [{ text: 'severity=warning' }, []],
    [{ state: 'firing' }, ['HighErrorRate']],
    [{ state: 'inactive' }, ['Slow']],
    [{ kind: 'recording' }, ['job:errors:rate5m']],
    [{ health: 'err' }, ['DiskFull']],
    [{ origin: 'api' }, ['Slow']],
    [{ language: 'logql' }, []],
  ])('%j finds %j', (filter, expected) => {
    expect(names(filter)).toEqual(expected);
  });

  it('reads quoted words whole', () => {
    expect(termsOf('a "b c" d=e').map((term) => term.word)).toEqual(['a', 'b c', 'd=e']);
  });

  it('counts what it found', () => {
    expect(countRules(findRules(GROUPS, NO_FILTER))).toEqual({ groups: 3, rules: 4, firing: 1, pending: 1, failing: 1 });
  });
});

describe('the lines of the list', () => {
  const kinds = (isOpen: (id: string) => boolean) => ruleRows(findRules(GROUPS, NO_FILTER), isOpen).map((row) => row.kind);

  it('stand below their file and group', () => {
    expect(kinds(() => true)).toEqual(['file', 'group', 'rule', 'rule', 'group', 'rule', 'file', 'group', 'rule']);
  });

  it('are left out below what is closed', () => {
    expect(kinds(() => false)).toEqual(['file', 'file']);
    expect(kinds((id) => !id.endsWith('\napi'))).toEqual(['file', 'group', 'group', 'rule', 'file', 'group', 'rule']);
  });

  it('are found in 14,758 rules in a moment', () => {
    const many = readGroups('promql', { groups: Array.from({ length: 3402 }, (_, g) => ({ name: `group-${g}`, file: `/rules/${g % 200}.yml`, rules: Array.from({ length: g < 1150 ? 5 : 4 }, (_, r) => alerting(`Rule${g}x${r}`, `rate(metric_${g}_${r}[5m]) > ${r}`)) })) }, {});
    const start = performance.now();
    const rows = ruleRows(findRules(many, { ...NO_FILTER, text: 'metric_33' }), () => true);
    expect(rows.length).toBeGreaterThan(100);
    expect(performance.now() - start).toBeLessThan(1000);
    expect(countRules(findRules(many, NO_FILTER)).rules).toBe(14_758);
  });
});
