import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { createDashboard } from '../../../api/dashboardLibrary';
import { useHref } from '../../../app/urlState';
import { useAction } from '../../../app/useAction';
import { Failure } from '../../../components/states';
import type { TreeRow } from '../../../lib/dashboards/library';
import { FolderSelect } from './FolderSelect';

/** Stores an empty dashboard and opens it for editing. */
export function NewDashboardDialog({ rows, folderUid, onClose }: { rows: readonly TreeRow[]; folderUid: string; onClose: () => void }) {
  const [, navigate] = useLocation();
  const href = useHref();
  const [title, setTitle] = useState('');
  const [folder, setFolder] = useState(folderUid);
  const create = useAction(createDashboard, (uid) => navigate(href(`/d/${encodeURIComponent(uid)}`, { edit: 'on' })));
  return (
    <Modal opened onClose={onClose} title="New dashboard">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          create.run({ title: title.trim(), folderUid: folder });
        }}
      >
        <Stack gap="sm">
          <TextInput label="Title" value={title} onChange={(event) => setTitle(event.currentTarget.value)} required data-autofocus />
          <FolderSelect rows={rows} value={folder} onChange={setFolder} />
          {create.failure && <Failure message={create.failure.message} status={create.failure.status} />}
          <Group gap="xs" justify="flex-end">
            <Button size="xs" variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button size="xs" type="submit" loading={create.busy} disabled={title.trim() === ''}>
              Create and edit
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
