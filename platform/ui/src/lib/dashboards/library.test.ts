import { describe, expect, it } from 'vitest';
import { findEntries, folderTree, foldersBelow, readFilter, tagCounts, type Folder, type LibraryEntry } from './library';

const FOLDERS: Folder[] = [
  { uid: 'b', title: 'Backend', parentUid: 'p' },
  { uid: 'z', title: 'Zoo', parentUid: '' },
  { uid: 'p', title: 'Production', parentUid: '' },
  { uid: 'q', title: 'Queues', parentUid: 'b' },
];
const entry = (uid: string, title: string, folderUid: string, tags: string[] = [], starred = false): LibraryEntry => ({ uid, title, folderUid, folderTitle: FOLDERS.find((folder) => folder.uid === folderUid)?.title ?? '', tags, starred });
const ENTRIES = [entry('1', 'Node 10', 'q', ['linux']), entry('2', 'node 9', '', ['linux', 'host'], true), entry('3', 'Billing', 'b', [], true), entry('4', 'Animals', 'z', ['host'])];

describe('folderTree', () => {
  it('puts parents before children, by title', () => {
    expect(folderTree(FOLDERS).map((row) => `${row.depth} ${row.path.join('/')}`)).toEqual(['0 Production', '1 Production/Backend', '2 Production/Backend/Queues', '0 Zoo']);
  });

  it('keeps folders whose parent is gone or that stand in a circle', () => {
    const broken = [{ uid: 'a', title: 'A', parentUid: 'gone' }, { uid: 'c', title: 'C', parentUid: 'd' }, { uid: 'd', title: 'D', parentUid: 'c' }];
    expect(folderTree(broken).map((row) => row.folder.uid)).toEqual(['a', 'c', 'd']);
  });

  it('tells what is below a folder', () => {
    expect([...foldersBelow(folderTree(FOLDERS), 'p')]).toEqual(['p', 'b', 'q']);
    expect([...foldersBelow(folderTree(FOLDERS), 'no such')]).toEqual([]);
  });
});

describe('findEntries', () => {
  const find = (address: string, folderUid?: string) => findEntries(ENTRIES, folderTree(FOLDERS), readFilter(new URLSearchParams(address), folderUid)).map(({ uid }) => uid);
  it.each([
    ['', undefined, ['4', '3', '2', '1']],
    ['sort=title-desc', undefined, ['1', '2', '3', '4']],
    ['sort=folder', undefined, ['2', '3', '1', '4']],
    ['query=NODE', undefined, ['2', '1']],
    ['query=node%20queues', undefined, ['1']],
    ['tag=linux&tag=host', undefined, ['2']],
    ['starred=true', undefined, ['3', '2']],
    ['', 'p', ['3', '1']],
    ['', 'general', ['2']],
    ['', 'no such', []],
    ['sort=nonsense&starred=no', undefined, ['4', '3', '2', '1']],
  ])('%j in %j', (address, folderUid, expected) => {
    expect(find(address, folderUid)).toEqual(expected);
  });
});

it('counts tags once a dashboard', () => {
  expect(tagCounts([...ENTRIES, entry('5', 'x', '', ['host', 'host'])])).toEqual([
    { tag: 'host', count: 3 },
    { tag: 'linux', count: 2 },
  ]);
});
