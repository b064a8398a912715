import { Button, Code, Group, Modal, ScrollArea } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';

export interface Inspected {
  readonly title: string;
  readonly text: string;
}

/** A value in full, formatted where it is JSON, for reading and copying. */
export function InspectedValue({ value, onClose }: { value: Inspected | undefined; onClose: () => void }) {
  const clipboard = useClipboard();
  return (
    <Modal opened={value !== undefined} onClose={onClose} title={value?.title ?? 'Value'} size="lg" closeButtonProps={{ 'aria-label': 'Close' }}>
      <ScrollArea.Autosize mah="60dvh" type="auto">
        <Code block tabIndex={0} className="inspected-text">
          {value?.text}
        </Code>
      </ScrollArea.Autosize>
      <Group justify="flex-end" mt="sm">
        <Button size="xs" variant="default" onClick={() => clipboard.copy(value?.text ?? '')}>
          {clipboard.copied ? 'Copied' : 'Copy'}
        </Button>
      </Group>
    </Modal>
  );
}
