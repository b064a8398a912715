import { Anchor, Badge, Code, Stack, Table, Text } from '@mantine/core';
import { Link } from 'wouter';
import type { Alert, Rule } from '../../api/prometheus';
import { useHref } from '../../app/urlState';
import { LabelList } from '../../components/LabelList';
import { Failure } from '../../components/states';
import { formatAge, formatDateTime, formatDuration } from '../../lib/time';
import { formatValue } from '../../lib/units';

/** The rule as loaded, and its alerts with labels, annotations, value and since when. */
export function RuleDetail({ rule }: { rule: Rule }) {
  const href = useHref();
  return (
    <Stack gap="xs">
      <Code block className="wrap-anywhere" style={{ whiteSpace: 'pre-wrap' }}>
        {rule.query}
      </Code>
      <Text size="xs" c="dimmed">
        {rule.kind === 'alerting' && (rule.durationSeconds > 0 ? `Fires when it holds for ${formatDuration(rule.durationSeconds * 1000)}. ` : 'Fires at once. ')}
        {rule.keepFiringForSeconds > 0 && `Keeps firing for ${formatDuration(rule.keepFiringForSeconds * 1000)}. `}
        {!rule.lastEvaluation.startsWith('0001') && rule.lastEvaluation !== '' && `Evaluated at ${formatDateTime(Date.parse(rule.lastEvaluation))} in ${formatValue(rule.evaluationSeconds, 's')}. `}
        <Anchor component={Link} href={href('/explore/metrics', { expr: rule.query })} size="xs">
          Graph
        </Anchor>
      </Text>
      {rule.lastError !== '' && <Failure message={rule.lastError} />}
      <LabelList labels={rule.labels} />
      {rule.alerts.length > 0 && <AlertTable alerts={rule.alerts} />}
    </Stack>
  );
}

function AlertTable({ alerts }: { alerts: readonly Alert[] }) {
  return (
    <div className="table-scroll">
      <Table verticalSpacing={6} className="stack-table">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>State</Table.Th>
            <Table.Th>Since</Table.Th>
            <Table.Th className="numeric">Value</Table.Th>
            <Table.Th style={{ minWidth: 220 }}>Labels and annotations</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {alerts.map((alert) => (
            <Table.Tr key={JSON.stringify(alert.labels)}>
              <Table.Td>
                <Badge color={alert.state === 'firing' ? 'red' : 'yellow'} variant="light">
                  {alert.state}
                </Badge>
              </Table.Td>
              <Table.Td data-name="Since" style={{ whiteSpace: 'nowrap' }} title={formatDateTime(Date.parse(alert.activeAt))}>
                {formatAge(Date.now() - Date.parse(alert.activeAt))}
              </Table.Td>
              <Table.Td className="numeric" data-name="Value">{formatValue(Number(alert.value.replace('Inf', 'Infinity')), 'short')}</Table.Td>
              <Table.Td>
                <Stack gap={4}>
                  {Object.entries(alert.annotations).map(([name, text]) => (
                    <Text key={name} size="sm" className="wrap-anywhere">
                      <Text span c="dimmed" size="xs">
                        {name}{' '}
                      </Text>
                      {text}
                    </Text>
                  ))}
                  <LabelList labels={alert.labels} without={['alertname']} />
                </Stack>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}
