import { sendJson, type Access } from './http';

export interface NewAnnotation {
  readonly dashboardUid: string;
  /** 0 for the whole dashboard. */
  readonly panelId: number;
  readonly timeMs: number;
  /** The same as `timeMs` for a moment. */
  readonly timeEndMs: number;
  readonly text: string;
  readonly tags: readonly string[];
}

export async function saveAnnotation(access: Access, annotation: NewAnnotation): Promise<void> {
  const { dashboardUid, panelId, timeMs, timeEndMs, text, tags } = annotation;
  await sendJson(access, 'POST', 'api/annotations', { dashboardUID: dashboardUid, ...(panelId === 0 ? {} : { panelId }), time: Math.round(timeMs), timeEnd: Math.round(timeEndMs), text, tags });
}

export async function deleteAnnotation(access: Access, id: number): Promise<void> {
  await sendJson(access, 'DELETE', `api/annotations/${id}`, undefined);
}
