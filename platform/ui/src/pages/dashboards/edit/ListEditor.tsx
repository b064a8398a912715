import { ActionIcon, Button, Group, Stack, Text, UnstyledButton } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { inserted, moved, replaced, without } from '../../../lib/dashboard/listEdits';
import type { Json } from '../../../lib/json';

interface Props {
  /** What one is called, such as "variable". */
  readonly noun: string;
  readonly items: readonly Json[];
  readonly onChange: (items: readonly Json[]) => void;
  readonly nameOf: (item: Json) => string;
  readonly noteOf: (item: Json) => string;
  readonly create: () => Json;
  readonly copy: (item: Json) => Json;
  readonly isFixed?: (item: Json) => boolean;
  readonly form: (item: Json, index: number, onChange: (item: Json) => void) => ReactNode;
}

/** A list whose items are put in order, copied, deleted and added; the form of the open one stands below it. */
export function ListEditor({ noun, items, onChange, nameOf, noteOf, create, copy, isFixed, form }: Props) {
  const [open, setOpen] = useState<number | undefined>(undefined);
  const move = (index: number, step: -1 | 1) => {
    onChange(moved(items, index, step));
    setOpen((now) => (now === index ? index + step : now === index + step ? index : now));
  };
  const remove = (index: number) => {
    onChange(without(items, index));
    setOpen((now) => (now === undefined || now === index ? undefined : now > index ? now - 1 : now));
  };
  const insert = (index: number, item: Json) => {
    onChange(inserted(items, index, item));
    setOpen(index);
  };
  return (
    <Stack gap={6}>
      {items.length === 0 && (
        <Text size="sm" c="dimmed">
          There is no {noun} yet.
        </Text>
      )}
      {items.map((item, i) => {
        const name = nameOf(item) || `${noun} ${i + 1}`;
        return (
          <Stack key={i} gap="xs" className="card" p="xs" role="group" aria-label={`${noun} ${name}`}>
            <Group gap={4} wrap="nowrap">
              <UnstyledButton className="edit-item" aria-expanded={open === i} onClick={() => setOpen(open === i ? undefined : i)}>
                <Text size="sm" fw={600} truncate>
                  {name}
                </Text>
                <Text size="xs" c="dimmed" truncate>
                  {noteOf(item)}
                </Text>
              </UnstyledButton>
              <ActionIcon variant="subtle" aria-label={`Move ${name} up`} disabled={i === 0} onClick={() => move(i, -1)}>
                ↑
              </ActionIcon>
              <ActionIcon variant="subtle" aria-label={`Move ${name} down`} disabled={i === items.length - 1} onClick={() => move(i, 1)}>
                ↓
              </ActionIcon>
              <ActionIcon variant="subtle" title="Copy" aria-label={`Copy ${name}`} onClick={() => insert(i + 1, copy(item))}>
                +
              </ActionIcon>
              <ActionIcon variant="subtle" color="red" aria-label={`Delete ${name}`} disabled={isFixed?.(item) === true} onClick={() => remove(i)}>
                ✕
              </ActionIcon>
            </Group>
            {open === i && form(item, i, (next) => onChange(replaced(items, i, next)))}
          </Stack>
        );
      })}
      <Group>
        <Button size="xs" variant="default" onClick={() => insert(items.length, create())}>
          Add {noun}
        </Button>
      </Group>
    </Stack>
  );
}
