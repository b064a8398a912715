import { useState } from 'react';
import { setStar } from '../../../api/dashboardLibrary';
import { useAction } from '../../../app/useAction';
import { Empty, Failure } from '../../../components/states';
import { VirtualRows } from '../../../components/VirtualRows';
import type { LibraryEntry, TreeRow } from '../../../lib/dashboards/library';
import { DashboardRow, type RowActions } from './DashboardRow';
import { DeleteDashboardDialog } from './DeleteDashboardDialog';
import { MoveDashboardDialog } from './MoveDashboardDialog';

/** Up to so many rows stand in the document at once. */
const VIRTUAL_FROM = 200;
const ROW_HEIGHT_PX = 46;

interface Opened {
  readonly kind: 'move' | 'delete';
  readonly entry: LibraryEntry;
}

/** The dashboards that were found, with the dialogs that change one of them. */
export function DashboardList({ found, rows, empty }: { found: readonly LibraryEntry[]; rows: readonly TreeRow[]; empty: boolean }) {
  const [opened, setOpened] = useState<Opened | undefined>(undefined);
  const star = useAction(setStar);
  const paths = new Map(rows.map(({ folder, path }) => [folder.uid, path.join(' / ')]));
  const actions: RowActions = {
    star: (entry) => star.run({ uid: entry.uid, starred: !entry.starred }),
    move: (entry) => setOpened({ kind: 'move', entry }),
    remove: (entry) => setOpened({ kind: 'delete', entry }),
  };
  const draw = (entry: LibraryEntry) => <DashboardRow entry={entry} path={paths.get(entry.folderUid) ?? entry.folderTitle} actions={actions} />;
  const close = () => setOpened(undefined);
  return (
    <>
      {star.failure && <Failure message={star.failure.message} status={star.failure.status} />}
      <div className="card">
        {found.length === 0 && <Empty>{empty ? 'There are no dashboards yet. Make one, import one, or name a folder of Grafana dashboard files under “files: dashboards”.' : 'No dashboard is like that. Take a word, a tag or the folder away.'}</Empty>}
        {found.length > VIRTUAL_FROM ? (
          <VirtualRows count={found.length} rowHeight={ROW_HEIGHT_PX} keyOf={(index) => found[index]?.uid ?? String(index)} render={(index) => found[index] && draw(found[index])} label="Dashboards" />
        ) : (
          found.length > 0 && (
            <ul className="dashboard-rows" aria-label="Dashboards">
              {found.map((entry) => (
                <li key={entry.uid}>{draw(entry)}</li>
              ))}
            </ul>
          )
        )}
      </div>
      {opened?.kind === 'move' && <MoveDashboardDialog entry={opened.entry} rows={rows} onClose={close} />}
      {opened?.kind === 'delete' && <DeleteDashboardDialog entry={opened.entry} onClose={close} />}
    </>
  );
}
