import { Button, Code, Group, Text } from '@mantine/core';
import { useUrlState } from '../../../app/urlState';

/** Says that a list is that of one alert group, and widens it. */
export function GroupFilter() {
  const { params, patch } = useUrlState();
  const group = params.get('group') ?? '';
  return group === '' ? null : (
    <Group gap="xs">
      <Text size="xs">Only of the group</Text>
      <Code className="wrap-anywhere">{group}</Code>
      <Button size="compact-xs" variant="default" onClick={() => patch({ group: undefined })}>
        All groups
      </Button>
    </Group>
  );
}
