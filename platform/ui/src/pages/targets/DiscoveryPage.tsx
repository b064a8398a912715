import { Badge, Button, Stack, Table, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { allTargets } from '../../api/prometheusStatus';
import { useUrlState } from '../../app/urlState';
import { useData } from '../../app/useData';
import { LabelList } from '../../components/LabelList';
import { PageTitle } from '../../components/PageTitle';
import { Section } from '../../components/Section';
import { Empty, Loaded } from '../../components/states';
import { StatusTabs } from '../../components/StatusTabs';
import { discovered, matchesDiscovered, poolsOf, SHOWN_MAX, type Discovered } from '../../lib/targets';
import { Relabelling } from './Relabelling';

/** What discovery finds, pool by pool, and what relabelling makes of it. */
export default function DiscoveryPage() {
  const { params, patch } = useUrlState();
  const search = params.get('search') ?? '';
  return (
    <Stack gap="md">
      <PageTitle title="Service discovery" />
      <StatusTabs />
      <TextInput
        size="xs"
        placeholder="label=value"
        aria-label="Search in the labels"
        value={search}
        onChange={(event) => patch({ search: event.currentTarget.value }, 'replace')}
        maw={420}
      />
      <Loaded data={useData(['all-targets'], allTargets)}>
        {({ active, dropped }) => {
          const all = discovered(active, dropped);
          const pools = poolsOf(all, (target) => matchesDiscovered(target, search));
          if (pools.length === 0) {
            return (
              <div className="card">
                <Empty>{all.length === 0 ? 'Nothing is found. Name targets or a discovery under “scrape_configs” in prometheus.yml.' : 'No target is like that.'}</Empty>
              </div>
            );
          }
          return pools.map((pool) => (
            <Section key={pool.name} title={`${pool.name} (${active.filter((target) => target.pool === pool.name).length} of ${pool.all} scraped)`}>
              <DiscoveredTargets pool={pool.name} targets={pool.shown.slice(0, SHOWN_MAX)} />
              {pool.shown.length > SHOWN_MAX && <Empty>{`${pool.shown.length - SHOWN_MAX} more: search for them.`}</Empty>}
            </Section>
          ));
        }}
      </Loaded>
    </Stack>
  );
}

function DiscoveredTargets({ pool, targets }: { pool: string; targets: readonly Discovered[] }) {
  return (
    <Table verticalSpacing={6} className="stack-table">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Discovered labels</Table.Th>
          <Table.Th>Target labels</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {targets.map((target, index) => (
          <DiscoveredRow key={`${index} ${JSON.stringify(target.discoveredLabels)}`} pool={pool} target={target} />
        ))}
      </Table.Tbody>
    </Table>
  );
}

function DiscoveredRow({ pool, target }: { pool: string; target: Discovered }) {
  const [opened, setOpened] = useState(false);
  return (
    <Table.Tr style={{ verticalAlign: 'top' }}>
      <Table.Td style={{ minWidth: 160, width: '55%' }}>
        <LabelList labels={target.discoveredLabels} />
      </Table.Td>
      <Table.Td style={{ minWidth: 160 }}>
        {target.labels === undefined ? (
          <>
            <Badge color="yellow" variant="light">
              dropped
            </Badge>
            <Text size="xs" c="dimmed">
              Relabelling leaves it out.
            </Text>
          </>
        ) : (
          <LabelList labels={target.labels} />
        )}
        <Button variant="default" size="compact-xs" mt={4} onClick={() => setOpened(!opened)} aria-expanded={opened}>
          {opened ? 'Hide relabelling' : 'Show relabelling'}
        </Button>
        {opened && <Relabelling pool={pool} discovered={target.discoveredLabels} />}
      </Table.Td>
    </Table.Tr>
  );
}
