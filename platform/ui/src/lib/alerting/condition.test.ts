import { describe, expect, it } from 'vitest';
import { conditionOf } from './condition';
import type { RuleLanguage } from './ruleGroups';

describe('the condition of a rule', () => {
  it.each<[RuleLanguage, string, string, [string, number][]]>([
    ['promql', 'up == 0', 'up', [['==', 0]]],
    ['promql', 'rate(errors[5m]) / rate(all[5m]) > 0.05', 'rate(errors[5m]) / rate(all[5m])', [['>', 0.05]]],
    ['promql', '(up) > bool -0.5', '(up)', [['>', -0.5]]],
    ['promql', '0.1 < rate(a[5m])', 'rate(a[5m])', [['>', 0.1]]],
    ['promql', 'a > 1e3 * 4', 'a', [['>', 4000]]],
    ['promql', 'age > 1h30m', 'age', [['>', 5400]]],
    ['promql', '(a >= 5) and on (x) (b < 2)', 'a', [['>=', 5]]],
    ['promql', 'a and b < 2', 'b', [['<', 2]]],
    ['promql', 'a > 1 < 5', 'a', [['>', 1], ['<', 5]]],
    ['promql', 'a unless b != 0', 'a unless b != 0', []],
    ['promql', 'absent(up{job="x"})', 'absent(up{job="x"})', []],
    ['promql', 'a > b', 'a > b', []],
    ['promql', 'broken(', 'broken(', []],
    ['promql', 'a > +Inf', 'a', [['>', Infinity]]],
    ['logql', 'sum(rate({app="x"} |= "a > 5" [5m])) > 10', 'sum(rate({app="x"} |= "a > 5" [5m]))', [['>', 10]]],
    ['logql', 'count_over_time({app="x"} | status > 500 [1m])', 'count_over_time({app="x"} | status > 500 [1m])', []],
    ['traceql', '{ status = error } | rate() > 1 with(range=5m)', '{ status = error } | rate() with(range=5m)', [['>', 1]]],
    ['traceql', '{ duration > 5s } | rate()', '{ duration > 5s } | rate()', []],
  ])('%s %s', (language, expr, query, thresholds) => {
    expect(conditionOf(language, expr)).toEqual({ query, thresholds: thresholds.map(([operator, value]) => ({ operator, value })) });
  });
});
