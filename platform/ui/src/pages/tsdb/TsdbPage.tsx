import { SegmentedControl, SimpleGrid, Stack, Table, Text } from '@mantine/core';
import { tsdbStatus, type Count, type TsdbStatus } from '../../api/prometheusStatus';
import { useUrlState } from '../../app/urlState';
import { useData } from '../../app/useData';
import { PageTitle } from '../../components/PageTitle';
import { Section } from '../../components/Section';
import { Empty, Loaded } from '../../components/states';
import { StatusTabs } from '../../components/StatusTabs';
import { formatDateTime } from '../../lib/time';
import { formatValue } from '../../lib/units/format';
import { Blocks, Churn } from './History';

const LIMITS = ['10', '50', '200'] as const;

/** Which metrics, labels and pairs have the most series, what changes most, and what is on disk. */
export default function TsdbPage() {
  const { params, patch } = useUrlState();
  const limit = LIMITS.find((name) => name === params.get('limit')) ?? '10';
  const status = useData(['tsdb', limit], (access, signal) => tsdbStatus(access, Number(limit), signal));
  return (
    <Stack gap="md">
      <PageTitle title="Series" />
      <StatusTabs />
      <SegmentedControl
        data={LIMITS.map((name) => ({ value: name, label: `first ${name}` }))}
        value={limit}
        onChange={(value) => patch({ limit: value === '10' ? undefined : value })}
        size="xs"
        aria-label="How many entries each table has"
        style={{ alignSelf: 'flex-start' }}
      />
      <Loaded data={status}>
        {(state) => (
          <>
            <Head status={state} />
            <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
              <Counts title="Metrics with the most series" name="Metric" value="Series" counts={state.seriesByMetric} />
              <Counts title="Labels with the most values" name="Label" value="Values" counts={state.valuesByLabel} />
              <Counts title="Labels by memory" name="Label" value="Memory" counts={state.bytesByLabel} unit="bytes" />
              <Counts title="Pairs with the most series" name="Pair" value="Series" counts={state.seriesByPair} />
            </SimpleGrid>
          </>
        )}
      </Loaded>
      <Churn limit={Number(limit)} />
      <Blocks />
    </Stack>
  );
}

function Head({ status }: { status: TsdbStatus }) {
  const facts: [string, string][] = [
    ['Active series', formatValue(status.seriesCount, 'locale')],
    ['Pairs of labels', formatValue(status.labelPairCount, 'locale')],
    ['Chunks in memory', formatValue(status.chunkCount, 'locale')],
    ['Oldest sample in memory', status.minTimeMs === undefined ? '–' : formatDateTime(status.minTimeMs)],
    ['Newest sample in memory', status.maxTimeMs === undefined ? '–' : formatDateTime(status.maxTimeMs)],
  ];
  return (
    <Section title="In memory">
      <Table verticalSpacing={6}>
        <Table.Tbody>
          {facts.map(([name, value]) => (
            <Table.Tr key={name}>
              <Table.Th style={{ fontWeight: 400 }} c="dimmed">
                {name}
              </Table.Th>
              <Table.Td className="numeric">{value}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Section>
  );
}

function Counts({ title, name, value, counts, unit = 'locale' }: { title: string; name: string; value: string; counts: readonly Count[]; unit?: string }) {
  return (
    <Section title={title}>
      {counts.length === 0 ? (
        <Empty>No series are active.</Empty>
      ) : (
        <Table verticalSpacing={4}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{name}</Table.Th>
              <Table.Th className="numeric">{value}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {counts.map((count) => (
              <Table.Tr key={count.name}>
                <Table.Td className="wrap-anywhere">
                  <Text size="xs" className="mono">
                    {count.name}
                  </Text>
                </Table.Td>
                <Table.Td className="numeric">{formatValue(count.value, unit)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Section>
  );
}
