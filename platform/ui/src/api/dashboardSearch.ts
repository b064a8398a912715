import { array, object, string } from '../lib/json';
import { getJson, type Access } from './http';

export interface DashboardSearch {
  readonly query?: string | undefined;
  /** Each of them. */
  readonly tags?: readonly string[] | undefined;
  readonly folderUid?: string | undefined;
  readonly starred?: boolean | undefined;
  readonly uids?: readonly string[] | undefined;
  readonly limit?: number | undefined;
}

export interface FoundDashboard {
  readonly uid: string;
  readonly title: string;
  /** Empty for the general folder. */
  readonly folder: string;
  readonly folderUid: string;
  readonly tags: readonly string[];
  readonly starred: boolean;
}

/** Grafana's search of dashboards; conditions that are not given do not narrow it. */
export async function searchDashboards(access: Access, search: DashboardSearch, signal?: AbortSignal): Promise<FoundDashboard[]> {
  const parameters = {
    type: 'dash-db',
    query: search.query === '' ? undefined : search.query,
    tag: search.tags,
    folderUIDs: search.folderUid,
    starred: search.starred === true ? 'true' : undefined,
    dashboardUIDs: search.uids,
    limit: search.limit,
  };
  return array(await getJson(access, 'api/search', { parameters, signal })).map(object).map((item) => ({
    uid: string(item['uid']),
    title: string(item['title']),
    folder: string(item['folderTitle']),
    folderUid: string(item['folderUid']),
    tags: array(item['tags']).map((tag) => string(tag)),
    starred: item['isStarred'] === true,
  }));
}
