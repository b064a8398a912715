import type { components } from './generated/platform';
import { getJson, type Access } from './http';

type Schemas = components['schemas'];
export type PlatformStatus = Schemas['PlatformStatus'];
export type Notification = Schemas['Notification'];
export type Incident = Schemas['Incident'];
export type Service = Schemas['Service'];

export async function platformStatus(access: Access, signal?: AbortSignal): Promise<PlatformStatus> {
  return (await getJson(access, 'api/platform/status', { signal })) as PlatformStatus;
}

/** Newest first. */
export async function notifications(access: Access, limit: number, signal?: AbortSignal): Promise<readonly Notification[]> {
  const list = (await getJson(access, 'api/platform/notifications', { parameters: { limit }, signal })) as Schemas['NotificationList'];
  return list.notifications;
}

/** Newest first. */
export async function incidents(access: Access, limit: number, signal?: AbortSignal): Promise<readonly Incident[]> {
  const list = (await getJson(access, 'api/platform/incidents', { parameters: { limit }, signal })) as Schemas['IncidentList'];
  return list.incidents;
}

/** Services with the golden signals of their last seconds, by name. */
export async function services(access: Access, windowSeconds: number, signal?: AbortSignal): Promise<readonly Service[]> {
  const list = (await getJson(access, 'api/platform/services', { parameters: { windowSeconds }, signal })) as Schemas['ServiceList'];
  return list.services;
}
