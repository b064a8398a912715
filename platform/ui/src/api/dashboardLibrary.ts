import { array, number, object, optionalString, string, type Json } from '../lib/json';
import type { Folder, LibraryEntry } from '../lib/dashboards/library';
import { getJson, getText, sendJson, sendText, type Access } from './http';

/** What one search answers at most. */
const PAGE_HITS = 5000;

/** Every dashboard and every folder that may be seen. */
export async function library(access: Access, signal?: AbortSignal): Promise<{ readonly entries: readonly LibraryEntry[]; readonly folders: readonly Folder[] }> {
  const [dashboards, folders] = await Promise.all([hits(access, 'dash-db', signal), hits(access, 'dash-folder', signal)]);
  return {
    entries: dashboards.map((hit) => ({
      uid: string(hit['uid']),
      title: string(hit['title']),
      folderUid: string(hit['folderUid']),
      folderTitle: string(hit['folderTitle']),
      tags: array(hit['tags']).map((tag) => string(tag)),
      starred: hit['isStarred'] === true,
    })),
    folders: folders.map((hit) => ({ uid: string(hit['uid']), title: string(hit['title']), parentUid: string(hit['folderUid']) })),
  };
}

async function hits(access: Access, type: string, signal?: AbortSignal): Promise<Json[]> {
  const all: Json[] = [];
  for (let page = 1; ; page++) {
    const found = array(await getJson(access, 'api/search', { parameters: { type, limit: PAGE_HITS, page }, signal })).map(object);
    all.push(...found);
    if (found.length < PAGE_HITS) {
      return all;
    }
  }
}

export async function setStar(access: Access, { uid, starred }: { readonly uid: string; readonly starred: boolean }): Promise<void> {
  await sendText(access, starred ? 'POST' : 'DELETE', `api/user/stars/dashboard/uid/${encodeURIComponent(uid)}`);
}

/** What may be done with a folder, and the version that a change names. */
export interface FolderState {
  readonly uid: string;
  readonly title: string;
  readonly canEdit: boolean;
  readonly canDelete: boolean;
  readonly provisioned: boolean;
  readonly version: number;
}

export async function folderState(access: Access, uid: string, signal?: AbortSignal): Promise<FolderState> {
  const json = object(await getJson(access, `${folderPath(uid)}`, { signal }));
  return {
    uid,
    title: string(json['title']),
    canEdit: json['canEdit'] === true,
    canDelete: json['canDelete'] === true,
    provisioned: string(json['managedBy']) !== '',
    version: number(json['version'], 0),
  };
}

/** How much is below a folder, at any depth. */
export async function folderCounts(access: Access, uid: string, signal?: AbortSignal): Promise<{ readonly folders: number; readonly dashboards: number }> {
  const json = object(await getJson(access, `${folderPath(uid)}/counts`, { signal }));
  return { folders: number(json['folder'], 0), dashboards: number(json['dashboard'], 0) };
}

export async function createFolder(access: Access, folder: { readonly title: string; readonly parentUid: string }): Promise<string> {
  return string(object(await sendJson(access, 'POST', 'api/folders', folder))['uid']);
}

export async function renameFolder(access: Access, { uid, title, version }: { readonly uid: string; readonly title: string; readonly version: number }): Promise<void> {
  await sendJson(access, 'PUT', folderPath(uid), { title, version });
}

export async function moveFolder(access: Access, { uid, parentUid }: { readonly uid: string; readonly parentUid: string }): Promise<void> {
  await sendJson(access, 'POST', `${folderPath(uid)}/move`, { parentUid });
}

/** With all that is in it. */
export async function deleteFolder(access: Access, uid: string): Promise<void> {
  await sendText(access, 'DELETE', folderPath(uid));
}

function folderPath(uid: string): string {
  return `api/folders/${encodeURIComponent(uid)}`;
}

/** Stores a dashboard without panels; its uid. */
export async function createDashboard(access: Access, { title, folderUid }: { readonly title: string; readonly folderUid: string }): Promise<string> {
  const dashboard = { title, panels: [], schemaVersion: 42, tags: [], time: { from: 'now-1h', to: 'now' } };
  return string(object(await sendJson(access, 'POST', 'api/dashboards/db', { dashboard, folderUid }))['uid']);
}

export async function deleteDashboard(access: Access, uid: string): Promise<void> {
  await sendText(access, 'DELETE', dashboardPath(uid));
}

/** One stored state of a dashboard. */
export interface DashboardVersion {
  readonly version: number;
  readonly created: string;
  /** Empty where nobody is known. */
  readonly author: string;
  readonly message: string;
  /** 0 where it restores none. */
  readonly restoredFrom: number;
}

/** Newest first. */
export async function dashboardVersions(access: Access, uid: string, start: number, limit: number, signal?: AbortSignal): Promise<DashboardVersion[]> {
  const json = object(await getJson(access, `${dashboardPath(uid)}/versions`, { parameters: { start, limit }, signal }));
  return array(json['versions'])
    .map(object)
    .map((version) => ({
      version: number(version['version'], 0),
      created: string(version['created']),
      author: string(version['createdBy']),
      message: string(version['message']),
      restoredFrom: number(version['restoredFrom'], 0),
    }));
}

export async function dashboardOfVersion(access: Access, uid: string, version: number, signal?: AbortSignal): Promise<Json> {
  return object(object(await getJson(access, `${dashboardPath(uid)}/versions/${version}`, { signal }))['data']);
}

/** Saves a former version anew; the number of the new one. */
export async function restoreVersion(access: Access, { uid, version }: { readonly uid: string; readonly version: number }): Promise<number> {
  return number(object(await sendJson(access, 'POST', `${dashboardPath(uid)}/restore`, { version }))['version'], 0);
}

/** The text as it came, byte for byte; the newest without a version. */
export async function originalText(access: Access, { uid, version }: { readonly uid: string; readonly version: number | undefined }): Promise<string> {
  return getText(access, `api/platform/dashboards/${encodeURIComponent(uid)}/original`, { parameters: { version } });
}

function dashboardPath(uid: string): string {
  return `api/dashboards/uid/${encodeURIComponent(uid)}`;
}

/** One difference between two versions; `before` and `value` are JSON. */
export interface DashboardChange {
  readonly op: string;
  readonly path: string;
  readonly from: string | undefined;
  readonly before: unknown;
  readonly value: unknown;
}

export async function dashboardChanges(access: Access, uid: string, from: number, to: number, signal?: AbortSignal): Promise<DashboardChange[]> {
  const json = object(await getJson(access, `api/platform/dashboards/${encodeURIComponent(uid)}/diff`, { parameters: { from, to }, signal }));
  return array(json['changes'])
    .map(object)
    .map((change) => ({ op: string(change['op']), path: string(change['path']), from: optionalString(change['from']), before: change['before'], value: change['value'] }));
}
