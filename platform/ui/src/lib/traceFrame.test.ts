import { expect, it } from 'vitest';
import { PAYLOADS } from '../testing/payloads';
import type { DataFrame } from './frame/frame';
import { readTraceFrame } from './traceFrame';
import { waterfallRows } from './waterfall';

function frame(rows: readonly Readonly<Record<string, unknown>>[]): DataFrame {
  const names = ['traceID', 'spanID', 'parentSpanID', 'operationName', 'serviceName', 'kind', 'statusCode', 'startTime', 'duration', 'tags', 'serviceTags', 'logs', 'references'];
  return { refId: 'A', name: 'Trace', length: rows.length, fields: names.map((name) => ({ name, type: 'other', config: {}, values: rows.map((row) => row[name] ?? null) })) };
}

it('reads the spans of a trace', () => {
  const read = readTraceFrame(
    frame([
      { traceID: 't', spanID: 'a', operationName: 'GET', serviceName: 'api', kind: 'server', startTime: 1000.5, duration: 20, tags: [{ key: 'http.status', value: 200 }], serviceTags: [{ key: 'host', value: 'h' }] },
      { traceID: 't', spanID: 'b', parentSpanID: 'a', operationName: 'query', serviceName: 'db', statusCode: 2, startTime: 1005.5, duration: 30, tags: { x: { y: 1 } }, logs: [{ timestamp: 1006.5, name: 'retry', fields: [{ key: 'n', value: 1 }] }], references: [{ traceID: 'u', spanID: 'c' }] },
      { traceID: 'other', spanID: 'z', startTime: 1, duration: 1 },
    ]),
  );
  expect(read).toMatchObject({
    kind: 'trace',
    others: 1,
    trace: {
      traceId: 't',
      startMs: 1000.5,
      durationMs: 35,
      spans: [
        { spanId: 'a', parentSpanId: '', service: 'api', kind: 'server', offsetMs: 0, error: false, attributes: { 'http.status': '200' }, resource: { 'service.name': 'api', host: 'h' } },
        { spanId: 'b', parentSpanId: 'a', offsetMs: 5, error: true, attributes: { x: '{"y":1}' }, events: [{ name: 'retry', offsetMs: 6, attributes: { n: '1' } }], links: [{ traceId: 'u', spanId: 'c', attributes: {} }] },
      ],
    },
  });
});

it('says what is missing', () => expect(readTraceFrame({ refId: 'A', name: undefined, fields: [], length: 0 })).toMatchObject({ kind: 'unreadable' }));

it.each(Object.entries(PAYLOADS))('takes the payload %s in every column', (_, payload) => {
  const read = readTraceFrame(frame([{ traceID: payload, spanID: payload, parentSpanID: payload, operationName: payload, serviceName: payload, kind: payload, statusCode: payload, startTime: 1, duration: 1, tags: [{ key: payload, value: payload }], logs: [{ name: payload, fields: payload }], references: payload }]));
  expect(read.kind === 'trace' && waterfallRows(read.trace, new Set())).toHaveLength(1);
});
