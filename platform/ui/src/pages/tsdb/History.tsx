import { Table, Text } from '@mantine/core';
import { blocks, churn, type Block } from '../../api/prometheusStatus';
import { useData } from '../../app/useData';
import { Section } from '../../components/Section';
import { Empty, Loaded } from '../../components/states';
import { formatClock, formatDateTime } from '../../lib/time';
import { formatValue } from '../../lib/units/format';

/** Enough to see what is written and merged; the newest. */
const BLOCKS_MAX = 50;

/** Series that began and ended in the last hours, by metric. */
export function Churn({ limit }: { limit: number }) {
  return (
    <Section title="Series that began and ended, by hour">
      <Loaded data={useData(['churn', limit], (access, signal) => churn(access, limit, signal))}>
        {({ hoursMs, metrics }) =>
          metrics.length === 0 ? (
            <Empty>No series are active.</Empty>
          ) : (
            <Table verticalSpacing={4}>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>Metric</Table.Th>
                  <Table.Th className="numeric">Active</Table.Th>
                  {hoursMs.map((hour) => (
                    <Table.Th key={hour} className="numeric">
                      {formatClock(hour)}
                    </Table.Th>
                  ))}
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {metrics.map((metric) => (
                  <Table.Tr key={metric.name}>
                    <Table.Td style={{ minWidth: 160 }} className="wrap-anywhere">
                      <Text size="xs" className="mono">
                        {metric.name}
                      </Text>
                    </Table.Td>
                    <Table.Td className="numeric">{formatValue(metric.active, 'locale')}</Table.Td>
                    {hoursMs.map((hour, i) => (
                      <Table.Td key={hour} className="numeric">
                        <Change began={metric.began[i] ?? 0} ended={metric.ended[i] ?? 0} />
                      </Table.Td>
                    ))}
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

function Change({ began, ended }: { began: number; ended: number }) {
  if (began === 0 && ended === 0) {
    return (
      <Text size="xs" c="dimmed" component="span">
        0
      </Text>
    );
  }
  return (
    <>
      +{formatValue(began, 'locale')} −{formatValue(ended, 'locale')}
    </>
  );
}

/** The parts on disk, newest first. */
export function Blocks() {
  return (
    <Section title="Parts on disk">
      <Loaded data={useData(['blocks'], blocks)}>
        {(all) =>
          all.length === 0 ? (
            <Empty>None has been written yet; a flush comes within 15 minutes of the first sample.</Empty>
          ) : (
            <>
              <BlockTable blocks={[...all].sort((a, b) => b.maxTimeMs - a.maxTimeMs).slice(0, BLOCKS_MAX)} />
              {all.length > BLOCKS_MAX && <Empty>{`${all.length - BLOCKS_MAX} older ones.`}</Empty>}
            </>
          )
        }
      </Loaded>
    </Section>
  );
}

function BlockTable({ blocks: shown }: { blocks: readonly Block[] }) {
  return (
    <Table verticalSpacing={4}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>From</Table.Th>
          <Table.Th>To</Table.Th>
          <Table.Th className="numeric">Series</Table.Th>
          <Table.Th className="numeric">Samples</Table.Th>
          <Table.Th className="numeric">Level</Table.Th>
          <Table.Th>Id</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {shown.map((block) => (
          <Table.Tr key={block.id}>
            <Table.Td style={{ whiteSpace: 'nowrap' }}>{formatDateTime(block.minTimeMs)}</Table.Td>
            <Table.Td style={{ whiteSpace: 'nowrap' }}>{formatDateTime(block.maxTimeMs)}</Table.Td>
            <Table.Td className="numeric">{formatValue(block.series, 'locale')}</Table.Td>
            <Table.Td className="numeric">{formatValue(block.samples, 'locale')}</Table.Td>
            <Table.Td className="numeric">{block.level}</Table.Td>
            <Table.Td className="mono">{block.id}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
