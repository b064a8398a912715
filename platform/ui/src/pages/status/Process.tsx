import { Table, Text } from '@mantine/core';
import type { PlatformStatus } from '../../api/platform';
import { Section } from '../../components/Section';
import { formatAge, formatDateTime } from '../../lib/time';
import { formatValue } from '../../lib/units/format';

export function ProcessFacts({ status }: { status: PlatformStatus }) {
  const facts: [string, string][] = [
    ['Version', status.version],
    ['State', status.ready ? 'ready' : 'replaying its journals'],
    ['Started', `${formatDateTime(Date.parse(status.startedAt))}, up ${formatAge(status.uptimeSeconds * 1000)}`],
    ['Data directory', status.dataDirectory],
    ['Durability', status.durability === 'fsync' ? 'fsync: acknowledged is on disk' : 'interval: at most 100 ms may be lost'],
    ['Disk', `${formatValue(status.disk.freeBytes, 'bytes')} free of ${formatValue(status.disk.totalBytes, 'bytes')}`],
  ];
  return (
    <Section title="Process">
      <Table verticalSpacing={6}>
        <Table.Tbody>
          {facts.map(([name, value]) => (
            <Table.Tr key={name}>
              <Table.Th style={{ whiteSpace: 'nowrap', fontWeight: 400 }} c="dimmed">
                {name}
              </Table.Th>
              <Table.Td className="wrap-anywhere">{value}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Text size="xs" c="dimmed" p="xs">
        The pages are made with <a href={new URL('licenses.txt', document.baseURI).href}>free software of others</a>.
      </Text>
    </Section>
  );
}

export function Storage({ status }: { status: PlatformStatus }) {
  const names = { series: 'Metrics', records: 'Logs and traces' } as const;
  return (
    <Section title="Storage">
      <Table verticalSpacing={6}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Engine</Table.Th>
            <Table.Th className="numeric">Parts</Table.Th>
            <Table.Th className="numeric">Journal</Table.Th>
            <Table.Th className="numeric">Together</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {status.storage.map((engine) => (
            <Table.Tr key={engine.engine}>
              <Table.Td>{names[engine.engine]}</Table.Td>
              <Table.Td className="numeric">{formatValue(engine.partBytes, 'bytes')}</Table.Td>
              <Table.Td className="numeric">{formatValue(engine.journalBytes, 'bytes')}</Table.Td>
              <Table.Td className="numeric">{formatValue(engine.partBytes + engine.journalBytes, 'bytes')}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Section>
  );
}

export function IngestTotals({ status }: { status: PlatformStatus }) {
  return (
    <Section title="Ingest since the start">
      <Table verticalSpacing={6}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Signal</Table.Th>
            <Table.Th className="numeric">Accepted</Table.Th>
            <Table.Th className="numeric">Now</Table.Th>
            <Table.Th>Refused</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {status.ingest.map((entry) => (
            <Table.Tr key={entry.signal}>
              <Table.Td>{entry.signal}</Table.Td>
              <Table.Td className="numeric">{formatValue(entry.acceptedItems, 'locale')}</Table.Td>
              <Table.Td className="numeric">{formatValue(entry.acceptedPerSecond, 'short')}/s</Table.Td>
              <Table.Td>
                {entry.rejected.length === 0 && 'none'}
                {entry.rejected.map((reason) => (
                  <Text key={reason.reason} size="xs" c="orange">
                    {formatValue(reason.items, 'locale')} {reason.reason}
                  </Text>
                ))}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Section>
  );
}
