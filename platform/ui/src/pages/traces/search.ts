import type { TraceSearch } from '../../api/tempo';
import type { Labels } from '../../lib/labels';
import { parseLogfmt } from '../../lib/logfmt';
import type { AbsoluteRange } from '../../lib/time';

/** The search as the address holds it. */
export interface SearchFields {
  readonly service: string;
  readonly name: string;
  readonly minDuration: string;
  readonly maxDuration: string;
  readonly errorsOnly: boolean;
  /** `key=value` pairs as logfmt. */
  readonly attributes: string;
  readonly limit: number;
}

export const LIMITS = [20, 50, 100, 500];

export function searchFrom(params: URLSearchParams): SearchFields {
  return {
    service: params.get('service') ?? '',
    name: params.get('name') ?? '',
    minDuration: params.get('min') ?? '',
    maxDuration: params.get('max') ?? '',
    errorsOnly: params.get('error') === 'true',
    attributes: params.get('attributes') ?? '',
    limit: LIMITS.find((limit) => String(limit) === params.get('limit')) ?? 50,
  };
}

export function searchPatch(search: SearchFields): Record<string, string | undefined> {
  return {
    service: search.service,
    name: search.name,
    min: search.minDuration,
    max: search.maxDuration,
    error: search.errorsOnly ? 'true' : undefined,
    attributes: search.attributes,
    limit: search.limit === 50 ? undefined : String(search.limit),
  };
}

/** Go's durations, as Tempo reads them. */
export function isDuration(text: string): boolean {
  return text === '' || /^(\d+(\.\d+)?(ns|us|µs|ms|s|m|h))+$/.test(text);
}

/** Undefined where a text holds no pairs. */
export function parseAttributes(text: string): Labels | undefined {
  if (text.trim() === '') {
    return {};
  }
  return parseLogfmt(`${text} _=_`) === undefined ? undefined : Object.fromEntries(Object.entries(parseLogfmt(`${text} _=_`) ?? {}).filter(([key]) => key !== '_'));
}

export function toTraceSearch(search: SearchFields, range: AbsoluteRange): TraceSearch {
  const tags: Record<string, string> = { ...parseAttributes(search.attributes) };
  if (search.service !== '') tags['service.name'] = search.service;
  if (search.name !== '') tags['name'] = search.name;
  if (search.errorsOnly) tags['error'] = 'true';
  return { tags, minDuration: search.minDuration || undefined, maxDuration: search.maxDuration || undefined, range, limit: search.limit };
}
