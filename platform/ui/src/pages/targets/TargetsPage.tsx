import { Badge, Group, SegmentedControl, Stack, Table, Text, TextInput } from '@mantine/core';
import { activeTargets, type ScrapeTarget, type TargetHealth } from '../../api/prometheusStatus';
import { useUrlState } from '../../app/urlState';
import { useData } from '../../app/useData';
import { LabelList } from '../../components/LabelList';
import { PageTitle } from '../../components/PageTitle';
import { Section } from '../../components/Section';
import { Empty, Loaded } from '../../components/states';
import { StatusTabs } from '../../components/StatusTabs';
import { HEALTHS, matchesTarget, poolsOf, SHOWN_MAX, type Pool } from '../../lib/targets';
import { formatAge } from '../../lib/time';
import { formatValue } from '../../lib/units/format';

const COLORS: Record<TargetHealth, string> = { up: 'teal', down: 'red', unknown: 'gray' };

/** Whom this process scrapes, pool by pool: whether it answers, when it last did, and what went wrong. */
export default function TargetsPage() {
  const { params, patch } = useUrlState();
  const health = HEALTHS.find((name) => name === params.get('health'));
  const search = params.get('search') ?? '';
  return (
    <Stack gap="md">
      <PageTitle title="Targets" />
      <StatusTabs />
      <Group gap="sm">
        <SegmentedControl
          data={['all', ...HEALTHS]}
          value={health ?? 'all'}
          onChange={(value) => patch({ health: value === 'all' ? undefined : value })}
          size="xs"
          aria-label="Health of the targets to show"
        />
        <TextInput
          size="xs"
          placeholder="Address, label=value or error"
          aria-label="Search in the targets"
          value={search}
          onChange={(event) => patch({ search: event.currentTarget.value }, 'replace')}
          style={{ flex: '1 1 200px', maxWidth: 420 }}
        />
      </Group>
      <Loaded data={useData(['targets'], activeTargets)}>
        {(targets) => <Pools targets={targets} health={health} search={search} pool={params.get('pool') ?? params.get('scrapePool') ?? undefined} />}
      </Loaded>
    </Stack>
  );
}

function Pools({ targets, health, search, pool }: { targets: readonly ScrapeTarget[]; health: TargetHealth | undefined; search: string; pool: string | undefined }) {
  const pools = poolsOf(targets, (target) => matchesTarget(target, health, search)).filter(({ name }) => pool === undefined || name === pool);
  if (pools.length === 0) {
    return (
      <div className="card">
        <Empty>{targets.length === 0 ? 'Nothing is scraped. Name targets under “scrape_configs” in prometheus.yml.' : 'No target is like that.'}</Empty>
      </div>
    );
  }
  return pools.map((one) => <PoolSection key={one.name} pool={one} up={targets.filter(({ pool: name, health: state }) => name === one.name && state === 'up').length} />);
}

function PoolSection({ pool, up }: { pool: Pool<ScrapeTarget>; up: number }) {
  return (
    <Section title={`${pool.name} (${up} of ${pool.all} up)`}>
      <Table verticalSpacing={6} className="stack-table">
        <Table.Thead>
          <Table.Tr>
            <Table.Th w={100}>Health</Table.Th>
            <Table.Th>Target</Table.Th>
            <Table.Th w={150}>Last scrape</Table.Th>
            <Table.Th w={150}>Interval</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {pool.shown.slice(0, SHOWN_MAX).map((target) => (
            <TargetRow key={`${target.url} ${JSON.stringify(target.labels)}`} target={target} />
          ))}
        </Table.Tbody>
      </Table>
      {pool.shown.length > SHOWN_MAX && <Empty>{`${pool.shown.length - SHOWN_MAX} more: search for them.`}</Empty>}
    </Section>
  );
}

function TargetRow({ target }: { target: ScrapeTarget }) {
  return (
    <Table.Tr style={{ verticalAlign: 'top' }}>
      <Table.Td>
        <Badge color={COLORS[target.health]} variant="light">
          {target.health}
        </Badge>
      </Table.Td>
      <Table.Td style={{ minWidth: 160 }}>
        <Text size="sm" className="mono wrap-anywhere">
          {target.url}
        </Text>
        <LabelList labels={target.labels} />
        {target.lastError !== '' && (
          <Text size="xs" c="red" className="wrap-anywhere" mt={4}>
            {target.lastError}
          </Text>
        )}
        <details className="found">
          <summary>Discovered labels</summary>
          <LabelList labels={target.discoveredLabels} />
        </details>
      </Table.Td>
      <Table.Td style={{ whiteSpace: 'nowrap' }}>
        {target.lastScrapeMs === undefined ? 'not yet' : `${formatAge(Math.max(0, Date.now() - target.lastScrapeMs))} ago`}
        <Text size="xs" c="dimmed">
          took {formatValue(target.lastScrapeSeconds, 's')}
        </Text>
      </Table.Td>
      <Table.Td style={{ whiteSpace: 'nowrap' }}>
        every {target.interval}
        <Text size="xs" c="dimmed">
          at most {target.timeout}
        </Text>
      </Table.Td>
    </Table.Tr>
  );
}
