import { array, object, optionalString, string, type Json } from '../json';
import { logfmtPairs } from '../logfmt';

/** What a query to Tempo, Jaeger or Zipkin asks for, in TraceQL where it searches. */
export type TraceQuery =
  | { readonly action: 'search' | 'metrics'; readonly traceql: string }
  | { readonly action: 'trace'; readonly traceId: string }
  | { readonly action: 'serviceMap' }
  | { readonly action: 'none' }
  | { readonly action: 'refused'; readonly message: string };

const METRICS = /\|\s*(rate|(count|min|max|avg|sum|quantile|histogram)_over_time|compare)\s*\(/;

/** Reads a query of Grafana's three trace plugins; variables are replaced already. */
export function readTraceQuery(json: Json): TraceQuery {
  const query = string(json['query']).trim();
  switch (string(json['queryType'])) {
    case 'serviceMap':
    case 'dependencyGraph':
      return { action: 'serviceMap' };
    case 'upload':
      return { action: 'refused', message: 'This query shows a trace that was uploaded in Grafana. Open the file under Traces instead.' };
    case 'traceqlSearch':
      return { action: 'search', traceql: filtersToTraceql(array(json['filters']).map(object)) };
    case 'nativeSearch':
    case 'search':
      return { action: 'search', traceql: oldSearch(json) };
    case 'clear':
      return { action: 'none' };
  }
  if (query === '') {
    return { action: 'none' };
  }
  if (/^[0-9a-fA-F]{1,32}$/.test(query)) {
    return { action: 'trace', traceId: query };
  }
  return { action: METRICS.test(query) ? 'metrics' : 'search', traceql: query };
}

/** The filters of Grafana's search form. */
function filtersToTraceql(filters: readonly Json[]): string {
  const conditions = filters.flatMap((filter) => {
    const values = (Array.isArray(filter['value']) ? filter['value'] : [filter['value']]).map((value) => string(value)).filter((value) => value !== '');
    const tag = string(filter['tag']);
    if (tag === '' || values.length === 0) {
      return [];
    }
    const name = `${scopePrefix(string(filter['scope']), tag)}${tag}`;
    const operator = string(filter['operator'], '=');
    if (values.length === 1) {
      return [`${name}${operator}${literal(values[0] ?? '', string(filter['valueType']), tag)}`];
    }
    return operator === '=~' || operator === '!~'
      ? [`${name}${operator}${JSON.stringify(values.join('|'))}`]
      : [`(${values.map((value) => `${name}${operator}${literal(value, string(filter['valueType']), tag)}`).join(' || ')})`];
  });
  return `{${conditions.join(' && ')}}`;
}

const INTRINSICS = new Set(['name', 'duration', 'status', 'kind', 'statusMessage', 'rootName', 'rootServiceName', 'traceDuration']);

function scopePrefix(scope: string, tag: string): string {
  if (scope === 'intrinsic' || INTRINSICS.has(tag) || tag.includes(':')) {
    return '';
  }
  return scope === '' || scope === 'unscoped' ? '.' : `${scope}.`;
}

function literal(value: string, type: string, tag: string): string {
  const bare = ['keyword', 'duration', 'int', 'float', 'bool'].includes(type) || ['duration', 'traceDuration', 'status', 'kind'].includes(tag);
  return bare && /^[\w.+-]+$/.test(value) ? value : JSON.stringify(value);
}

/** Tempo's search before TraceQL, and Jaeger's. */
function oldSearch(json: Json): string {
  const tags = logfmtPairs(string(json['search'], string(json['tags'])));
  const conditions = [
    ...condition('resource.service.name', optionalString(json['serviceName']) ?? optionalString(json['service'])),
    ...condition('name', optionalString(json['spanName']) ?? optionalString(json['operation'])),
    ...tags.map(([name, value]) => `.${name}=${JSON.stringify(value)}`),
    ...bound('>=', json['minDuration']),
    ...bound('<=', json['maxDuration']),
  ];
  return `{${conditions.join(' && ')}}`;
}

function condition(name: string, value: string | undefined): string[] {
  return value === undefined || value === 'All' ? [] : [`${name}=${JSON.stringify(value)}`];
}

function bound(operator: string, value: unknown): string[] {
  const text = string(value);
  return /^[\d.]+(ns|us|µs|ms|s|m|h)$/.test(text) ? [`traceDuration${operator}${text}`] : [];
}
