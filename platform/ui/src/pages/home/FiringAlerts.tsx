import { Anchor, Badge, Group, Stack, Text } from '@mantine/core';
import { Link } from 'wouter';
import { useHref } from '../../app/urlState';
import { Empty, Loaded } from '../../components/states';
import { formatAge } from '../../lib/time';
import { useAlerts } from './homeData';

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
              {[...alerts]
                .sort((a, b) => Number(b.state === 'firing') - Number(a.state === 'firing'))
                .slice(0, SHOWN)
                .map((alert) => (
                  <Group key={JSON.stringify(alert.labels)} gap="xs" wrap="nowrap">
                    <Badge color={alert.state === 'firing' ? 'red' : 'yellow'} variant="light" style={{ flex: 'none' }}>
                      {alert.state}
                    </Badge>
                    <Text size="sm" truncate style={{ flex: 1 }} title={alert.annotations['summary'] ?? alert.labels['alertname']}>
                      {alert.labels['alertname']}
                    </Text>
                    <Text size="xs" c="dimmed" style={{ flex: 'none' }}>
                      {formatAge(Date.now() - Date.parse(alert.activeAt))}
                    </Text>
                  </Group>
                ))}
              <Anchor component={Link} href={href('/alerts')} size="sm">
                {alerts.length > SHOWN ? `All ${alerts.length} alerts` : 'Rules and notifications'}
              </Anchor>
            </Stack>
          )
        }
      </Loaded>
    </div>
  );
}
