import { array, number, object, string, type Json } from '../lib/json';
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

/** A dashboard as it was saved, with what the server knows of it. */
export interface StoredDashboard {
  /** Of any schema. */
  readonly document: Json;
  readonly uid: string;
  readonly canSave: boolean;
  readonly provisioned: boolean;
  readonly folderTitle: string;
  readonly folderUid: string;
  readonly version: number;
}

export async function dashboard(access: Access, uid: string, signal?: AbortSignal): Promise<StoredDashboard> {
  const json = object(await getJson(access, `api/dashboards/uid/${encodeURIComponent(uid)}`, { signal }));
  const meta = object(json['meta']);
  return {
    document: object(json['dashboard']),
    uid,
    canSave: meta['canSave'] === true,
    provisioned: meta['provisioned'] === true,
    folderTitle: string(meta['folderTitle']),
    folderUid: string(meta['folderUid']),
    version: number(meta['version'], 0),
  };
}
