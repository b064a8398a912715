import { Button, CopyButton, Modal, Stack, Switch, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTime } from '../../../app/time';
import { embedAddress, panelAddress } from '../panelAddress';

interface Props {
  readonly panelKey: string;
  readonly title: string;
  readonly onClose: () => void;
}

/** Addresses of one panel: to open, and to put into a frame. */
export function ShareDialog({ panelKey, title, onClose }: Props) {
  const { range, absolute } = useTime();
  const [locked, setLocked] = useState(true);
  const address = panelAddress(window.location.href, panelKey, range, absolute, locked);
  return (
    <Modal opened onClose={onClose} title={`Share ${title}`} size="lg" closeButtonProps={{ 'aria-label': 'Close' }}>
      <Stack gap="sm">
        <Switch
          label="Fix the time range"
          description="The address shows what you see now. Without it, a range such as the last hour moves on."
          checked={locked}
          onChange={(event) => setLocked(event.currentTarget.checked)}
        />
        <Address label="Address" value={address} />
        <Address label="Address for a frame (only pages of this host may embed it)" value={embedAddress(address)} />
        <Text size="sm" c="dimmed">
          Snapshots, which Grafana copies to a server of its own, are not made here: the data stay where they are kept. To pass data on, download them under Inspect.
        </Text>
      </Stack>
    </Modal>
  );
}

function Address({ label, value }: { label: string; value: string }) {
  return (
    <Stack gap={4}>
      <Textarea label={label} value={value} readOnly autosize minRows={1} maxRows={5} onFocus={(event) => event.currentTarget.select()} />
      <CopyButton value={value}>
        {({ copied, copy }) => (
          <Button size="compact-sm" variant="default" onClick={copy} style={{ alignSelf: 'flex-start' }}>
            {copied ? 'Copied' : 'Copy'}
          </Button>
        )}
      </CopyButton>
    </Stack>
  );
}
