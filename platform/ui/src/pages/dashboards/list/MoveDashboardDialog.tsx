import { Button, Group, Stack } from '@mantine/core';
import { useState } from 'react';
import { saveDashboard } from '../../../api/dashboardStore';
import type { StoredDashboard } from '../../../api/grafana';
import { useAction } from '../../../app/useAction';
import { Failure } from '../../../components/states';
import type { LibraryEntry, TreeRow } from '../../../lib/dashboards/library';
import { FolderSelect } from './FolderSelect';
import { StoredDashboardDialog } from './StoredDashboardDialog';

/** Moves a dashboard into another folder, which is a new version of it. */
export function MoveDashboardDialog({ entry, rows, onClose }: { entry: LibraryEntry; rows: readonly TreeRow[]; onClose: () => void }) {
  return (
    <StoredDashboardDialog uid={entry.uid} title={`Move “${entry.title}”`} onClose={onClose}>
      {(stored) => <MoveForm stored={stored} rows={rows} onClose={onClose} />}
    </StoredDashboardDialog>
  );
}

function MoveForm({ stored, rows, onClose }: { stored: StoredDashboard; rows: readonly TreeRow[]; onClose: () => void }) {
  const [folderUid, setFolder] = useState(stored.folderUid);
  const move = useAction((access, uid: string) => saveDashboard(access, stored.document, { folderUid: uid, message: 'Moved to another folder', overwrite: false }), onClose);
  return (
    <Stack gap="sm">
      <FolderSelect rows={rows} value={folderUid} onChange={setFolder} label="Into" />
      {move.failure && <Failure message={move.failure.message} status={move.failure.status} />}
      <Group gap="xs" justify="flex-end">
        <Button size="xs" variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button size="xs" loading={move.busy} disabled={folderUid === stored.folderUid} onClick={() => move.run(folderUid)}>
          Move
        </Button>
      </Group>
    </Stack>
  );
}
