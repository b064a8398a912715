import { array, object, string } from '../lib/json';
import type { AbsoluteRange } from '../lib/time';
import { parseTrace, type Trace } from '../lib/trace';
import { getJson, type Access, type QueryParameters } from './http';

/** An answer with how it was asked for. */
export interface Asked<T> {
  readonly value: T;
  /** Path and parameters. */
  readonly request: string;
  readonly tookMs: number;
}

/** What Prometheus and Loki answer to a query. */
export interface QueryAnswer {
  /** `resultType` and `result`. */
  readonly data: unknown;
  readonly stats: unknown;
  readonly notices: readonly { readonly severity: 'info' | 'warning'; readonly text: string }[];
}

/** Asks for structured metadata apart from the labels of the stream. */
const CATEGORISED = { 'X-Loki-Response-Encoding-Flags': 'categorize-labels' };

async function ask(access: Access, path: string, parameters: QueryParameters, signal: AbortSignal | undefined, headers: Readonly<Record<string, string>> = {}): Promise<Asked<unknown>> {
  const before = performance.now();
  const value = await getJson(access, path, { parameters, headers, signal });
  return { value, request: requestText(path, parameters), tookMs: performance.now() - before };
}

function requestText(path: string, parameters: QueryParameters): string {
  const given = Object.entries(parameters).filter(([, value]) => value !== undefined);
  return `${path}?${given.map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`).join('&')}`;
}

function queryAnswer({ value, ...asked }: Asked<unknown>): Asked<QueryAnswer> {
  const json = object(value);
  const data = object(json['data']);
  const notices = (list: unknown, severity: 'info' | 'warning') => array(list).map((text) => ({ severity, text: string(text) }));
  return { ...asked, value: { data, stats: data['stats'], notices: [...notices(json['warnings'], 'warning'), ...notices(json['infos'], 'info')] } };
}

/** Whether the server is asked for the statistics of the query; they cost an array of the range's length. */
export interface QueryOptions {
  readonly stats: boolean;
}

export async function promRange(access: Access, query: string, range: AbsoluteRange, stepMs: number, options: QueryOptions, signal?: AbortSignal): Promise<Asked<QueryAnswer>> {
  const parameters = { query, start: range.fromMs / 1000, end: range.toMs / 1000, step: stepMs / 1000, stats: options.stats ? 'all' : undefined };
  return queryAnswer(await ask(access, 'prometheus/api/v1/query_range', parameters, signal));
}

export async function promInstant(access: Access, query: string, timeMs: number, options: QueryOptions, signal?: AbortSignal): Promise<Asked<QueryAnswer>> {
  return queryAnswer(await ask(access, 'prometheus/api/v1/query', { query, time: timeMs / 1000, stats: options.stats ? 'all' : undefined }, signal));
}

export async function promExemplars(access: Access, query: string, range: AbsoluteRange, signal?: AbortSignal): Promise<Asked<unknown>> {
  const { value, ...asked } = await ask(access, 'prometheus/api/v1/query_exemplars', { query, start: range.fromMs / 1000, end: range.toMs / 1000 }, signal);
  return { ...asked, value: object(value)['data'] };
}

export interface LokiRange {
  readonly query: string;
  readonly range: AbsoluteRange;
  readonly stepMs: number;
  readonly limit: number;
  readonly direction: 'forward' | 'backward';
}

export async function lokiRange(access: Access, asked: LokiRange, signal?: AbortSignal): Promise<Asked<QueryAnswer>> {
  const parameters = { query: asked.query, start: nanos(asked.range.fromMs), end: nanos(asked.range.toMs), step: `${asked.stepMs}ms`, limit: asked.limit, direction: asked.direction };
  return queryAnswer(await ask(access, 'loki/api/v1/query_range', parameters, signal, CATEGORISED));
}

export async function lokiInstant(access: Access, query: string, timeMs: number, limit: number, signal?: AbortSignal): Promise<Asked<QueryAnswer>> {
  return queryAnswer(await ask(access, 'loki/api/v1/query', { query, time: nanos(timeMs), limit }, signal, CATEGORISED));
}

export async function tempoSearch(access: Access, query: string, range: AbsoluteRange, limits: { readonly limit: number; readonly spss: number }, signal?: AbortSignal): Promise<Asked<unknown>> {
  return ask(access, 'tempo/api/search', { q: query, ...seconds(range), ...limits }, signal);
}

export async function tempoTrace(access: Access, traceId: string, signal?: AbortSignal): Promise<Asked<Trace>> {
  const { value, ...asked } = await ask(access, `tempo/api/traces/${encodeURIComponent(traceId)}`, {}, signal);
  return { ...asked, value: parseTrace(value, traceId) };
}

/** A TraceQL metrics query; without a step the value over the whole range. */
export async function tempoMetrics(access: Access, query: string, range: AbsoluteRange, stepMs: number | undefined, signal?: AbortSignal): Promise<Asked<unknown>> {
  const path = stepMs === undefined ? 'tempo/api/metrics/query' : 'tempo/api/metrics/query_range';
  return ask(access, path, { q: query, ...seconds(range), step: stepMs === undefined ? undefined : `${stepMs / 1000}s` }, signal);
}

export async function serviceDependencies(access: Access, range: AbsoluteRange, signal?: AbortSignal): Promise<Asked<unknown>> {
  return ask(access, 'api/platform/traces/dependencies', { start: range.fromMs / 1000, end: range.toMs / 1000 }, signal);
}

/** The alerts that Alertmanager holds. */
export async function alertmanagerAlerts(access: Access, filter: readonly string[], signal?: AbortSignal): Promise<Asked<unknown>> {
  return ask(access, 'alertmanager/api/v2/alerts', { filter }, signal);
}

export interface AnnotationFilter {
  readonly range: AbsoluteRange;
  readonly limit: number;
  readonly tags: readonly string[];
  readonly matchAny: boolean;
  readonly dashboardUid: string | undefined;
  readonly type: 'annotation' | 'alert' | undefined;
}

/** Annotations as Grafana's API gives them. */
export async function storedAnnotations(access: Access, filter: AnnotationFilter, signal?: AbortSignal): Promise<Asked<unknown>> {
  const parameters = {
    from: Math.floor(filter.range.fromMs),
    to: Math.ceil(filter.range.toMs),
    limit: filter.limit,
    tags: filter.tags,
    matchAny: filter.matchAny ? 'true' : undefined,
    dashboardUID: filter.dashboardUid,
    type: filter.type,
  };
  return ask(access, 'api/annotations', parameters, signal);
}

/** What Grafana's search finds. */
export async function searchDashboards(access: Access, query: string, tags: readonly string[], signal?: AbortSignal): Promise<Asked<unknown>> {
  return ask(access, 'api/search', { type: 'dash-db', query: query === '' ? undefined : query, tag: tags }, signal);
}

function nanos(ms: number): string {
  return `${Math.floor(ms)}000000`;
}

function seconds(range: AbsoluteRange): { start: number; end: number } {
  return { start: Math.floor(range.fromMs / 1000), end: Math.ceil(range.toMs / 1000) };
}
