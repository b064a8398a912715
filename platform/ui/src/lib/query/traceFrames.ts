import type { DataLink, FieldConfig } from '../field/fieldConfig';
import type { DataFrame, Field, FieldType } from '../frame/frame';
import { array, number, object, optionalString, string, type Json } from '../json';
import type { Labels } from '../labels';
import { attributesOf, type Trace } from '../trace';
import { legendName, timeFieldOf, type SeriesQuery } from './seriesFrames';

const OPEN_TRACE: DataLink = { title: 'Open trace', url: '/explore/traces/${__value.raw}', targetBlank: false };

/** The traces of a search: one row a trace. */
export function traceTable(refId: string, expr: string, answer: unknown): DataFrame {
  const rows = array(object(answer)['traces']).map(object).map((item) => ({
    traceID: string(item['traceID']),
    startTime: nanosToMs(item['startTimeUnixNano']),
    traceService: optionalString(item['rootServiceName']) ?? '(root not received)',
    traceName: string(item['rootTraceName']),
    traceDuration: number(item['durationMs'], 0),
  }));
  rows.sort((a, b) => b.startTime - a.startTime);
  return table(refId, expr, rows, [
    column('traceID', 'string', { displayName: 'Trace ID', links: [OPEN_TRACE] }),
    column('startTime', 'time', { displayName: 'Start time' }),
    column('traceService', 'string', { displayName: 'Service' }),
    column('traceName', 'string', { displayName: 'Name' }),
    column('traceDuration', 'number', { displayName: 'Duration', unit: 'ms' }),
  ]);
}

/** The spans of a search that meet it: one row a span, with the attributes that the answer carries. */
export function spanTable(refId: string, expr: string, answer: unknown): DataFrame {
  const rows = array(object(answer)['traces']).map(object).flatMap((trace) => {
    const sets = array(trace['spanSets']).length > 0 ? array(trace['spanSets']) : [trace['spanSet']];
    return sets.map(object).flatMap((set) =>
      array(set['spans']).map(object).map((span): Json => ({
        ...attributesOf(set['attributes']),
        ...attributesOf(span['attributes']),
        traceIdHidden: string(trace['traceID']),
        traceService: string(trace['rootServiceName']),
        traceName: string(trace['rootTraceName']),
        spanID: string(span['spanID']),
        time: nanosToMs(span['startTimeUnixNano']),
        name: string(span['name']),
        duration: number(span['durationNanos'], 0),
      })),
    );
  });
  rows.sort((a, b) => Number(b['time']) - Number(a['time']));
  const known = ['traceIdHidden', 'traceService', 'traceName', 'spanID', 'time', 'name', 'duration'];
  const attributes = [...new Set(rows.flatMap((row) => Object.keys(row)))].filter((name) => !known.includes(name)).sort();
  return table(refId, expr, rows, [
    column('traceIdHidden', 'string', { displayName: 'Trace ID', links: [OPEN_TRACE] }),
    column('traceService', 'string', { displayName: 'Trace Service' }),
    column('traceName', 'string', { displayName: 'Trace Name' }),
    column('spanID', 'string', { displayName: 'Span ID', links: [{ title: 'Open span', url: '/explore/traces/${__data.fields.traceIdHidden}?span=${__value.raw}', targetBlank: false }] }),
    column('time', 'time', { displayName: 'Start time' }),
    column('name', 'string', { displayName: 'Name' }),
    ...attributes.map((name) => column(name, 'string', { displayName: name })),
    column('duration', 'number', { displayName: 'Duration', unit: 'ns' }),
  ]);
}

interface Column {
  readonly name: string;
  readonly type: FieldType;
  readonly config: FieldConfig;
}

function column(name: string, type: FieldType, config: FieldConfig): Column {
  return { name, type, config };
}

function table(refId: string, expr: string, rows: readonly Json[], columns: readonly Column[]): DataFrame {
  return {
    refId,
    name: undefined,
    length: rows.length,
    meta: { type: 'table', visualisation: 'table', executedQuery: expr },
    fields: columns.map(({ name, type, config }): Field => ({ name, type, config, values: rows.map((row) => row[name] ?? null) })),
  };
}

