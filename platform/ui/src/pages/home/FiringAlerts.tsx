import { Anchor, Badge, Group, Stack, Text } from '@mantine/core';
import { Link } from 'wouter';
import { useHref } from '../../app/urlState';
import { Empty, Loaded } from '../../components/states';
import { formatMatchers } from '../../lib/alerting/matchers';
import { formatAge } from '../../lib/time';
import { alertGroups, useAlerts } from './homeData';

const SHOWN = 5;

export function FiringAlerts() {
  const href = useHref();
  return (
    <div className="card">
      <Loaded data={useAlerts()}>
        {(alerts) =>
          alerts.length === 0 ? (
            <Empty>No alert is pending or firing.</Empty>
          ) : (
            <Stack gap={6} p="sm">
              {alertGroups(alerts)
                .slice(0, SHOWN)
                .map((group) => (
                  <Group key={group.name} gap="xs" wrap="nowrap">
                    <Badge color={group.firing > 0 ? 'red' : 'yellow'} variant="light" style={{ flex: 'none' }}>
                      {group.firing > 0 ? `${group.firing} firing` : `${group.pending} pending`}
                    </Badge>
                    <Text size="sm" truncate style={{ flex: 1 }} title={group.summary ?? group.name}>
                      <Anchor component={Link} href={href('/alerting/alerts', { filter: formatMatchers([{ name: 'alertname', operator: '=', value: group.name }]) })} inherit>
                        {group.name}
                      </Anchor>
                      {group.summary !== undefined && (
                        <Text span size="xs" c="dimmed">
                          {' '}
                          {group.summary}
                        </Text>
                      )}
                    </Text>
                    <Text size="xs" c="dimmed" style={{ flex: 'none' }}>
                      {group.firing > 0 && group.pending > 0 && `${group.pending} pending · `}
                      {formatAge(Date.now() - group.sinceMs)}
                    </Text>
                  </Group>
                ))}
              <Anchor component={Link} href={href('/alerting/alerts')} size="sm">
                {alerts.length > 1 ? `All ${alerts.length} alerts` : 'Alerts'}
              </Anchor>
            </Stack>
          )
        }
      </Loaded>
    </div>
  );
}
