/** A dashboard as the list shows it. */
export interface LibraryEntry {
  readonly uid: string;
  readonly title: string;
  /** '' in the general folder. */
  readonly folderUid: string;
  readonly folderTitle: string;
  readonly tags: readonly string[];
  readonly starred: boolean;
}

export interface Folder {
  readonly uid: string;
  readonly title: string;
  /** '' at the root. */
  readonly parentUid: string;
}

export const SORTS = ['title', 'title-desc', 'folder'] as const;
export type LibrarySort = (typeof SORTS)[number];

/** What narrows the list; each condition must hold. */
export interface LibraryFilter {
  readonly text: string;
  readonly tags: readonly string[];
  readonly starred: boolean;
  /** With the folders below it; `general` is what stands in no folder. */
  readonly folderUid: string | undefined;
  readonly sort: LibrarySort;
}

export const GENERAL_UID = 'general';

/** A folder in the order in which the tree is drawn. */
export interface TreeRow {
  readonly folder: Folder;
  readonly depth: number;
  /** Titles from the root, its own last. */
  readonly path: readonly string[];
}

/** The tree, parents before children, by title. A folder whose parent is not there, or in a circle, stands at the root. */
export function folderTree(folders: readonly Folder[]): TreeRow[] {
  const known = new Set(folders.map(({ uid }) => uid));
  const children = new Map<string, Folder[]>();
  for (const folder of folders) {
    const parent = known.has(folder.parentUid) ? folder.parentUid : '';
    children.set(parent, [...(children.get(parent) ?? []), folder]);
  }
  const rows: TreeRow[] = [];
  const seen = new Set<string>();
  const add = (folder: Folder, path: readonly string[]): void => {
    if (seen.has(folder.uid)) return;
    seen.add(folder.uid);
    rows.push({ folder, depth: path.length, path: [...path, folder.title] });
    byTitle(children.get(folder.uid) ?? []).forEach((child) => add(child, [...path, folder.title]));
  };
  byTitle(children.get('') ?? []).forEach((folder) => add(folder, []));
  byTitle(folders).forEach((folder) => add(folder, []));
  return rows;
}

/** The folder itself and all below it. */
export function foldersBelow(rows: readonly TreeRow[], uid: string): ReadonlySet<string> {
  const start = rows.findIndex((row) => row.folder.uid === uid);
  const top = rows[start];
  if (top === undefined) return new Set();
  const rest = rows.slice(start + 1);
  const end = rest.findIndex((row) => row.depth <= top.depth);
  return new Set([uid, ...(end < 0 ? rest : rest.slice(0, end)).map((row) => row.folder.uid)]);
}

/** The dashboards that match, in order. Every word must stand in title, folder or tags, in any case. */
export function findEntries(entries: readonly LibraryEntry[], rows: readonly TreeRow[], filter: LibraryFilter): LibraryEntry[] {
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  const places = filter.folderUid === undefined ? undefined : filter.folderUid === GENERAL_UID ? new Set(['', GENERAL_UID]) : foldersBelow(rows, filter.folderUid);
  const found = entries.filter((entry) => {
    const text = `${entry.title} ${entry.folderTitle} ${entry.tags.join(' ')}`.toLowerCase();
    return words.every((word) => text.includes(word)) && filter.tags.every((tag) => entry.tags.includes(tag)) && (!filter.starred || entry.starred) && (places === undefined || places.has(entry.folderUid));
  });
  return found.sort(ORDERS[filter.sort]);
}

const COLLATOR = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });
const byName = (a: LibraryEntry, b: LibraryEntry): number => COLLATOR.compare(a.title, b.title) || (a.uid < b.uid ? -1 : 1);
const ORDERS: Readonly<Record<LibrarySort, (a: LibraryEntry, b: LibraryEntry) => number>> = {
  title: byName,
  'title-desc': (a, b) => byName(b, a),
  folder: (a, b) => COLLATOR.compare(a.folderTitle, b.folderTitle) || byName(a, b),
};

function byTitle(folders: readonly Folder[]): Folder[] {
  return [...folders].sort((a, b) => COLLATOR.compare(a.title, b.title));
}

/** Tags with how many dashboards have them, the most frequent first. */
export function tagCounts(entries: readonly LibraryEntry[]): { readonly tag: string; readonly count: number }[] {
  const counts = new Map<string, number>();
  entries.flatMap((entry) => [...new Set(entry.tags)]).forEach((tag) => counts.set(tag, (counts.get(tag) ?? 0) + 1));
  return [...counts].map(([tag, count]) => ({ tag, count })).sort((a, b) => b.count - a.count || COLLATOR.compare(a.tag, b.tag));
}

/** What the address says; Grafana's names of parameters. */
export function readFilter(params: URLSearchParams, folderUid: string | undefined): LibraryFilter {
  const sort = params.get('sort');
  return {
    text: params.get('query') ?? '',
    tags: params.getAll('tag'),
    starred: params.get('starred') === 'true',
    folderUid,
    sort: SORTS.find((name) => name === sort) ?? 'title',
  };
}
