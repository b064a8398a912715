import { array, object, string } from '../lib/json';
import type { Labels } from '../lib/labels';
import type { LogStream } from '../lib/logs';
import type { AbsoluteRange } from '../lib/time';
import { getJson, type Access } from './http';
import { labelsOf } from './prometheus';

const API = 'loki/api/v1';

/** Asks for structured metadata apart from the labels of the stream. */
const CATEGORIZED = { 'X-Loki-Response-Encoding-Flags': 'categorize-labels' };

export interface LogQuery {
  readonly query: string;
  readonly range: AbsoluteRange;
  readonly limit: number;
}

/** Lines by stream, the newest ones of the range. A metric query is refused by the server. */
export async function queryLogs(access: Access, query: LogQuery, signal?: AbortSignal): Promise<LogStream[]> {
  const parameters = {
    query: query.query,
    ...nanoseconds(query.range),
    limit: query.limit,
    direction: 'backward',
  };
  const json = object(await getJson(access, `${API}/query_range`, { parameters, headers: CATEGORIZED, signal }));
  const result = array(object(json['data'])['result']).map(object);
  return result.map((item) => ({ stream: labelsOf(item['stream']), values: array(item['values']).map(entryOf) }));
}

export async function logLabelNames(access: Access, range: AbsoluteRange, signal?: AbortSignal): Promise<string[]> {
  return strings(await getJson(access, `${API}/labels`, { parameters: nanoseconds(range), signal }));
}

export async function logLabelValues(access: Access, label: string, range: AbsoluteRange, selector?: string, signal?: AbortSignal): Promise<string[]> {
  const parameters = { ...nanoseconds(range), query: selector };
  return strings(await getJson(access, `${API}/label/${encodeURIComponent(label)}/values`, { parameters, signal }));
}

function entryOf(value: unknown): LogStream['values'][number] {
  const entry = array(value);
  const extra = object(entry[2]);
  const categories: { structuredMetadata?: Labels; parsed?: Labels } = {};
  if ('structuredMetadata' in extra || 'parsed' in extra) {
    categories.structuredMetadata = labelsOf(extra['structuredMetadata']);
    categories.parsed = labelsOf(extra['parsed']);
  } else {
    categories.structuredMetadata = labelsOf(extra);
  }
  return [String(entry[0] ?? '0'), string(entry[1]), categories];
}

function nanoseconds(range: AbsoluteRange): { start: string; end: string } {
  return { start: `${Math.floor(range.fromMs)}000000`, end: `${Math.floor(range.toMs)}000000` };
}

function strings(json: unknown): string[] {
  return array(object(json)['data']).map((item) => string(item));
}