/** A whole trace: one row a span, in the columns of Grafana's trace frames. Times are milliseconds. */
export function traceFrame(refId: string, trace: Trace): DataFrame {
  const pairs = (attributes: Labels) => Object.entries(attributes).map(([key, value]) => ({ key, value }));
  const rows = trace.spans.map((span): Json => ({
    traceID: trace.traceId,
    spanID: span.spanId,
    parentSpanID: span.parentSpanId === '' ? null : span.parentSpanId,
    operationName: span.name,
    serviceName: span.service,
    kind: span.kind,
    statusCode: span.error ? 2 : 0,
    statusMessage: span.statusMessage,
    instrumentationLibraryName: span.scope,
    serviceTags: pairs(span.resource),
    startTime: trace.startMs + span.offsetMs,
    duration: span.durationMs,
    logs: span.events.map((event) => ({ timestamp: trace.startMs + event.offsetMs, name: event.name, fields: pairs(event.attributes) })),
    references: span.links.map((link) => ({ traceID: link.traceId, spanID: link.spanId, tags: pairs(link.attributes) })),
    tags: pairs(span.attributes),
  }));
  const texts = ['traceID', 'spanID', 'parentSpanID', 'operationName', 'serviceName', 'kind'];
  return {
    ...table(refId, trace.traceId, rows, [
      ...texts.map((name) => column(name, 'string', {})),
      column('statusCode', 'number', {}),
      column('statusMessage', 'string', {}),
      column('instrumentationLibraryName', 'string', {}),
      column('serviceTags', 'other', {}),
      column('startTime', 'time', {}),
      column('duration', 'number', { unit: 'ms' }),
      column('logs', 'other', {}),
      column('references', 'other', {}),
      column('tags', 'other', {}),
    ]),
    name: 'Trace',
    meta: { visualisation: 'trace', executedQuery: trace.traceId },
  };
}

/** Who calls whom: nodes with their rate and share of errors, and the calls between them, over a stretch of seconds. */
export function serviceMapFrames(refId: string, answer: unknown, seconds: number): DataFrame[] {
  const edges = array(object(answer)['dependencies']).map(object).map((item) => ({
    source: string(item['caller']),
    target: string(item['callee']),
    kind: string(item['connectionType']),
    calls: number(item['calls'], 0),
    errors: number(item['errors'], 0),
  }));
  const names = [...new Set(edges.flatMap((edge) => [edge.source, edge.target]))];
  const nodes = names.map((name): Json => {
    const received = edges.filter((edge) => edge.target === name);
    const calls = received.reduce((sum, edge) => sum + edge.calls, 0);
    const errors = received.reduce((sum, edge) => sum + edge.errors, 0);
    const failed = calls > 0 ? errors / calls : 0;
    return {
      id: name,
      title: name,
      subtitle: received.find((edge) => edge.kind !== '')?.kind.replaceAll('_', ' ') ?? '',
      mainstat: calls / seconds,
      secondarystat: failed * 100,
      arc__success: 1 - failed,
      arc__failed: failed,
    };
  });
  const calls = edges.map((edge): Json => ({
    id: `${edge.source}_${edge.target}_${edge.kind}`,
    source: edge.source,
    target: edge.target,
    mainstat: edge.calls / seconds,
    secondarystat: edge.calls > 0 ? (edge.errors / edge.calls) * 100 : 0,
  }));
  const rate = column('mainstat', 'number', { displayName: 'Requests', unit: 'reqps' });
  const failed = column('secondarystat', 'number', { displayName: 'Errors', unit: 'percent' });
  const graph = (name: string, frame: DataFrame): DataFrame => ({ ...frame, name, meta: { visualisation: 'nodeGraph', executedQuery: 'service map' } });
  return [
    graph(
      'nodes',
      table(refId, '', nodes, [
        column('id', 'string', {}),
        column('title', 'string', { displayName: 'Service' }),
        column('subtitle', 'string', {}),
        rate,
        failed,
        column('arc__success', 'number', { color: { mode: 'fixed', fixedColor: 'green' }, displayName: 'Success' }),
        column('arc__failed', 'number', { color: { mode: 'fixed', fixedColor: 'red' }, displayName: 'Failed' }),
      ]),
    ),
    graph('edges', table(refId, '', calls, [column('id', 'string', {}), column('source', 'string', {}), column('target', 'string', {}), rate, failed])),
  ];
}

/** The series of a TraceQL metrics query, over a range or at one time (`atMs`). */
export function traceMetricFrames(query: SeriesQuery, answer: unknown, atMs: number | undefined): DataFrame[] {
  return array(object(answer)['series']).map(object).map((series): DataFrame => {
    const labels = labelsOfSeries(series);
    const samples = array(series['samples']).map(object);
    const times = atMs === undefined ? samples.map((sample) => number(sample['timestampMs'], 0)) : [atMs];
    const values = atMs === undefined ? samples.map((sample) => number(sample['value'], 0)) : [number(series['value'], 0)];
    const name = legendName({ ...query, legendFormat: query.legendFormat ?? '__auto' }, labels);
    return {
      refId: query.refId,
      name,
      length: times.length,
      meta: { type: 'timeseries-multi', visualisation: 'graph', executedQuery: query.expr, stepMs: query.stepMs },
      fields: [timeFieldOf(times, query.stepMs), { name: 'Value', type: 'number', labels, values, config: name === undefined ? {} : { displayNameFromDS: name } }],
    };
  });
}

function labelsOfSeries(series: Json): Labels {
  return attributesOf(series['labels']);
}

/** Milliseconds, fractions kept. */
function nanosToMs(value: unknown): number {
  const text = typeof value === 'number' ? String(Math.round(value)) : string(value, '0');
  return text.length > 6 && /^\d+$/.test(text) ? Number(text.slice(0, -6)) + Number(text.slice(-6)) / 1e6 : 0;
}
