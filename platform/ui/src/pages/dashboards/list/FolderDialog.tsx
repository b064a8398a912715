import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { createFolder } from '../../../api/dashboardLibrary';
import { useHref } from '../../../app/urlState';
import { useAction } from '../../../app/useAction';
import { Failure } from '../../../components/states';
import type { TreeRow } from '../../../lib/dashboards/library';
import { FolderSelect } from './FolderSelect';

/** Makes a folder and goes there. */
export function FolderDialog({ rows, parentUid, onClose }: { rows: readonly TreeRow[]; parentUid: string; onClose: () => void }) {
  const [, navigate] = useLocation();
  const href = useHref();
  const [title, setTitle] = useState('');
  const [parent, setParent] = useState(parentUid);
  const create = useAction(createFolder, (uid) => {
    onClose();
    navigate(href(`/dashboards/f/${encodeURIComponent(uid)}`));
  });
  return (
    <Modal opened onClose={onClose} title="New folder">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          create.run({ title: title.trim(), parentUid: parent });
        }}
      >
        <Stack gap="sm">
          <TextInput label="Title" value={title} onChange={(event) => setTitle(event.currentTarget.value)} required data-autofocus />
          <FolderSelect rows={rows} value={parent} onChange={setParent} label="Within" />
          {create.failure && <Failure message={create.failure.message} status={create.failure.status} />}
          <Group gap="xs" justify="flex-end">
            <Button size="xs" variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button size="xs" type="submit" loading={create.busy} disabled={title.trim() === ''}>
              Create
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
