import { Anchor, Badge, Stack, Table, Text } from '@mantine/core';
import { Link } from 'wouter';
import { useHref } from '../../../app/urlState';
import { LabelList } from '../../../components/LabelList';
import { Section } from '../../../components/Section';
import { Empty } from '../../../components/states';
import { count, formatSample } from '../../../lib/alerting/figures';
import type { LoadedRule, RuleAlert } from '../../../lib/alerting/ruleGroups';
import { formatSeries } from '../../../lib/labels';
import { formatAge, formatDateTime } from '../../../lib/time';
import { webAddress } from '../../../lib/webAddress';

const ALERTS_MAX = 200;

/** The rule's alerts at the moment, with what their annotations say. */
export function RuleAlerts({ rule }: { rule: LoadedRule }) {
  return (
    <Section title={`Alerts (${rule.alerts.length})`}>
      {rule.alerts.length === 0 ? (
        <Empty>Nothing is pending or firing.</Empty>
      ) : (
        <Table verticalSpacing={6} className="stack-table">
          <Table.Thead>
            <Table.Tr>
              <Table.Th w={100}>State</Table.Th>
              <Table.Th w={110}>Since</Table.Th>
              <Table.Th w={110} className="numeric">
                Value
              </Table.Th>
              <Table.Th>Labels and annotations</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rule.alerts.slice(0, ALERTS_MAX).map((alert) => (
              <AlertRow key={JSON.stringify(alert.labels)} alert={alert} />
            ))}
          </Table.Tbody>
        </Table>
      )}
      {rule.alerts.length > ALERTS_MAX && <Empty>and {count(rule.alerts.length - ALERTS_MAX, 'more alert')}</Empty>}
    </Section>
  );
}

function AlertRow({ alert }: { alert: RuleAlert }) {
  const href = useHref();
  return (
    <Table.Tr style={{ verticalAlign: 'top' }}>
      <Table.Td>
        <Badge color={alert.state === 'firing' ? 'red' : 'yellow'} variant="light">
          {alert.state}
        </Badge>
        {alert.keepFiringSinceMs !== undefined && (
          <Text size="xs" c="dimmed">
            kept since {formatAge(Date.now() - alert.keepFiringSinceMs)}
          </Text>
        )}
      </Table.Td>
      <Table.Td data-name="Since" style={{ whiteSpace: 'nowrap' }} title={formatDateTime(alert.activeAtMs)}>
        {formatAge(Date.now() - alert.activeAtMs)}
      </Table.Td>
      <Table.Td className="numeric" data-name="Value" title={alert.value}>
        {formatSample(alert.value)}
      </Table.Td>
      <Table.Td>
        <Stack gap={4}>
          {Object.entries(alert.annotations).map(([name, text]) => (
            <Annotation key={name} name={name} text={text} />
          ))}
          <LabelList labels={alert.labels} without={['alertname']} />
          <Anchor component={Link} href={href('/alerting/routing', { labels: formatSeries(alert.labels) })} size="xs">
            Who is told
          </Anchor>
        </Stack>
      </Table.Td>
    </Table.Tr>
  );
}

/** A text of an annotation; an address on the web can be followed. */
export function Annotation({ name, text }: { name: string; text: string }) {
  const address = webAddress(text);
  return (
    <Text size="sm" className="wrap-anywhere" component="div">
      <Text span c="dimmed" size="xs">
        {name}{' '}
      </Text>
      {address === undefined ? (
        text
      ) : (
        <Anchor href={address} target="_blank" rel="noopener noreferrer" size="sm">
          {text}
        </Anchor>
      )}
    </Text>
  );
}
