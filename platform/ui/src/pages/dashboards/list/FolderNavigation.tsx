import { useMediaQuery } from '@mantine/hooks';
import { useMemo } from 'react';
import { Link } from 'wouter';
import { useHref, useUrlState } from '../../../app/urlState';
import { foldersBelow, GENERAL_UID, type LibraryEntry, type TreeRow } from '../../../lib/dashboards/library';

interface Props {
  readonly rows: readonly TreeRow[];
  readonly entries: readonly LibraryEntry[];
  readonly current: string | undefined;
}

/** The folders as a tree of links; they keep what else narrows the list. */
export function FolderNavigation({ rows, entries, current }: Props) {
  const wide = useMediaQuery('(min-width: 48em)', true, { getInitialValueInEffect: false });
  const counts = useMemo(() => {
    const own = new Map<string, number>();
    entries.forEach(({ folderUid }) => own.set(folderUid, (own.get(folderUid) ?? 0) + 1));
    return new Map(rows.map(({ folder }) => [folder.uid, [...foldersBelow(rows, folder.uid)].reduce((sum, uid) => sum + (own.get(uid) ?? 0), 0)]));
  }, [rows, entries]);
  const loose = entries.filter(({ folderUid }) => folderUid === '' || folderUid === GENERAL_UID).length;
  return (
    <nav aria-label="Folders" className="card folders">
      <details open={wide}>
        <summary>Folders</summary>
        <ul>
          <FolderLink path="/dashboards" title="All dashboards" depth={0} count={entries.length} active={current === undefined} />
          <FolderLink path={`/dashboards/f/${GENERAL_UID}`} title="In no folder" depth={0} count={loose} active={current === GENERAL_UID} />
          {rows.map(({ folder, depth }) => (
            <FolderLink key={folder.uid} path={`/dashboards/f/${encodeURIComponent(folder.uid)}`} title={folder.title} depth={depth} count={counts.get(folder.uid) ?? 0} active={current === folder.uid} />
          ))}
        </ul>
      </details>
    </nav>
  );
}

function FolderLink({ path, title, depth, count, active }: { path: string; title: string; depth: number; count: number; active: boolean }) {
  const href = useHref();
  const { params } = useUrlState();
  const kept = { query: params.get('query') ?? '', tag: params.getAll('tag'), sort: params.get('sort') ?? '', starred: params.get('starred') ?? '' };
  return (
    <li>
      <Link href={href(path, kept)} className="folder-link" style={{ paddingLeft: 10 + depth * 14 }} {...(active ? { 'aria-current': 'page' as const } : {})}>
        <span className="wrap-anywhere">{title}</span>
        <span className="folder-count">{count}</span>
      </Link>
    </li>
  );
}
