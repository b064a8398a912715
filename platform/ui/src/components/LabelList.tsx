import { Badge, Group } from '@mantine/core';
import type { Labels } from '../lib/labels';

/** Labels as small marks, each whole in its title. */
export function LabelList({ labels, without = [] }: { labels: Labels; without?: readonly string[] }) {
  return (
    <Group gap={4}>
      {Object.entries(labels)
        .filter(([name]) => !without.includes(name))
        .map(([name, value]) => (
          <Badge key={name} variant="default" radius="sm" tt="none" fw={400} maw="100%" style={{ flex: '0 1 auto' }} title={`${name}=${value}`}>
            {name}={value}
          </Badge>
        ))}
    </Group>
  );
}
