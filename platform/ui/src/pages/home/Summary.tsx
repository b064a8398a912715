import { SimpleGrid, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { useHref } from '../../app/urlState';
import type { Data } from '../../app/useData';
import { formatValue } from '../../lib/units/format';
import { observed, totals, useAlerts, useServices, useStatus } from './homeData';

/** One figure each for what a person on call asks first. */
export function Summary() {
  const href = useHref();
  const services = useServices();
  const alerts = useAlerts();
  const status = useStatus();
  const traces = href('/explore/traces');
  return (
    <SimpleGrid cols={{ base: 2, xs: 3, md: 6 }} spacing="xs">
      <Figure label="Services seen" href={traces} data={services} show={(list) => ({ value: String(list.length) })} note="last 5 minutes" />
      <Figure label="Request rate" href={traces} data={services} show={(list) => ({ value: formatValue(totals(observed(list)).requestsPerSecond, 'reqps') })} note="observed services" />
      <Figure
        label="Error rate"
        href={href('/explore/traces', { error: 'true' })}
        data={services}
        show={(list) => {
          const { errorRatio } = totals(observed(list));
          return { value: formatValue(errorRatio, 'percentunit'), alarming: (errorRatio ?? 0) >= 0.05 };
        }}
        note="of their requests"
      />
      <Figure
        label="P95 latency"
        href={traces}
        data={services}
        show={(list) => {
          const { slowest } = totals(observed(list));
          return { value: formatValue(slowest?.p95Seconds, 's'), note: slowest ? `slowest: ${slowest.name}` : 'no requests' };
        }}
      />
      <Figure
        label="Firing alerts"
        href={href('/alerting/alerts')}
        data={alerts}
        show={(list) => {
          const firing = list.filter((alert) => alert.state === 'firing').length;
          return { value: String(firing), alarming: firing > 0, note: `${list.length - firing} pending` };
        }}
      />
      <Figure
        label="Storage used"
        href={href('/status')}
        data={status}
        show={(state) => ({
          value: formatValue(state.storage.reduce((sum, engine) => sum + engine.journalBytes + engine.partBytes, 0), 'bytes'),
          note: `${formatValue(state.disk.freeBytes, 'bytes')} free`,
          alarming: state.disk.freeBytes < state.disk.totalBytes * 0.05,
        })}
      />
    </SimpleGrid>
  );
}

interface FigureProps<T> {
  readonly label: string;
  readonly href: string;
  readonly data: Data<T>;
  readonly show: (value: T) => { value: string; note?: string; alarming?: boolean };
  readonly note?: string;
}

function Figure<T>({ label, href, data, show, note }: FigureProps<T>): ReactNode {
  const shown = data.kind === 'loaded' ? show(data.value) : { value: data.kind === 'loading' ? '…' : 'unknown', note: data.kind === 'failed' ? data.message : undefined };
  const below = shown.note ?? note;
  return (
    <Link href={href} className="card card-link">
      <div style={{ padding: '10px 12px' }} data-figure={label}>
        <Text size="xs" c="dimmed">
          {label}
        </Text>
        <Text size="xl" fw={650} c={'alarming' in shown && shown.alarming ? 'red' : 'inherit'} truncate>
          {shown.value}
        </Text>
        <Text size="xs" c="dimmed" truncate title={below}>
          {below}
        </Text>
      </div>
    </Link>
  );
}
