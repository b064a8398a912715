import { Button, Group } from '@mantine/core';
import { PanelHandles } from './PanelTools';
import type { Editing } from './editing';

/** What can be done to a panel while its dashboard is edited. One that a collapsed row holds keeps its place. */
export default function PanelActions({ id, title, movable, editing }: { id: number; title: string; movable: boolean; editing: Editing }) {
  return (
    <Group gap={2} wrap="nowrap" className="edit-actions">
      <Button size="compact-xs" variant="subtle" aria-label={`Edit ${title}`} onClick={() => editing.open(id)}>
        Edit
      </Button>
      <Button size="compact-xs" variant="subtle" aria-label={`Copy ${title}`} onClick={() => editing.duplicate(id)}>
        Copy
      </Button>
      <Button size="compact-xs" variant="subtle" color="red" aria-label={`Remove ${title}`} onClick={() => editing.remove(id)}>
        Remove
      </Button>
      {movable && <PanelHandles id={id} title={title} editing={editing} />}
    </Group>
  );
}
