import { Badge, Group, Stack, Text } from '@mantine/core';
import { alerts } from '../../api/prometheus';
import { useData } from '../../app/useData';
import { Empty, Loaded } from '../../components/states';
import type { Panel } from '../../lib/dashboard';
import { formatAge } from '../../lib/time';

export function AlertListPanel({ panel }: { panel: Panel }) {
  return (
    <Loaded data={useData(['alerts'], alerts)}>
      {(list) =>
        list.length === 0 ? (
          <Empty>No alert is pending or firing.</Empty>
        ) : (
          <Stack gap={6} className="panel-scroll">
            {list.slice(0, panel.options.maxItems).map((alert) => (
              <Group key={JSON.stringify(alert.labels)} gap="xs" wrap="nowrap">
                <Badge color={alert.state === 'firing' ? 'red' : 'yellow'} variant="light" style={{ flex: 'none' }}>
                  {alert.state}
                </Badge>
                <Text size="sm" truncate style={{ flex: 1 }} title={alert.annotations['summary']}>
                  {alert.labels['alertname']}
                </Text>
                <Text size="xs" c="dimmed" style={{ flex: 'none' }}>
                  {formatAge(Date.now() - Date.parse(alert.activeAt))}
                </Text>
              </Group>
            ))}
          </Stack>
        )
      }
    </Loaded>
  );
}
