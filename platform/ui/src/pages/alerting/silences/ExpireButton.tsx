import { Button, Popover, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { expireSilence } from '../../../api/alertmanager';
import { useAction } from '../../../app/useAction';
import type { Silence } from '../../../lib/alerting/silence';
import { ActionFailure } from '../shared/ActionFailure';

/** Ends a silence, once that is confirmed. */
export function ExpireButton({ silence }: { silence: Silence }) {
  const [opened, setOpened] = useState(false);
  const action = useAction((access) => expireSilence(access, silence.id), () => setOpened(false));
  return (
    <Popover opened={opened} onChange={setOpened} width={260} position="bottom-end" shadow="md" trapFocus>
      <Popover.Target>
        <Button size="compact-xs" variant="default" onClick={() => setOpened(!opened)} aria-label={`Expire the silence ${silence.id}`}>
          Expire
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="xs">
          <Text size="sm" style={{ whiteSpace: 'normal', textAlign: 'left' }}>
            {silence.state === 'active' ? 'Its alerts are told again.' : 'It will never hold.'}
            {silence.schedule !== undefined && ' All its occurrences end.'}
          </Text>
          <ActionFailure action={action} />
          <Button size="xs" color="red" loading={action.busy} onClick={() => action.run(undefined)}>
            Expire the silence
          </Button>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
