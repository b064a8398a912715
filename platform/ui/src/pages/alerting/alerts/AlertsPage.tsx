import { Anchor, Group, Stack, Text } from '@mantine/core';
import { useMemo } from 'react';
import { Link } from 'wouter';
import { useHref, useUrlState } from '../../../app/urlState';
import { AlertingTabs } from '../../../components/AlertingTabs';
import { PageTitle } from '../../../components/PageTitle';
import { Empty, Loaded } from '../../../components/states';
import { VirtualRows } from '../../../components/VirtualRows';
import { readAlertFilter, withMatcher, type AlertFilter, type Hidden } from '../../../lib/alerting/alertFilter';
import { LabelMarks } from '../shared/Labels';
import { AlertFilters } from './AlertFilters';
import { AlertLine } from './AlertLine';
import { alertRows, type AlertRow } from './alertRows';
import { useAlerts, type FoundAlerts } from './useAlerts';

/** The alerts of the moment, flat or in the groups in which they are told. */
export default function AlertsPage() {
  const { params } = useUrlState();
  const search = params.toString();
  const filter = useMemo(() => readAlertFilter(new URLSearchParams(search)), [search]);
  const found = useAlerts(filter);
  return (
    <Stack gap="sm">
      <PageTitle title="Alerts" />
      <AlertingTabs />
      <AlertFilters />
      {filter.mistake === undefined && (
        <Loaded data={found} height={200}>
          {(alerts) => <Found found={alerts} filter={filter} />}
        </Loaded>
      )}
    </Stack>
  );
}

function Found({ found, filter }: { found: FoundAlerts; filter: AlertFilter }) {
  const { params, patch } = useUrlState();
  const closed = params.getAll('closed').join('\n');
  const { rows, count, hidden } = useMemo(() => alertRows(found, filter, new Set(closed === '' ? [] : closed.split('\n'))), [found, filter, closed]);
  const choose = (name: string, value: string) => patch({ filter: withMatcher(filter.text, { name, operator: '=', value }) });
  const toggle = (key: string) => {
    const keys = params.getAll('closed');
    patch({ closed: keys.includes(key) ? keys.filter((each) => each !== key) : [...keys, key] }, 'replace');
  };
  return (
    <>
      <Text size="xs" c="dimmed" role="status">
        {count.toLocaleString('en')} {count === 1 ? 'alert' : 'alerts'}
        {hiddenWords(hidden)}
      </Text>
      <div className="card">
        {rows.length === 0 ? (
          <NoAlerts filter={filter} hidden={hidden} />
        ) : (
          <VirtualRows count={rows.length} rowHeight={78} keyOf={(index) => rows[index]?.key ?? String(index)} label="Alerts" render={(index) => <Row row={rows[index]} onChoose={choose} onToggle={toggle} />} />
        )}
      </div>
    </>
  );
}

function Row({ row, onChoose, onToggle }: { row: AlertRow | undefined; onChoose: (name: string, value: string) => void; onToggle: (key: string) => void }) {
  if (row === undefined) return null;
  if (row.kind === 'alert') return <AlertLine alert={row.alert} onChoose={onChoose} />;
  return (
    <div className="group-line">
      <button type="button" className="group-toggle" aria-expanded={row.open} onClick={() => onToggle(row.key)}>
        <span aria-hidden="true">{row.open ? '▾' : '▸'}</span> {row.group.receiver}
      </button>
      <LabelMarks labels={row.group.labels} onChoose={onChoose} />
      <Group gap={4} ml="auto">
        <Text size="xs" c="dimmed">
          {row.shown} {row.shown === 1 ? 'alert' : 'alerts'}
        </Text>
      </Group>
    </div>
  );
}

function hiddenWords(hidden: Hidden): string {
  const parts = [
    hidden.silenced > 0 ? `${hidden.silenced} silenced` : '',
    hidden.inhibited > 0 ? `${hidden.inhibited} inhibited` : '',
    hidden.muted > 0 ? `${hidden.muted} muted by times` : '',
  ].filter((part) => part !== '');
  return parts.length === 0 ? '' : ` · not shown: ${parts.join(', ')}`;
}

/** Says why there is nothing to see. */
function NoAlerts({ filter, hidden }: { filter: AlertFilter; hidden: Hidden }) {
  const href = useHref();
  const held = hidden.silenced + hidden.inhibited + hidden.muted;
  if (held > 0) return <Empty>All {held} alerts that match are held back. Turn on “Silenced”, “Inhibited” or “Muted by times” to see them.</Empty>;
  if (filter.matchers.length > 0 || filter.receiver !== '' || filter.state !== undefined) return <Empty>No alert of the moment is like that. Alerts that are over stand in their incidents.</Empty>;
  return (
    <Empty>
      No alert is pending or firing.{' '}
      <Anchor component={Link} href={href('/alerting/rules')} size="sm" underline="always">
        Rules
      </Anchor>{' '}
      say what makes one.
    </Empty>
  );
}
