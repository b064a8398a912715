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
  /** TraceQL in place of all of these; empty for none. */
  readonly query: string;
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
    query: params.get('q') ?? '',
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
    q: search.query,
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
  return { query: traceql(search), range, limit: search.limit };
}

/** One span has all that is asked for; errors may be those of any span, and the duration is the trace's. */
function traceql(search: SearchFields): string {
  if (search.query.trim() !== '') {
    return search.query;
  }
  const conditions = [
    search.service !== '' && `resource.service.name = ${quoted(search.service)}`,
    search.name !== '' && `name = ${quoted(search.name)}`,
    ...Object.entries(parseAttributes(search.attributes) ?? {}).map(([key, value]) => attribute(key, value)),
    search.minDuration !== '' && `trace:duration >= ${search.minDuration}`,
    search.maxDuration !== '' && `trace:duration <= ${search.maxDuration}`,
  ].filter(Boolean);
  const selector = `{ ${conditions.join(' && ')} }`;
  return search.errorsOnly ? `${selector} && { status = error }` : selector;
}

/** What reads as a number or a truth value may be one, or the text of one. */
function attribute(key: string, value: string): string {
  const text = `.${quoted(key)} = ${quoted(value)}`;
  return /^(-?\d{1,15}(\.\d{1,15})?|true|false)$/.test(value) ? `(${text} || .${quoted(key)} = ${value})` : text;
}

function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&').replace(/\n/g, '\\n')}"`;
}
