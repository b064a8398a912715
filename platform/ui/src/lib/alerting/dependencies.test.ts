import { describe, expect, it } from 'vitest';
import { dependenciesOf, selectorsOf } from './dependencies';
import { readGroups } from './ruleGroups';

describe('selectors of an expression', () => {
  it.each<[string, (string | undefined)[]]>([
    ['rate(a{x="y"}[5m]) / on (x) sum by (b) (c)', ['a', 'c']],
    ['{__name__="job:a:rate5m"}', ['job:a:rate5m']],
    ['{"my.metric", x="1"}', ['my.metric']],
    ['{x="1"}', [undefined]],
    ['{__name__=~"a.*"}', [undefined]],
    ['time() > 5', []],
  ])('%s', (expr, names) => {
    expect(selectorsOf(expr).map(({ name }) => name)).toEqual(names);
  });
});

describe('dependencies of rules', () => {
  const [group] = readGroups(
    'promql',
    {
      groups: [
        {
          name: 'g',
          file: 'f',
          rules: [
            { type: 'recording', name: 'job:errors:rate5m', query: 'sum by (job) (rate(errors_total[5m]))' },
            { type: 'alerting', name: 'High', query: 'job:errors:rate5m / all_total > 1' },
            { type: 'alerting', name: 'Both', query: 'ALERTS{alertname="High", alertstate="firing"} and {team="a"}' },
            { type: 'recording', name: 'job:errors:rate5m_max', query: 'max(job:errors:rate5m)' },
          ],
        },
      ],
    },
    {},
  );
  const of = (index: number) => {
    const rule = group?.rules[index];
    if (!group || !rule) throw new Error('no rule');
    const { reads, readBy, metrics, readsAnything } = dependenciesOf({ group, rule }, [group]);
    return { reads: reads.map((at) => at.rule.name), readBy: readBy.map((at) => at.rule.name), metrics, readsAnything };
  };

  it('go by what is recorded', () => {
    expect(of(0)).toEqual({ reads: [], readBy: ['High', 'job:errors:rate5m_max'], metrics: ['errors_total'], readsAnything: false });
    expect(of(3)).toEqual({ reads: ['job:errors:rate5m'], readBy: [], metrics: [], readsAnything: false });
  });

  it('go by ALERTS', () => {
    expect(of(1)).toEqual({ reads: ['job:errors:rate5m'], readBy: ['Both'], metrics: ['all_total'], readsAnything: false });
    expect(of(2)).toEqual({ reads: ['High'], readBy: [], metrics: [], readsAnything: true });
  });
});
