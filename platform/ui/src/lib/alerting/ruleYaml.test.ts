import { describe, expect, it } from 'vitest';
import { fileOfGroups, newGroup, NEW_RULE, putRule, readGroupsOf, readRules, readSettings, removeRule, ruleFile, ruleText, YamlMistake, type RuleDraft } from './ruleYaml';

const GROUP = `# of the team
name: api
interval: 30s
limit: 10
rules:
  # pages somebody
  - alert: High
    expr: |
      a
        > 1
    for: 5m
    labels:
      severity: critical # by agreement
  - record: job:a
    expr: sum by (job) (a)
`;

const LOW: RuleDraft = { ...NEW_RULE, name: 'Low', expr: 'a < 1', holdFor: '1m', labels: [['severity', 'info']], annotations: [['summary', 'It is {{ $value }}: low']] };

describe('a group', () => {
  it('is read as a form has it', () => {
    expect(readSettings(GROUP)).toEqual({ name: 'api', interval: '30s' });
    expect(readRules(GROUP)).toEqual([
      { kind: 'alerting', name: 'High', expr: 'a\n  > 1\n', holdFor: '5m', keepFiringFor: '', labels: [['severity', 'critical']], annotations: [] },
      { kind: 'recording', name: 'job:a', expr: 'sum by (job) (a)', holdFor: '', keepFiringFor: '', labels: [], annotations: [] },
    ]);
  });

  it('keeps comments, other keys and the form of expressions when a rule changes', () => {
    const [high] = readRules(GROUP);
    const changed = putRule(GROUP, 0, { ...(high ?? NEW_RULE), holdFor: '10m', keepFiringFor: '1m' }, '30s');
    expect(changed).toBe(GROUP.replace('for: 5m', 'for: 10m').replace('    labels:\n      severity: critical # by agreement\n', '    labels:\n      severity: critical # by agreement\n    keep_firing_for: 1m\n'));
  });

  it('takes a rule at its end, and another interval', () => {
    const changed = putRule(GROUP, undefined, LOW, '');
    expect(changed).not.toContain('interval');
    expect(readRules(changed).map(({ name }) => name)).toEqual(['High', 'job:a', 'Low']);
    expect(changed).toContain("summary: \"It is {{ $value }}: low\"");
  });

  it('loses a rule, and is gone with its last', () => {
    const rest = removeRule(GROUP, 0);
    expect(readRules(rest ?? '').map(({ name }) => name)).toEqual(['job:a']);
    expect(removeRule(rest ?? '', 0)).toBeUndefined();
  });

  it('is made anew', () => {
    expect(newGroup({ name: 'mine', interval: '1m' }, { ...LOW, annotations: [] })).toBe('name: mine\ninterval: 1m\nrules:\n  - alert: Low\n    expr: a < 1\n    for: 1m\n    labels:\n      severity: info\n');
  });

  it('that is no YAML says so', () => {
    expect(() => readRules('a: [')).toThrow(YamlMistake);
  });

  it('stays whole through writing and reading, whatever its texts hold', () => {
    for (const text of ['a: b', '- x', '"quoted"', "it's", 'yes', '1.0', 'null', '#no comment', 'line 1\n  line 2\n', ' blank ', '{{ $labels.x }}', '日本', '\u0001', '@x', '*x', '&x', '%x', '!x', '> 5', '| x']) {
      const rule: RuleDraft = { ...LOW, expr: text, labels: [['a', text]], annotations: [['b', text]] };
      expect(readRules(newGroup({ name: 'g', interval: '' }, rule))).toEqual([rule]);
    }
  });
});

describe('a file', () => {
  it('has one rule for a check', () => {
    expect(ruleFile(LOW, { name: '', interval: '' })).toMatch(/^groups:\n {2}- name: preview\n {4}rules:\n {6}- alert: Low\n/);
    expect(ruleText(LOW)).toMatch(/^- alert: Low\n/);
  });

  it('of rules is read group by group', () => {
    expect(readGroupsOf(`groups:\n- ${GROUP.slice(14).replace(/\n(?=.)/g, '\n  ')}`).map(({ namespace, name, rules }) => [namespace, name, rules])).toEqual([['', 'api', 2]]);
  });

  it.each<[string, string, [string, string, number][]]>([
    ['the ruler\'s list', 'team:\n  - name: a\n    rules: []\nother:\n  - {name: b, rules: [{record: x, expr: y}]}\n', [['team', 'a', 0], ['other', 'b', 1]]],
    ['a resource', 'apiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\nmetadata: {name: r, namespace: n}\nspec:\n  groups:\n  - name: a\n    partial_response_strategy: warn\n    rules: []\n', [['n/r', 'a', 0]]],
    ['a list of resources', 'kind: List\nitems:\n- kind: PrometheusRule\n  metadata: {name: r}\n  spec: {groups: [{name: a, rules: []}]}\n', [['r', 'a', 0]]],
    ['several documents', 'groups: [{name: a, rules: []}]\n---\nnamespace: x\ngroups: [{name: b, rules: []}]\n', [['', 'a', 0], ['x', 'b', 0]]],
    ['nothing', '', []],
  ])('may be %s', (_, text, expected) => {
    expect(readGroupsOf(text).map(({ namespace, name, rules }) => [namespace, name, rules])).toEqual(expected);
  });

  it('loses what the Prometheus operator alone knows', () => {
    expect(readGroupsOf('kind: PrometheusRule\nspec: {groups: [{name: a, partial_response_strategy: warn, rules: []}]}')[0]?.yaml).toBe('name: a\nrules: []\n');
  });

  it('is made of groups', () => {
    expect(readGroupsOf(fileOfGroups([GROUP, newGroup({ name: 'mine', interval: '' }, LOW)])).map(({ name }) => name)).toEqual(['api', 'mine']);
  });
});
