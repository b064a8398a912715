import { number, object, string, type Json } from '../lib/json';
import { sendJson, type Access } from './http';

export interface SavedDashboard {
  readonly uid: string;
  readonly version: number;
}

export interface SaveOptions {
  readonly folderUid: string;
  readonly message: string;
  /** Saves over what somebody else has saved meanwhile. */
  readonly overwrite: boolean;
}

/** Saves a dashboard as a new version. The server refuses with 412 where a newer one is stored. */
export async function saveDashboard(access: Access, document: Json, options: SaveOptions): Promise<SavedDashboard> {
  const json = object(await sendJson(access, 'POST', 'api/dashboards/db', { dashboard: document, ...options }));
  return { uid: string(json['uid']), version: number(json['version'], 0) };
}
