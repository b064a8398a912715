import { Badge, Table, Text } from '@mantine/core';
import type { PlatformStatus } from '../../api/platform';
import { targets } from '../../api/prometheus';
import { useData } from '../../app/useData';
import { LabelList } from '../../components/LabelList';
import { Section } from '../../components/Section';
import { Empty, Loaded } from '../../components/states';
import { formatAge, formatDuration } from '../../lib/time';
import { formatValue } from '../../lib/units';

/** Every target that is scraped, whether it answers and what it said last. */
export function Targets({ pools }: { pools: PlatformStatus['scrapePools'] }) {
  const interval = new Map(pools.map((pool) => [pool.job, pool.intervalSeconds]));
  return (
    <Section title="Scrape targets">
      <Loaded data={useData(['targets'], targets)}>
        {(list) =>
          list.length === 0 ? (
            <Empty>Nothing is scraped. Name targets under “scrape_configs” in prometheus.yml.</Empty>
          ) : (
            <Table verticalSpacing={6} className="stack-table">
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>Health</Table.Th>
                  <Table.Th>Target</Table.Th>
                  <Table.Th>Last scrape</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {list.map((target) => (
                  <Table.Tr key={`${target.pool} ${target.url}`}>
                    <Table.Td>
                      <Badge color={target.health === 'up' ? 'teal' : target.health === 'down' ? 'red' : 'gray'} variant="light">
                        {target.health}
                      </Badge>
                    </Table.Td>
                    <Table.Td style={{ minWidth: 160 }}>
                      <Text size="sm" className="mono wrap-anywhere">
                        {target.url}
                      </Text>
                      <LabelList labels={target.labels} />
                      {target.lastError !== '' && (
                        <Text size="xs" c="red" className="wrap-anywhere">
                          {target.lastError}
                        </Text>
                      )}
                    </Table.Td>
                    <Table.Td style={{ whiteSpace: 'nowrap' }}>
                      {target.lastScrape === '' || target.lastScrape.startsWith('0001') ? 'not yet' : `${formatAge(Date.now() - Date.parse(target.lastScrape))} ago`}
                      <Text size="xs" c="dimmed">
                        {formatValue(target.lastScrapeSeconds, 's')}
                        {interval.has(target.pool) && `, every ${formatDuration((interval.get(target.pool) ?? 0) * 1000)}`}
                      </Text>
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          )
        }
      </Loaded>
    </Section>
  );
}
