import { Badge, Stack, Table, Text } from '@mantine/core';
import type { Notification } from '../../api/platform';
import { notifications } from '../../api/platform';
import { useData } from '../../app/useData';
import { LabelList } from '../../components/LabelList';
import { Empty, Loaded } from '../../components/states';
import { formatAge, formatDateTime } from '../../lib/time';

const COLORS: Record<Notification['status'], string> = { delivered: 'teal', pending: 'yellow', replaced: 'gray', failed: 'red' };

/** What was sent to whom, and what is still being tried. */
export function Notifications() {
  return (
    <div className="card table-scroll">
      <Loaded data={useData(['notifications', 100], (access, signal) => notifications(access, 100, signal))}>
        {(list) =>
          list.length === 0 ? (
            <Empty>Nothing has been sent. An alert that fires is sent to the receiver that alertmanager.yml names for it.</Empty>
          ) : (
            <Table verticalSpacing={6} className="stack-table">
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>Status</Table.Th>
                  <Table.Th>When</Table.Th>
                  <Table.Th>Receiver</Table.Th>
                  <Table.Th>Alerts</Table.Th>
                  <Table.Th className="numeric">Attempts</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {list.map((entry) => (
                  <Table.Tr key={entry.id}>
                    <Table.Td>
                      <Badge color={COLORS[entry.status]} variant="light">
                        {entry.status}
                      </Badge>
                    </Table.Td>
                    <Table.Td style={{ whiteSpace: 'nowrap' }} title={formatDateTime(Date.parse(entry.createdAt))}>
                      {formatAge(Date.now() - Date.parse(entry.createdAt))} ago
                    </Table.Td>
                    <Table.Td style={{ minWidth: 120 }}>
                      <Text size="sm">{entry.receiver}</Text>
                      <Text size="xs" c="dimmed" className="wrap-anywhere">
                        {entry.target ?? entry.integration}
                      </Text>
                    </Table.Td>
                    <Table.Td style={{ minWidth: 180 }}>
                      <Stack gap={4}>
                        <Text size="sm">
                          {entry.firing} firing, {entry.resolved} resolved
                        </Text>
                        <LabelList labels={entry.groupLabels} />
                        {entry.error !== undefined && (
                          <Text size="xs" c="red" className="wrap-anywhere">
                            {entry.error}
                          </Text>
                        )}
                      </Stack>
                    </Table.Td>
                    <Table.Td className="numeric" data-name="Attempts">{entry.attempts}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          )
        }
      </Loaded>
    </div>
  );
}
