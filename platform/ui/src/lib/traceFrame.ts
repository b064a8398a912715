import type { DataFrame } from './frame/frame';
import { array, object, string } from './json';
import type { Labels } from './labels';
import type { Span, SpanKind, Trace } from './trace';

const KINDS: readonly SpanKind[] = ['unspecified', 'internal', 'server', 'client', 'producer', 'consumer'];
const NEEDED = ['traceID', 'spanID', 'operationName', 'serviceName', 'startTime', 'duration'];

export type ReadTrace = { readonly kind: 'trace'; readonly trace: Trace; readonly others: number } | { readonly kind: 'unreadable'; readonly message: string };

/** Reads Grafana's trace frame: one row a span, times in milliseconds. Of several traces the first is taken. */
export function readTraceFrame(frame: DataFrame): ReadTrace {
  const missing = NEEDED.filter((name) => !frame.fields.some((field) => field.name === name));
  if (missing.length > 0) {
    return { kind: 'unreadable', message: `A traces panel needs the answer of one trace: a query by its id. The columns ${missing.join(', ')} are missing.` };
  }
  const columns = new Map(frame.fields.map((field) => [field.name, field.values]));
  const value = (name: string, row: number) => columns.get(name)?.[row];
  const ids = [...new Set(Array.from({ length: frame.length }, (_, row) => text(value('traceID', row))))];
  const rows = Array.from({ length: frame.length }, (_, row) => row).filter((row) => text(value('traceID', row)) === ids[0]);
  const starts = rows.map((row) => milliseconds(value('startTime', row)));
  const startMs = starts.reduce((least, start) => Math.min(least, start), Infinity);
  const from = Number.isFinite(startMs) ? startMs : 0;
  const spans = rows.map((row): Span => {
    const tags = pairs(value('tags', row));
    const service = text(value('serviceName', row)) || 'unknown_service';
    return {
      spanId: text(value('spanID', row)),
      parentSpanId: text(value('parentSpanID', row)),
      name: text(value('operationName', row)) || '(no name)',
      service,
      kind: kindOf(value('kind', row) ?? tags['span.kind']),
      offsetMs: milliseconds(value('startTime', row)) - from,
      durationMs: Math.max(0, milliseconds(value('duration', row))),
      error: failed(value('statusCode', row), tags),
      statusMessage: text(value('statusMessage', row)),
      scope: text(value('instrumentationLibraryName', row)),
      attributes: tags,
      resource: { 'service.name': service, ...pairs(value('serviceTags', row)) },
      events: array(value('logs', row)).map(object).map((event) => ({ name: string(event['name']), offsetMs: milliseconds(event['timestamp']) - from, attributes: pairs(event['fields']) })),
      links: array(value('references', row)).map(object).map((link) => ({ traceId: text(link['traceID']), spanId: text(link['spanID']), attributes: pairs(link['tags']) })),
    };
  });
  const durationMs = spans.reduce((most, span) => Math.max(most, span.offsetMs + span.durationMs), 0);
  return { kind: 'trace', trace: { traceId: ids[0] ?? '', startMs: from, durationMs, spans }, others: Math.max(0, ids.length - 1) };
}

/** Key and value as a list, or as an object. */
function pairs(value: unknown): Labels {
  const entries = Array.isArray(value) ? value.map(object).map((entry) => [text(entry['key']), text(entry['value'])]) : Object.entries(object(value)).map(([name, entry]) => [name, text(entry)]);
  return Object.fromEntries(entries);
}

function kindOf(value: unknown): SpanKind {
  const name = text(value).toLowerCase();
  return KINDS.find((kind) => kind === name) ?? 'unspecified';
}

function failed(statusCode: unknown, tags: Labels): boolean {
  return statusCode === 2 || statusCode === '2' || text(statusCode).toLowerCase() === 'error' || (Object.hasOwn(tags, 'error') && tags['error'] !== 'false');
}

function milliseconds(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : 0;
}

function text(value: unknown): string {
  return value === null || value === undefined ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value);
}
