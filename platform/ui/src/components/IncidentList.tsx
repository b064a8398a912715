import { Anchor, Badge, Group, Stack, Text } from '@mantine/core';
import { Link } from 'wouter';
import { incidents, type Incident } from '../api/platform';
import { useHref } from '../app/urlState';
import { useData } from '../app/useData';
import { formatAge, formatDateTime } from '../lib/time';
import { Empty, Loaded } from './states';

function ended(incident: Incident): string {
  return incident.endedAt === undefined ? 'still open' : `ended ${formatDateTime(Date.parse(incident.endedAt))}`;
}

/** The newest incidents: what fires now, and what did. */
export function IncidentList({ limit, className = '' }: { limit: number; className?: string }) {
  const href = useHref();
  return (
    <Loaded data={useData(['incidents', limit], (access, signal) => incidents(access, limit, signal))}>
      {(list) =>
        list.length === 0 ? (
          <Empty>There has been no incident.</Empty>
        ) : (
          <Stack gap={6} className={className}>
            {list.map((incident) => (
              <Group key={incident.id} gap="xs" wrap="nowrap">
                <Badge color={incident.state === 'ended' ? 'gray' : incident.acknowledgement === undefined ? 'red' : 'yellow'} variant="light" style={{ flex: 'none' }}>
                  {incident.state === 'ended' ? 'ended' : incident.acknowledgement === undefined ? `${incident.firing} firing` : 'seen'}
                </Badge>
                <Text size="sm" truncate style={{ flex: 1 }} title={incident.summary === '' ? incident.title : incident.summary}>
                  <Anchor component={Link} href={href(`/alerting/incidents/${incident.id}`)} inherit>
                    {incident.title === '' ? incident.groupKey : incident.title}
                  </Anchor>
                  <Text span size="xs" c="dimmed">
                    {' '}
                    {Object.entries(incident.groupLabels)
                      .filter(([name]) => name !== 'alertname')
                      .map(([name, value]) => `${name}=${value}`)
                      .join(', ')}
                  </Text>
                </Text>
                <Text size="xs" c="dimmed" style={{ flex: 'none' }} title={`began ${formatDateTime(Date.parse(incident.startedAt))}, ${ended(incident)}`}>
                  {formatAge(incident.durationSeconds * 1000)}
                </Text>
              </Group>
            ))}
          </Stack>
        )
      }
    </Loaded>
  );
}
