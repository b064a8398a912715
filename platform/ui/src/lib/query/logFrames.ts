import type { DataFrame } from '../frame/frame';
import { array, object, string } from '../json';
import type { Labels } from '../labels';
import { compareNanos } from '../logs';
import { labelsOf, timeFieldOf } from './seriesFrames';

interface Entry {
  readonly timeNs: string;
  readonly line: string;
  readonly labels: Labels;
  /** I: of the stream, S: structured metadata, P: parsed by the query. */
  readonly labelTypes: Readonly<Record<string, 'I' | 'S' | 'P'>>;
  readonly id: string;
}

/** The lines of a log query as one frame with Loki's columns: labels, Time, Line, tsNs, labelTypes, id. */
export function logFrame(refId: string, expr: string, data: unknown, direction: 'forward' | 'backward'): DataFrame {
  const seen = new Map<string, number>();
  const entries = array(object(data)['result']).map(object).flatMap((stream) => {
    const labels = labelsOf(stream['stream']);
    return array(stream['values']).map((value) => entryOf(labels, array(value), seen));
  });
  const sign = direction === 'forward' ? 1 : -1;
  entries.sort((a, b) => sign * compareNanos(a.timeNs, b.timeNs));
  return {
    refId,
    name: undefined,
    length: entries.length,
    meta: { type: 'log-lines', visualisation: 'logs', executedQuery: expr },
    fields: [
      { name: 'labels', type: 'other', values: entries.map((entry) => entry.labels), config: {} },
      timeFieldOf(entries.map((entry) => millis(entry.timeNs)), undefined),
      { name: 'Line', type: 'string', values: entries.map((entry) => entry.line), config: {} },
      { name: 'tsNs', type: 'string', values: entries.map((entry) => entry.timeNs), config: {} },
      { name: 'labelTypes', type: 'other', values: entries.map((entry) => entry.labelTypes), config: {} },
      { name: 'id', type: 'string', values: entries.map((entry) => entry.id), config: {} },
    ],
  };
}

function entryOf(stream: Labels, value: readonly unknown[], seen: Map<string, number>): Entry {
  const timeNs = String(value[0] ?? '0');
  const extra = object(value[2]);
  const categorised = 'structuredMetadata' in extra || 'parsed' in extra;
  const metadata = labelsOf(categorised ? extra['structuredMetadata'] : extra);
  const parsed = labelsOf(categorised ? extra['parsed'] : {});
  const kinds = (labels: Labels, kind: 'I' | 'S' | 'P') => Object.fromEntries(Object.keys(labels).map((name) => [name, kind]));
  const base = `${timeNs}_${JSON.stringify(stream)}_${string(value[1])}`;
  const repeat = seen.get(base) ?? 0;
  seen.set(base, repeat + 1);
  return {
    timeNs,
    line: string(value[1]),
    labels: { ...stream, ...metadata, ...parsed },
    labelTypes: { ...kinds(stream, 'I'), ...kinds(metadata, 'S'), ...kinds(parsed, 'P') },
    id: `${timeNs}_${hash(base)}${repeat === 0 ? '' : `_${repeat}`}`,
  };
}

function millis(nanoseconds: string): number {
  return Number(nanoseconds.slice(0, -6)) + Number(nanoseconds.slice(-6)) / 1e6;
}

/** FNV-1a, 32 bits: only tells apart lines of one time. */
function hash(text: string): string {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  }
  return (value >>> 0).toString(16);
}
