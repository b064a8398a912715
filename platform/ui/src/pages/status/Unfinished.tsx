import { Table, Text } from '@mantine/core';
import type { PlatformStatus } from '../../api/platform';
import { Section } from '../../components/Section';
import { formatDateTime } from '../../lib/time';

/** Queries that ran when the process stopped uncleanly, and until when they are refused. */
export function Unfinished({ queries }: { queries: PlatformStatus['unfinishedQueries'] }) {
  if (queries.length === 0) {
    return null;
  }
  return (
    <Section title="Queries that an unclean stop left">
      <Table verticalSpacing={6} className="stack-table">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Query</Table.Th>
            <Table.Th>Tenant</Table.Th>
            <Table.Th className="numeric">Unclean stops</Table.Th>
            <Table.Th>Refused until</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {queries.map((query) => (
            <Table.Tr key={`${query.tenant} ${query.language} ${query.query}`}>
              <Table.Td>
                <Text size="sm" className="mono wrap-anywhere">
                  {query.query}
                </Text>
                <Text size="xs" c="dimmed">
                  {query.language}, begun {formatDateTime(Date.parse(query.startedAt))}
                </Text>
              </Table.Td>
              <Table.Td>{query.tenant}</Table.Td>
              <Table.Td className="numeric">{query.uncleanStops}</Table.Td>
              <Table.Td>{formatDateTime(Date.parse(query.refusedUntil))}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Section>
  );
}
