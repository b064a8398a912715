import { Button, Group, Popover, Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';

interface ConfirmButtonProps {
  readonly children: ReactNode;
  readonly question: string;
  readonly onConfirm: () => void | Promise<void>;
  readonly color?: string;
  readonly size?: 'compact-xs' | 'xs';
  readonly disabled?: boolean;
}

/** A button that asks before it acts. */
export function ConfirmButton({ children, question, onConfirm, color, size = 'compact-xs', disabled = false }: ConfirmButtonProps) {
  const [opened, setOpened] = useState(false);
  const [busy, setBusy] = useState(false);
  const confirm = async () => {
    setBusy(true);
    try {
      await onConfirm();
    } finally {
      setBusy(false);
      setOpened(false);
    }
  };
  return (
    <Popover opened={opened} onChange={setOpened} trapFocus returnFocus withArrow width={280}>
      <Popover.Target>
        <Button size={size} variant="default" disabled={disabled} {...(color === undefined ? {} : { c: color })} onClick={() => setOpened(!opened)}>
          {children}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Text size="sm" mb="xs">
          {question}
        </Text>
        <Group gap="xs" justify="flex-end">
          <Button size="compact-xs" variant="default" onClick={() => setOpened(false)}>
            Cancel
          </Button>
          <Button size="compact-xs" loading={busy} {...(color === undefined ? {} : { color })} onClick={() => void confirm()}>
            {children}
          </Button>
        </Group>
      </Popover.Dropdown>
    </Popover>
  );
}
