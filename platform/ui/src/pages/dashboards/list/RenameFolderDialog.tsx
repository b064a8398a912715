import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { renameFolder, type FolderState } from '../../../api/dashboardLibrary';
import { useAction } from '../../../app/useAction';
import { Failure } from '../../../components/states';

/** Gives a folder another title, unless somebody has changed it since it was read. */
export function RenameFolderDialog({ state, onClose }: { state: FolderState; onClose: () => void }) {
  const [title, setTitle] = useState(state.title);
  const rename = useAction(renameFolder, onClose);
  return (
    <Modal opened onClose={onClose} title="Rename the folder">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          rename.run({ uid: state.uid, title: title.trim(), version: state.version });
        }}
      >
        <Stack gap="sm">
          <TextInput label="Title" value={title} onChange={(event) => setTitle(event.currentTarget.value)} required data-autofocus />
          {rename.failure && <Failure message={rename.failure.message} status={rename.failure.status} />}
          <Group gap="xs" justify="flex-end">
            <Button size="xs" variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button size="xs" type="submit" loading={rename.busy} disabled={title.trim() === '' || title.trim() === state.title}>
              Rename
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
