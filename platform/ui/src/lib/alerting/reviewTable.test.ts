import { describe, expect, it } from 'vitest';
import type { ReviewedRule } from '../../api/ruler';
import { reviewRows, type ReviewFilter, type ReviewSort } from './reviewTable';

const NONE: ReviewedRule = {
  file: 'f.yml', group: 'g', rule: 'Quiet', alerts: 0, fired: 0, firingSeconds: 0, longestSeconds: 0, flaps: 0, firingNow: 0, lastFiredMs: undefined,
  silenced: 0, acknowledged: 0, receivers: ['team'], error: undefined, noData: undefined, remarks: ['never fired'],
};
const RULES: ReviewedRule[] = [
  NONE,
  { ...NONE, rule: 'Noisy', fired: 9, flaps: 4, firingSeconds: 50, lastFiredMs: 5, remarks: ['flaps'], silenced: 2 },
  { ...NONE, rule: 'Long', fired: 1, firingSeconds: 900, firingNow: 1, lastFiredMs: 9, remarks: [], receivers: [] },
  { ...NONE, rule: 'Absent', noData: 'no series errors_total', error: 'bad' },
];

describe('the review', () => {
  it.each<[ReviewFilter | undefined, string, ReviewSort, string[]]>([
    [undefined, '', 'first', ['Quiet', 'Noisy', 'Long', 'Absent']],
    ['never', '', 'first', ['Quiet', 'Absent']],
    ['flapping', '', 'first', ['Noisy']],
    ['nobody', '', 'first', ['Long']],
    ['noData', '', 'first', ['Absent']],
    ['failing', '', 'first', ['Absent']],
    ['remarks', '', 'first', ['Quiet', 'Noisy', 'Absent']],
    ['silenced', '', 'first', ['Noisy']],
    ['firing', '', 'first', ['Long']],
    [undefined, 'FLAPS g', 'first', ['Noisy']],
    [undefined, '', 'rule', ['Absent', 'Long', 'Noisy', 'Quiet']],
    [undefined, '', 'firingSeconds', ['Long', 'Noisy', 'Quiet', 'Absent']],
    [undefined, '', 'lastFiredMs', ['Long', 'Noisy', 'Quiet', 'Absent']],
  ])('of %s with “%s” by %s', (filter, search, sort, names) => {
    expect(reviewRows(RULES, filter, search, sort).map(({ rule }) => rule)).toEqual(names);
  });
});
