import { ActionIcon, Group } from '@mantine/core';
import { Icon } from '../../../components/Icon';
import { moved } from '../../../lib/dashboard/optionFields';

interface Props<T> {
  readonly list: readonly T[];
  readonly at: number;
  /** What the item is called, such as "mapping 2". */
  readonly name: string;
  readonly onChange: (list: readonly T[]) => void;
}

/** Moves an item of a list up or down, or takes it away. */
export function ListButtons<T>({ list, at, name, onChange }: Props<T>) {
  return (
    <Group gap={2} wrap="nowrap">
      <ActionIcon variant="subtle" color="gray" aria-label={`Move ${name} up`} disabled={at === 0} onClick={() => onChange(moved(list, at, at - 1))}>
        ↑
      </ActionIcon>
      <ActionIcon variant="subtle" color="gray" aria-label={`Move ${name} down`} disabled={at === list.length - 1} onClick={() => onChange(moved(list, at, at + 1))}>
        ↓
      </ActionIcon>
      <ActionIcon variant="subtle" color="gray" aria-label={`Remove ${name}`} onClick={() => onChange(list.filter((_, i) => i !== at))}>
        <Icon name="close" size={14} />
      </ActionIcon>
    </Group>
  );
}
