import { Button, Group, Stack, Text } from '@mantine/core';
import { useMemo, useState } from 'react';
import { Link } from 'wouter';
import { library } from '../../../api/dashboardLibrary';
import { useHref, useUrlState } from '../../../app/urlState';
import { useData } from '../../../app/useData';
import { PageTitle } from '../../../components/PageTitle';
import { Loaded } from '../../../components/states';
import { findEntries, folderTree, readFilter, type Folder, type LibraryEntry } from '../../../lib/dashboards/library';
import { DashboardList } from './DashboardList';
import { FolderDialog } from './FolderDialog';
import { FolderHead } from './FolderHead';
import { FolderNavigation } from './FolderNavigation';
import { ListFilter } from './ListFilter';
import { NewDashboardDialog } from './NewDashboardDialog';
import './list.css';

/** Every dashboard, or those of one folder and the folders below it. */
export default function DashboardsPage({ folderUid }: { folderUid: string | undefined }) {
  const data = useData(['dashboard library'], library, { compared: false });
  return (
    <Stack gap="xs">
      <Loaded data={data}>{({ entries, folders }) => <Library entries={entries} folders={folders} folderUid={folderUid} />}</Loaded>
    </Stack>
  );
}

function Library({ entries, folders, folderUid }: { entries: readonly LibraryEntry[]; folders: readonly Folder[]; folderUid: string | undefined }) {
  const { params } = useUrlState();
  const href = useHref();
  const [dialog, setDialog] = useState<'dashboard' | 'folder' | undefined>(undefined);
  const rows = useMemo(() => folderTree(folders), [folders]);
  const filter = useMemo(() => readFilter(params, folderUid), [params, folderUid]);
  const found = useMemo(() => findEntries(entries, rows, filter), [entries, rows, filter]);
  const row = rows.find(({ folder }) => folder.uid === folderUid);
  const inside = row === undefined ? '' : row.folder.uid;
  return (
    <>
      <PageTitle title={row === undefined ? 'Dashboards' : row.folder.title}>
        <Group gap={6}>
          <Button size="compact-sm" onClick={() => setDialog('dashboard')}>
            New dashboard
          </Button>
          <Button size="compact-sm" variant="default" onClick={() => setDialog('folder')}>
            New folder
          </Button>
          <Button size="compact-sm" variant="default" component={Link} href={href('/dashboard/import', { folderUid: inside })}>
            Import
          </Button>
        </Group>
      </PageTitle>
      {row !== undefined && <FolderHead key={row.folder.uid} row={row} rows={rows} />}
      <ListFilter entries={entries} filter={filter} />
      <div className="library">
        <FolderNavigation rows={rows} entries={entries} current={folderUid} />
        <Stack gap={4} miw={0}>
          <Text size="xs" c="dimmed" role="status">
            {found.length === entries.length ? `${entries.length} dashboards` : `${found.length} of ${entries.length} dashboards`}
          </Text>
          <DashboardList found={found} rows={rows} empty={entries.length === 0} />
        </Stack>
      </div>
      {dialog === 'dashboard' && <NewDashboardDialog rows={rows} folderUid={inside} onClose={() => setDialog(undefined)} />}
      {dialog === 'folder' && <FolderDialog rows={rows} parentUid={inside} onClose={() => setDialog(undefined)} />}
    </>
  );
}
