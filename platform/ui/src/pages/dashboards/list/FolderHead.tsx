import { Anchor, Button, Group, Text } from '@mantine/core';
import { Fragment, useState } from 'react';
import { Link } from 'wouter';
import { folderState, type FolderState } from '../../../api/dashboardLibrary';
import { useHref } from '../../../app/urlState';
import { useData } from '../../../app/useData';
import { Failure } from '../../../components/states';
import type { TreeRow } from '../../../lib/dashboards/library';
import { DeleteFolderDialog } from './DeleteFolderDialog';
import { MoveFolderDialog } from './MoveFolderDialog';
import { RenameFolderDialog } from './RenameFolderDialog';

type Dialog = 'rename' | 'move' | 'delete';

/** Where a folder stands, and what may be done with it. */
export function FolderHead({ row, rows }: { row: TreeRow; rows: readonly TreeRow[] }) {
  const data = useData(['folder', row.folder.uid], (access, signal) => folderState(access, row.folder.uid, signal), { refreshes: false });
  return (
    <Group justify="space-between" gap="xs">
      <Trail row={row} rows={rows} />
      {data.kind === 'failed' && <Failure message={data.message} status={data.status} />}
      {data.kind === 'loaded' && <FolderTools state={data.value} row={row} rows={rows} />}
    </Group>
  );
}

function Trail({ row, rows }: { row: TreeRow; rows: readonly TreeRow[] }) {
  const href = useHref();
  const at = rows.indexOf(row);
  // The nearest row before it of each smaller depth is on the way to the root.
  const above = Array.from({ length: row.depth }, (_, depth) => rows.slice(0, at).findLast((other) => other.depth === depth)).filter((other) => other !== undefined);
  return (
    <Text size="sm" component="nav" aria-label="Path of the folder" className="wrap-anywhere">
      <Anchor component={Link} href={href('/dashboards')} underline="always">
        Dashboards
      </Anchor>
      {above.map(({ folder }) => (
        <Fragment key={folder.uid}>
          {' / '}
          <Anchor component={Link} href={href(`/dashboards/f/${encodeURIComponent(folder.uid)}`)} underline="always">
            {folder.title}
          </Anchor>
        </Fragment>
      ))}
      {` / ${row.folder.title}`}
    </Text>
  );
}

function FolderTools({ state, row, rows }: { state: FolderState; row: TreeRow; rows: readonly TreeRow[] }) {
  const [dialog, setDialog] = useState<Dialog | undefined>(undefined);
  const close = () => setDialog(undefined);
  if (!state.canEdit) {
    return (
      <Text size="xs" c="dimmed">
        {state.provisioned ? 'This folder comes from files; change it there.' : 'To change this folder, enter a token of an administrator under “Tenant and token”.'}
      </Text>
    );
  }
  return (
    <Group gap={6}>
      <Button size="compact-xs" variant="default" onClick={() => setDialog('rename')}>
        Rename
      </Button>
      <Button size="compact-xs" variant="default" onClick={() => setDialog('move')}>
        Move
      </Button>
      <Button size="compact-xs" variant="default" disabled={!state.canDelete} onClick={() => setDialog('delete')}>
        Delete
      </Button>
      {dialog === 'rename' && <RenameFolderDialog state={state} onClose={close} />}
      {dialog === 'move' && <MoveFolderDialog row={row} rows={rows} onClose={close} />}
      {dialog === 'delete' && <DeleteFolderDialog row={row} onClose={close} />}
    </Group>
  );
}
