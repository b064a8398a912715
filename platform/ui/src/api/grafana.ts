import { normaliseDashboard, type Dashboard } from '../lib/dashboard';
import { array, object, string } from '../lib/json';
import { getJson, type Access } from './http';

export interface DashboardEntry {
  readonly uid: string;
  readonly title: string;
  /** Empty for the general folder. */
  readonly folder: string;
  readonly folderUid: string;
  readonly tags: readonly string[];
}

export async function dashboards(access: Access, signal?: AbortSignal): Promise<DashboardEntry[]> {
  const list = array(await getJson(access, 'api/search', { parameters: { type: 'dash-db' }, signal }));
  return list.map(object).map((item) => ({
    uid: string(item['uid']),
    title: string(item['title']),
    folder: string(item['folderTitle']),
    folderUid: string(item['folderUid']),
    tags: array(item['tags']).map((tag) => string(tag)),
  }));
}

export async function dashboard(access: Access, uid: string, signal?: AbortSignal): Promise<Dashboard> {
  const json = object(await getJson(access, `api/dashboards/uid/${encodeURIComponent(uid)}`, { signal }));
  return { ...normaliseDashboard(json['dashboard']), uid };
}
