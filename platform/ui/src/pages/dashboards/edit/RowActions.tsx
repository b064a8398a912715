import { Button, Group, TextInput } from '@mantine/core';
import { ConfirmButton } from '../../../components/ConfirmButton';
import type { RowModel } from '../../../lib/dashboard/model';
import type { Editing } from './editing';

/** Title of a row, whether it is saved collapsed, and its removal. */
export default function RowActions({ row, editing }: { row: RowModel; editing: Editing }) {
  const title = row.title ?? '';
  const rename = (next: string) => {
    if (next !== title) editing.renameRow(row.id, next);
  };
  return (
    <Group gap={6} mb={8}>
      <TextInput
        key={title}
        size="xs"
        aria-label={`Title of the row ${title}`}
        defaultValue={title}
        onBlur={(event) => rename(event.currentTarget.value)}
        onKeyDown={(event) => event.key === 'Enter' && rename(event.currentTarget.value)}
      />
      <Button size="compact-xs" variant="default" onClick={() => editing.toggleRow(row.id)}>
        {row.collapsed ? 'Open for everybody' : 'Collapse for everybody'}
      </Button>
      <Button size="compact-xs" variant="subtle" color="red" onClick={() => editing.removeRow(row.id, false)}>
        Remove heading
      </Button>
      <ConfirmButton question={`Remove the row “${title}” and its ${row.panels.length} panels?`} color="red" onConfirm={() => editing.removeRow(row.id, true)}>
        Remove with panels
      </ConfirmButton>
    </Group>
  );
}
