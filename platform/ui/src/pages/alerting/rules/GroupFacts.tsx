import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { count, formatSeconds } from '../../../lib/alerting/figures';
import type { LoadedGroup, LoadedRule } from '../../../lib/alerting/ruleGroups';
import { formatAge, formatDateTime, formatDuration } from '../../../lib/time';

/** Where a rule stands and how it is evaluated. */
export function GroupFacts({ group, rule }: { group: LoadedGroup; rule: LoadedRule }) {
  return (
    <div className="card fact-grid">
      <Fact name={group.origin === 'api' ? 'Namespace' : 'File'}>
        {group.origin === 'built_in' ? 'part of the program' : group.file}
        {group.origin === 'file' && (
          <Text size="xs" c="dimmed">
            Read-only here: change the file and reload.
          </Text>
        )}
      </Fact>
      <Fact name="Group">{group.name}</Fact>
      <Fact name="Interval">{formatDuration(group.intervalSeconds * 1000)}</Fact>
      {rule.kind === 'alerting' && (
        <>
          <Fact name="For">{rule.forSeconds > 0 ? formatDuration(rule.forSeconds * 1000) : 'fires at once'}</Fact>
          <Fact name="Keep firing for">{rule.keepFiringForSeconds > 0 ? formatDuration(rule.keepFiringForSeconds * 1000) : 'not kept'}</Fact>
        </>
      )}
      <Fact name="Last evaluation">
        {rule.lastEvaluationMs === undefined ? (
          'not yet'
        ) : (
          <>
            {formatAge(Date.now() - rule.lastEvaluationMs)} ago in {formatSeconds(rule.evaluationSeconds)}
            <Text size="xs" c="dimmed">
              {formatDateTime(rule.lastEvaluationMs)}; the whole group in {formatSeconds(group.evaluationSeconds)}
            </Text>
          </>
        )}
      </Fact>
      <Fact name="Missed evaluations">
        {group.missed === undefined ? 'not known' : group.missed === 0 ? 'none since the start' : `${count(group.missed, 'time')} since the start, as the one before took too long`}
        {group.missedWhileDown && (
          <Text size="xs" c="dimmed">
            {count(group.missedWhileDown.iterations, 'time')} while the program did not run, {formatDateTime(group.missedWhileDown.fromMs)} to {formatDateTime(group.missedWhileDown.toMs)}
          </Text>
        )}
        {group.held > 0 && (
          <Text size="xs" c="red">
            {count(group.held, 'rule')} held, as data are not whole
          </Text>
        )}
      </Fact>
    </div>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <Text size="xs" c="dimmed">
        {name}
      </Text>
      <Text component="div" size="sm" className="wrap-anywhere">
        {children}
      </Text>
    </div>
  );
}
