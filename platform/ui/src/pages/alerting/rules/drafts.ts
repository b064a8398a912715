import type { LoadedRule } from '../../../lib/alerting/ruleGroups';
import type { RuleDraft } from '../../../lib/alerting/ruleYaml';
import { formatDuration } from '../../../lib/time';

/** A loaded rule as a form has it. Whether `for: 0s` was written or left out is not known any more: it counts as written. */
export function draftOfLoaded(rule: LoadedRule): RuleDraft {
  return {
    kind: rule.kind,
    name: rule.name,
    expr: rule.query,
    holdFor: rule.kind === 'recording' ? '' : rule.forSeconds > 0 ? formatDuration(rule.forSeconds * 1000) : '0s',
    keepFiringFor: rule.keepFiringForSeconds > 0 ? formatDuration(rule.keepFiringForSeconds * 1000) : '',
    labels: Object.entries(rule.labels),
    annotations: Object.entries(rule.annotations),
  };
}
