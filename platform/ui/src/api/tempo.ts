import { array, number, object, optionalNumber, optionalString, string } from '../lib/json';
import type { AbsoluteRange } from '../lib/time';
import { parseTrace, type Trace } from '../lib/trace';
import { getJson, type Access } from './http';

const API = 'tempo/api';

export async function trace(access: Access, traceId: string, signal?: AbortSignal): Promise<Trace> {
  return parseTrace(await getJson(access, `${API}/traces/${encodeURIComponent(traceId)}`, { signal }), traceId);
}

export interface TraceSearch {
  /** TraceQL. */
  readonly query: string;
  readonly range: AbsoluteRange;
  readonly limit: number;
}

export interface TraceSummary {
  readonly traceId: string;
  readonly rootService: string;
  readonly rootName: string;
  readonly startMs: number;
  readonly durationMs: number;
  /** Of the whole trace; undefined where the server does not say. */
  readonly spanCount: number | undefined;
  /** Spans that meet the search. */
  readonly matchedSpans: number | undefined;
  readonly errorCount: number | undefined;
  /** Most spans first. */
  readonly services: readonly { readonly name: string; readonly spans: number; readonly errors: number }[];
}

/** Traces that match, newest first. */
export async function searchTraces(access: Access, search: TraceSearch, signal?: AbortSignal): Promise<TraceSummary[]> {
  const parameters = {
    q: search.query,
    start: Math.floor(search.range.fromMs / 1000),
    end: Math.ceil(search.range.toMs / 1000),
    limit: search.limit,
  };
  const json = object(await getJson(access, `${API}/search`, { parameters, signal }));
  const found = array(json['traces']).map(object).map((item): TraceSummary => {
    const services = Object.entries(object(item['serviceStats']))
      .map(([name, stats]) => ({ name, spans: number(object(stats)['spanCount'], 0), errors: number(object(stats)['errorCount'], 0) }))
      .sort((a, b) => b.spans - a.spans);
    const sum = (key: 'spans' | 'errors') => services.reduce((total, entry) => total + entry[key], 0);
    return {
      traceId: string(item['traceID']),
      rootService: optionalString(item['rootServiceName']) ?? '(root not received)',
      rootName: string(item['rootTraceName']),
      startMs: Number(string(item['startTimeUnixNano'], '0').slice(0, -6)),
      durationMs: number(item['durationMs'], 0),
      spanCount: services.length > 0 ? sum('spans') : undefined,
      matchedSpans: optionalNumber(object(item['spanSet'])['matched']),
      errorCount: services.length > 0 ? sum('errors') : undefined,
      services,
    };
  });
  return found.sort((a, b) => b.startMs - a.startMs);
}

export async function traceTagNames(access: Access, signal?: AbortSignal): Promise<string[]> {
  return array(object(await getJson(access, `${API}/search/tags`, { signal }))['tagNames']).map((name) => string(name));
}

export async function traceTagValues(access: Access, name: string, signal?: AbortSignal): Promise<string[]> {
  const json = object(await getJson(access, `${API}/search/tag/${encodeURIComponent(name)}/values`, { signal }));
  return array(json['tagValues']).map((value) => string(value));
}
