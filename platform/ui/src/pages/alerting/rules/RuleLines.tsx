import { Badge, Text } from '@mantine/core';
import { Link } from 'wouter';
import { useHref } from '../../../app/urlState';
import { LANGUAGE_NAMES, type LoadedGroup, type LoadedRule, type RuleOrigin } from '../../../lib/alerting/ruleGroups';
import type { RuleRow } from '../../../lib/alerting/ruleSearch';
import { formatAge, formatDateTime, formatDuration } from '../../../lib/time';
import { count, formatSeconds } from '../../../lib/alerting/figures';
import { ruleLink } from './ruleLinks';

const ORIGINS: Record<RuleOrigin, string> = { file: 'file', api: 'stored here', built_in: 'built in' };
const STATE_COLORS = { firing: 'red', pending: 'yellow', inactive: 'teal', unknown: 'gray' } as const;

export function FileLine({ row, onToggle }: { row: RuleRow & { kind: 'file' }; onToggle: (id: string) => void }) {
  return (
    <button type="button" className="rule-line rule-file" aria-expanded={row.open} onClick={() => onToggle(row.id)}>
      <Twist open={row.open} />
      <span className="rule-name">{row.file === '' ? 'built-in' : row.file}</span>
      <Text span size="xs" c="dimmed">
        {ORIGINS[row.origin]} · {LANGUAGE_NAMES[row.language]} · {count(row.groups, 'group')}, {count(row.rules, 'rule')}
      </Text>
    </button>
  );
}

export function GroupLine({ row, onToggle }: { row: RuleRow & { kind: 'group' }; onToggle: (id: string) => void }) {
  const { group } = row;
  const failing = group.rules.filter((rule) => rule.health === 'err').length;
  const late = group.evaluationSeconds > group.intervalSeconds;
  return (
    <button type="button" className="rule-line rule-group" aria-expanded={row.open} onClick={() => onToggle(row.id)}>
      <Twist open={row.open} />
      <span className="rule-name">{group.name}</span>
      <span className="rule-facts">
        <span>every {formatDuration(group.intervalSeconds * 1000)}</span>
        {group.lastEvaluationMs === undefined ? (
          <span>not evaluated yet</span>
        ) : (
          <span title={formatDateTime(group.lastEvaluationMs)}>
            {formatAge(Date.now() - group.lastEvaluationMs)} ago{' '}
            <span {...(late ? { className: 'rule-bad' } : {})}>in {formatSeconds(group.evaluationSeconds)}</span>
          </span>
        )}
        {(group.missed ?? 0) > 0 && <span className="rule-bad">{group.missed} missed</span>}
        {group.missedWhileDown && <span className="rule-bad">{group.missedWhileDown.iterations} missed while down</span>}
        {group.held > 0 && <span className="rule-bad">{group.held} held</span>}
        {failing > 0 && <span className="rule-bad">{failing === 1 ? '1 rule fails' : `${failing} rules fail`}</span>}
        <span>{row.shown === group.rules.length ? count(row.shown, 'rule') : `${row.shown} of ${count(group.rules.length, 'rule')}`}</span>
      </span>
    </button>
  );
}

export function RuleLine({ group, rule }: { group: LoadedGroup; rule: LoadedRule }) {
  const href = useHref();
  return (
    <Link href={href(...ruleLink(group, rule))} className="rule-line rule-entry">
      <RuleStateBadge rule={rule} />
      <span className="rule-name">{rule.name}</span>
      {rule.health === 'err' && (
        <Badge color="red" variant="light" size="sm">
          fails
        </Badge>
      )}
      {rule.alerts.length > 0 && (
        <Text span size="xs" style={{ flex: 'none' }}>
          {rule.alerts.length} {rule.alerts.length === 1 ? 'alert' : 'alerts'}
        </Text>
      )}
      <span className="rule-query">{rule.query}</span>
    </Link>
  );
}

export function RuleStateBadge({ rule }: { rule: LoadedRule }) {
  return (
    <Badge color={rule.kind === 'recording' ? 'gray' : STATE_COLORS[rule.state]} variant="light" size="sm" w={86}>
      {rule.kind === 'recording' ? 'recording' : rule.state}
    </Badge>
  );
}

function Twist({ open }: { open: boolean }) {
  return (
    <span className="rule-twist" aria-hidden="true">
      {open ? '▾' : '▸'}
    </span>
  );
}
