import { array, number, object, optionalNumber, optionalString, string } from '../lib/json';
import type { AbsoluteRange } from '../lib/time';
import { getJson, type Access } from './http';

export interface AnnotationListQuery {
  /** Each of them. */
  readonly tags: readonly string[];
  readonly limit: number;
  readonly dashboardUid: string | undefined;
  /** All times without one. */
  readonly range: AbsoluteRange | undefined;
}

export interface ListedAnnotation {
  readonly id: number;
  readonly timeMs: number;
  readonly timeEndMs: number;
  readonly text: string;
  readonly tags: readonly string[];
  readonly login: string;
  readonly dashboardUid: string | undefined;
  readonly panelId: number | undefined;
}

/** Annotations by Grafana's API, newest first; incidents are those with the tag `incident`. */
export async function listAnnotations(access: Access, query: AnnotationListQuery, signal?: AbortSignal): Promise<ListedAnnotation[]> {
  const parameters = {
    tags: query.tags,
    limit: query.limit,
    dashboardUID: query.dashboardUid,
    from: query.range === undefined ? undefined : Math.floor(query.range.fromMs),
    to: query.range === undefined ? undefined : Math.ceil(query.range.toMs),
  };
  return array(await getJson(access, 'api/annotations', { parameters, signal })).map(object).map((item) => {
    const timeMs = number(item['time'], 0);
    const panelId = optionalNumber(item['panelId']);
    return {
      id: number(item['id'], 0),
      timeMs,
      timeEndMs: Math.max(timeMs, number(item['timeEnd'], timeMs)),
      text: string(item['text']),
      tags: array(item['tags']).map((tag) => string(tag)).filter((tag) => tag !== ''),
      login: string(item['login']),
      dashboardUid: optionalString(item['dashboardUID']),
      panelId: panelId === 0 ? undefined : panelId,
    };
  });
}
