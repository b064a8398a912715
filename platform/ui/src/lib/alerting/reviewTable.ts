import type { ReviewedRule } from '../../api/ruler';

/** What can be looked for in the review. */
export const REVIEW_FILTERS = {
  remarks: { label: 'Something to look at', holds: (rule: ReviewedRule) => rule.remarks.length > 0 },
  never: { label: 'Never fired', holds: (rule: ReviewedRule) => rule.fired === 0 },
  flapping: { label: 'Flaps', holds: (rule: ReviewedRule) => rule.flaps > 0 },
  firing: { label: 'Firing now', holds: (rule: ReviewedRule) => rule.firingNow > 0 },
  nobody: { label: 'Tells nobody', holds: (rule: ReviewedRule) => rule.receivers.length === 0 },
  noData: { label: 'Without data', holds: (rule: ReviewedRule) => rule.noData !== undefined },
  failing: { label: 'Evaluation fails', holds: (rule: ReviewedRule) => rule.error !== undefined },
  silenced: { label: 'Silenced', holds: (rule: ReviewedRule) => rule.silenced > 0 },
} as const;
export type ReviewFilter = keyof typeof REVIEW_FILTERS;

/** Columns that can be sorted by; `first` is the order of the server, those to look at first in front. */
export const REVIEW_SORTS = ['first', 'rule', 'fired', 'firingSeconds', 'longestSeconds', 'flaps', 'silenced', 'acknowledged', 'lastFiredMs'] as const;
export type ReviewSort = (typeof REVIEW_SORTS)[number];

export function reviewRows(rules: readonly ReviewedRule[], filter: ReviewFilter | undefined, search: string, sort: ReviewSort): ReviewedRule[] {
  const words = search.toLowerCase().split(/\s+/).filter((word) => word !== '');
  const found = rules.filter((rule) => {
    const text = `${rule.rule} ${rule.group} ${rule.file} ${rule.receivers.join(' ')} ${rule.remarks.join(' ')}`.toLowerCase();
    return (filter === undefined || REVIEW_FILTERS[filter].holds(rule)) && words.every((word) => text.includes(word));
  });
  if (sort === 'first') {
    return found;
  }
  return found.sort((a, b) => (sort === 'rule' ? (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0) : (b[sort] ?? 0) - (a[sort] ?? 0)));
}
