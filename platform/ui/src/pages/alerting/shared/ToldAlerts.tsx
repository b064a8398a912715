import { Anchor, Badge, Group, Text } from '@mantine/core';
import { Link } from 'wouter';
import type { ToldAlert } from '../../../api/alerting';
import { useHref } from '../../../app/urlState';
import { Empty } from '../../../components/states';
import { VirtualRows } from '../../../components/VirtualRows';
import { formatAge } from '../../../lib/time';
import { Ago } from './Ago';
import { severityClass } from './badges';
import { LabelMarks } from './Labels';
import { LinkedText, OutsideLink } from './LinkedText';
import { alertPlace, silencePlace } from './places';

/** Alerts of an incident or of a notification, as they were told. */
export function ToldAlerts({ alerts }: { alerts: readonly ToldAlert[] }) {
  return alerts.length === 0 ? (
    <Empty>No alert is kept.</Empty>
  ) : (
    <VirtualRows
      count={alerts.length}
      rowHeight={110}
      keyOf={(index) => JSON.stringify(alerts[index]?.labels ?? index)}
      label="Alerts"
      render={(index) => {
        const alert = alerts[index];
        return alert === undefined ? null : <ToldAlertLine alert={alert} />;
      }}
    />
  );
}

function ToldAlertLine({ alert }: { alert: ToldAlert }) {
  const href = useHref();
  return (
    <div className={`alert-line${severityClass(alert.labels['severity'])}`}>
      <Badge color={alert.status === 'firing' ? 'red' : 'teal'} variant="light">
        {alert.status}
      </Badge>
      <div className="line-body">
        <Link href={href(...alertPlace(alert.labels))} className="line-name">
          {alert.labels['alertname'] ?? 'An alert without a name'}
        </Link>
        {Object.entries(alert.annotations).map(([name, text]) => (
          <div key={name}>
            <Text span size="xs" c="dimmed">
              {name}{' '}
            </Text>
            <LinkedText text={text} />
          </div>
        ))}
        <LabelMarks labels={alert.labels} without={['alertname']} />
        <Group gap="sm">
          <Anchor component={Link} href={href(...silencePlace(alert.labels))} size="sm">
            Silence
          </Anchor>
          <OutsideLink address={alert.links.runbook}>Runbook</OutsideLink>
          <OutsideLink address={alert.links.graph}>Source</OutsideLink>
        </Group>
      </div>
      <div className="line-side">
        <div>
          began <Ago at={alert.startsAt} />
        </div>
        {alert.endsAt !== undefined && <div>lasted {formatAge(Date.parse(alert.endsAt) - Date.parse(alert.startsAt))}</div>}
      </div>
    </div>
  );
}
