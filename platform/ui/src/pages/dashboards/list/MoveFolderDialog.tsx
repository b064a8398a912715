import { Button, Group, Modal, Stack } from '@mantine/core';
import { useState } from 'react';
import { moveFolder } from '../../../api/dashboardLibrary';
import { useAction } from '../../../app/useAction';
import { Failure } from '../../../components/states';
import { foldersBelow, type TreeRow } from '../../../lib/dashboards/library';
import { FolderSelect } from './FolderSelect';

/** Moves a folder with all that is in it; never below itself. */
export function MoveFolderDialog({ row, rows, onClose }: { row: TreeRow; rows: readonly TreeRow[]; onClose: () => void }) {
  const [parentUid, setParent] = useState(row.folder.parentUid);
  const move = useAction(moveFolder, onClose);
  return (
    <Modal opened onClose={onClose} title={`Move “${row.folder.title}”`}>
      <Stack gap="sm">
        <FolderSelect rows={rows} value={parentUid} onChange={setParent} label="Into" without={foldersBelow(rows, row.folder.uid)} />
        {move.failure && <Failure message={move.failure.message} status={move.failure.status} />}
        <Group gap="xs" justify="flex-end">
          <Button size="xs" variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button size="xs" loading={move.busy} disabled={parentUid === row.folder.parentUid} onClick={() => move.run({ uid: row.folder.uid, parentUid })}>
            Move
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
