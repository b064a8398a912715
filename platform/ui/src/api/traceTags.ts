import { array, object, string } from '../lib/json';
import type { AbsoluteRange } from '../lib/time';
import { getJson, type Access } from './http';

function seconds(range: AbsoluteRange): { start: number; end: number } {
  return { start: Math.floor(range.fromMs / 1000), end: Math.ceil(range.toMs / 1000) };
}

/** Attributes of spans and resources with their scope, such as `resource.service.name`. */
export async function spanTags(access: Access, range: AbsoluteRange, signal?: AbortSignal): Promise<string[]> {
  const answer = object(await getJson(access, 'tempo/api/v2/search/tags', { parameters: { ...seconds(range), limit: 2000 }, signal }));
  return array(answer['scopes']).map(object).flatMap((scope) => {
    const name = string(scope['name']);
    return name === 'intrinsic' ? [] : array(scope['tags']).map((tag) => `${name}.${string(tag)}`);
  });
}

export interface TagValue {
  readonly type: string;
  readonly text: string;
}

export async function spanTagValues(access: Access, tag: string, range: AbsoluteRange, signal?: AbortSignal): Promise<TagValue[]> {
  const answer = object(await getJson(access, `tempo/api/v2/search/tag/${encodeURIComponent(tag)}/values`, { parameters: { ...seconds(range), limit: 500 }, signal }));
  return array(answer['tagValues']).map(object).map((value) => ({ type: string(value['type']), text: string(value['value']) }));
}
