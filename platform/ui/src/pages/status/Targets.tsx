import { Badge, Table } from '@mantine/core';
import { Link } from 'wouter';
import type { PlatformStatus } from '../../api/platform';
import { useHref } from '../../app/urlState';
import { Section } from '../../components/Section';
import { Empty } from '../../components/states';
import { formatDuration } from '../../lib/time';

/** The scrape pools and how many of their targets answer; the page of targets has the rest. */
export function Targets({ pools }: { pools: PlatformStatus['scrapePools'] }) {
  const href = useHref();
  return (
    <Section title="Scrape targets">
      {pools.length === 0 ? (
        <Empty>Nothing is scraped. Name targets under “scrape_configs” in prometheus.yml.</Empty>
      ) : (
        <Table verticalSpacing={6}>
          <Table.Tbody>
            {pools.map((pool) => (
              <Table.Tr key={pool.job}>
                <Table.Td className="wrap-anywhere">
                  <Link href={href('/targets', { pool: pool.job })}>{pool.job}</Link>
                </Table.Td>
                <Table.Td>
                  <Badge color={pool.targetsDown > 0 ? 'red' : 'teal'} variant="light">
                    {pool.targetsUp} of {pool.targetsUp + pool.targetsDown + pool.targetsUnknown} up
                  </Badge>
                </Table.Td>
                <Table.Td>every {formatDuration(pool.intervalSeconds * 1000)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Section>
  );
}
