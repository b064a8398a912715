import { Table, Text } from '@mantine/core';
import { Loaded } from '../../components/states';
import { formatValue } from '../../lib/units/format';
import { useStatus } from './homeData';

const ENGINES = { series: 'metrics', records: 'logs and traces' } as const;
const ITEMS = { metrics: 'samples', logs: 'log records', traces: 'spans' } as const;

export function IngestPanel() {
  return (
    <div className="card table-scroll">
      <Loaded data={useStatus()}>
        {(status) => (
          <>
            <Table verticalSpacing={6}>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>Signal</Table.Th>
                  <Table.Th className="numeric">Now</Table.Th>
                  <Table.Th className="numeric">Since start</Table.Th>
                  <Table.Th className="numeric">Refused</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {status.ingest.map((entry) => {
                  const refused = entry.rejected.reduce((sum, reason) => sum + reason.items, 0);
                  return (
                    <Table.Tr key={entry.signal}>
                      <Table.Td>{ITEMS[entry.signal]}</Table.Td>
                      <Table.Td className="numeric">{formatValue(entry.acceptedPerSecond, 'short')}/s</Table.Td>
                      <Table.Td className="numeric">{formatValue(entry.acceptedItems, 'short')}</Table.Td>
                      <Table.Td className="numeric" c={refused > 0 ? 'orange' : 'inherit'}>
                        {formatValue(refused, 'short')}
                      </Table.Td>
                    </Table.Tr>
                  );
                })}
              </Table.Tbody>
            </Table>
            <Text size="xs" c="dimmed" p="xs">
              On disk: {status.storage.map((engine) => `${ENGINES[engine.engine]} ${formatValue(engine.journalBytes + engine.partBytes, 'bytes')}`).join(', ')}
            </Text>
          </>
        )}
      </Loaded>
    </div>
  );
}
