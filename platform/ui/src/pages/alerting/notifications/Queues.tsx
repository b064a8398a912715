import { Anchor, Badge, Table, Text } from '@mantine/core';
import { Link } from 'wouter';
import { notificationQueues, type NotificationQueue, type NotificationQueues } from '../../../api/alerting';
import { useHref } from '../../../app/urlState';
import { useData } from '../../../app/useData';
import { Empty, Loaded } from '../../../components/states';
import { Ago } from '../shared/Ago';
import { KEPT_BACK } from './NotificationLine';

/** What waits for each integration of a receiver, and what holds it. */
export function Queues() {
  return (
    <Loaded data={useData<NotificationQueues>(['alerting', 'queues'], notificationQueues)} height={160}>
      {({ limits, queues }) => (
        <>
          <Text size="xs" c="dimmed">
            Each integration gets up to {limits.receiverPerMinute} messages a minute, {limits.receiverBurst} of them at once; all together {limits.tenantPerMinute} a minute, {limits.tenantBurst} at once. A retry counts as a message. Where
            more than five groups wait, they go out together as a digest.
          </Text>
          <div className="card table-scroll">{queues.length === 0 ? <Empty>No route names a receiver with an integration: nobody is told of any alert.</Empty> : <QueueTable queues={queues} />}</div>
        </>
      )}
    </Loaded>
  );
}

function QueueTable({ queues }: { queues: readonly NotificationQueue[] }) {
  const href = useHref();
  return (
    <Table verticalSpacing={6} className="stack-table">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Circuit</Table.Th>
          <Table.Th>Integration</Table.Th>
          <Table.Th className="numeric">Waiting</Table.Th>
          <Table.Th className="numeric">Being sent</Table.Th>
          <Table.Th className="numeric">Failed, tried again</Table.Th>
          <Table.Th className="numeric">Failures in a row</Table.Th>
          <Table.Th>Next message</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {queues.map((queue) => (
          <Table.Tr key={queue.name}>
            <Table.Td>
              <Badge color={queue.circuitOpen ? 'red' : queue.failuresInRow > 0 ? 'yellow' : 'teal'} variant="light" title={queue.circuitOpen ? 'The receiver takes nothing: one message tries from time to time' : 'Messages go out'}>
                {queue.circuitOpen ? 'open' : queue.failuresInRow > 0 ? 'failing' : 'closed'}
              </Badge>
            </Table.Td>
            <Table.Td>
              <Anchor component={Link} href={href('/alerting/notifications', { receiver: queue.receiver })} size="sm" className="wrap-anywhere">
                {queue.name}
              </Anchor>
              <Text size="xs" c="dimmed" className="wrap-anywhere">
                {queue.target}
              </Text>
            </Table.Td>
            <Table.Td className="numeric" data-name="Waiting">
              {queue.waiting}
            </Table.Td>
            <Table.Td className="numeric" data-name="Being sent">
              {queue.sending}
            </Table.Td>
            <Table.Td className="numeric" data-name="Failed, tried again">
              {queue.pausing}
            </Table.Td>
            <Table.Td className="numeric" data-name="Failures in a row">
              {queue.failuresInRow}
            </Table.Td>
            <Table.Td data-name="Next message">
              {queue.nextTryAt === undefined ? (queue.sending > 0 ? 'under way' : '–') : <Ago at={queue.nextTryAt} />}
              {queue.keptBackBy !== undefined && (
                <Text size="xs" c="dimmed">
                  {KEPT_BACK[queue.keptBackBy]}
                </Text>
              )}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
